/** Looks at everything that a database holds, for what is not as it was written. It reads, and changes nothing. */
import { z } from 'zod'
import type { Damage, StudyCheck } from '../../src-core/contracts/studyCheck.ts'
import { noAnnotation } from '../../src-core/progress/readModel.ts'
import { isUnreadable } from '../../src-core/trial/trial.ts'
import { isNetworkFile } from '../files/studyFolder.ts'
import { readAnnotations } from './annotationRecords.ts'
import { type ExaminedJournal, examineJournal, type ToldTrial } from './examineJournal.ts'
import { type JournalEnd, readJournalEnd } from './journalEnd.ts'
import { Seals, hasSeals } from './seals.ts'
import type { Connection, Statement } from './sqlite.ts'
import { TrialReader } from './trialReader.ts'
import { ContradictingRecords, isUndecodable } from './trialRecords.ts'

/** A network that should be on the disk. */
export interface StoredNetwork {
  readonly trial: number
  readonly file: string
  /** Null: of a version that had none. */
  readonly sha256: string | null
}

export interface ExaminedDatabase extends Omit<StudyCheck, 'networks'> {
  readonly networks: readonly StoredNetwork[]
}

/** Complaints of SQLite that are told of one database. */
const complaintsAtMost = 20

/** Reads every page, which takes a while where a database is large. */
export const examineDatabase = (connection: Connection): ExaminedDatabase => {
  // Before the rest is read: what is written meanwhile must not look lost.
  const end = readJournalEnd(connection.name)
  connection.exec('BEGIN')
  try {
    return new Examination(connection, typeof end === 'string' ? null : end).run()
  } finally {
    // Damage that was met may have ended it; and one that would be committed would be told of it once more.
    if (connection.inTransaction) connection.exec('ROLLBACK')
  }
}

const trialSchema = z.object({
  state: z.string(),
  network_file: z.string().nullable(),
  network_sha256: z.string().nullable(),
})
const trialSql = `SELECT state, network_file, network_sha256 FROM trial LEFT JOIN measurement ON trial = number WHERE number = ?`

const networkSchema = z.object({ trial: z.number(), network_file: z.string() })
const unsealedSql = `SELECT trial, network_file FROM measurement WHERE network_file IS NOT NULL ORDER BY trial`

const whatIsWrong = (
  seal: 'intact' | 'damaged' | 'unsealed',
  state: string,
  told: ToldTrial | undefined,
): string | null => {
  if (seal === 'damaged') return 'The stored values are not those that were written.'
  if (told === undefined || told.state === null || told.state === state) return null
  return `The journal tells that it is ${told.state}, and it is stored as ${state}.`
}

/** One look; each part of it that cannot be read hides no other. */
class Examination {
  readonly #connection: Connection
  readonly #end: JournalEnd | null
  readonly #seals: Seals
  readonly #reader: TrialReader
  readonly #damage: Damage[] = []
  readonly #trials = { intact: 0, unverified: 0, damaged: 0 }
  readonly #networks: StoredNetwork[] = []
  #journal: ExaminedJournal = {
    entries: 0,
    trials: new Map(),
    confirmations: [],
    datasets: new Set(),
    imported: 0,
    problems: [],
  }

  constructor(connection: Connection, end: JournalEnd | null) {
    this.#connection = connection
    this.#end = end
    this.#seals = new Seals(connection)
    this.#reader = new TrialReader(connection)
  }

  run(): ExaminedDatabase {
    this.#part('database', () => this.#lookThroughPages())
    this.#part('database', () => this.#lookAtPartialIndices())
    if (this.#hasSeals()) {
      this.#part('study', () => this.#lookAtStudy())
      this.#part('journal', () => this.#lookAtJournal())
      this.#part('database', () => this.#lookAtTrials())
      this.#part('database', () => this.#lookAtAnnotations())
      this.#part('database', () => this.#lookAtConfirmations())
      this.#part('dataset', () => this.#lookAtDatasets())
    } else this.#part('database', () => this.#countUnsealed())
    return { trials: this.#trials, entries: this.#journal.entries, networks: this.#networks, damage: this.#damage }
  }

  #hasSeals(): boolean {
    try {
      return hasSeals(this.#connection)
    } catch {
      // The layout cannot be read, which its pages have said already.
      return false
    }
  }

  #part(part: Damage['part'], look: () => void): void {
    try {
      look()
    } catch (error) {
      this.#found(part, null, `It cannot be read: ${messageOf(error)}.`)
    }
  }

  #found(part: Damage['part'], trial: number | null, message: string): void {
    if (part === 'trial') this.#trials.damaged++
    this.#damage.push({ part, trial, message })
  }

  #numbers(sql: string): number[] {
    return z.array(z.number()).parse(this.#connection.prepare(sql).pluck().all())
  }

  #lookThroughPages(): void {
    const complaints = this.#connection.pragma(`integrity_check(${complaintsAtMost})`) as { integrity_check: string }[]
    for (const { integrity_check: complaint } of complaints) {
      if (complaint !== 'ok') this.#found('database', null, `SQLite says: ${complaint}.`)
    }
  }

  /** SQLite itself does not look for entries that a partial index should not have. */
  #lookAtPartialIndices(): void {
    const indices = z
      .array(z.object({ name: z.string(), tbl_name: z.string(), sql: z.string() }))
      .parse(this.#connection.prepare("SELECT name, tbl_name, sql FROM sqlite_master WHERE sql LIKE '% WHERE %'").all())
    for (const { name, tbl_name: table, sql } of indices) {
      const count = (how: string): unknown =>
        this.#numbers(`SELECT COUNT(*) FROM ${table} ${how} ${sql.slice(sql.lastIndexOf(' WHERE '))}`)[0]
      if (count(`INDEXED BY ${name}`) !== count('NOT INDEXED'))
        this.#found('database', null, `The index ${name} is damaged.`)
    }
  }

  #lookAtStudy(): void {
    if (this.#seals.lookAtStudy() !== 'damaged') return
    const what =
      'The record of the study is damaged: its definition, its state, the end of its journal or the layout of its tables.'
    this.#found('study', null, what)
  }

  #lookAtJournal(): void {
    this.#journal = examineJournal(this.#connection, this.#end)
    for (const problem of this.#journal.problems) this.#found('journal', null, problem)
  }

  #lookAtTrials(): void {
    const numbers = this.#numbers('SELECT number FROM trial ORDER BY number')
    const there = new Set(numbers)
    for (const [number, { state }] of this.#journal.trials) {
      if (state !== null && !there.has(number)) this.#found('trial', number, 'The journal tells of it, and it is gone.')
    }
    if (numbers.length < this.#journal.imported) {
      this.#found(
        'database',
        null,
        `Of ${this.#journal.imported} trials that were imported only ${numbers.length} are there.`,
      )
    }
    // Once: what SQLite compiles for each of 100,000 trials stays in memory until the engine clears up.
    const stored = this.#connection.prepare(trialSql)
    for (const number of numbers) {
      try {
        this.#lookAtTrial(number, stored, this.#journal.trials.get(number))
      } catch (error) {
        this.#found('trial', number, unreadable(error))
      }
    }
  }

  #lookAtTrial(number: number, stored: Statement, told: ToldTrial | undefined): void {
    const seal = this.#seals.look('trial', number)
    const row = trialSchema.parse(stored.get(number))
    const problem = whatIsWrong(seal === 'unsealed' && told?.sealed === true ? 'damaged' : seal, row.state, told)
    // Where no seal says that it is what was written.
    if (seal === 'unsealed') this.#mustBeReadable(number)
    if (problem !== null) this.#found('trial', number, problem)
    else if (seal === 'unsealed') this.#trials.unverified++
    else this.#trials.intact++
    const { network_file: file, network_sha256: sha256 } = row
    if (file !== null && isNetworkFile(file)) this.#networks.push({ trial: number, file, sha256 })
    else if (file !== null || (sha256 !== null && told?.networkForgotten !== true)) {
      this.#found('network', number, 'Where its network is cannot be read.')
    }
  }

  #mustBeReadable(number: number): void {
    const trial = this.#reader.one(number)
    if (trial !== null && isUnreadable(trial)) throw new ContradictingRecords('it is unreadable')
  }

  #lookAtAnnotations(): void {
    const stored = readAnnotations(this.#connection)
    for (const trial of stored.keys()) {
      if (this.#seals.look('annotation', trial) !== 'damaged') continue
      this.#found('annotation', trial, 'What people said of it, or whether it is left out, is not what was written.')
    }
    for (const [trial, { excluded, pinned, annotated }] of this.#journal.trials) {
      const row = stored.get(trial) ?? noAnnotation
      if (annotated && !stored.has(trial)) this.#found('annotation', trial, 'What people said of it is gone.')
      const differs = (told: boolean | null, flag: boolean): boolean => told !== null && told !== flag
      if (!differs(excluded, row.excluded) && !differs(pinned, row.pinned)) continue
      this.#found('annotation', trial, 'Whether it is left out or pinned is not what the journal tells.')
    }
  }

  #lookAtConfirmations(): void {
    const stored = new Set(this.#numbers('SELECT id FROM confirmation'))
    for (const id of this.#journal.confirmations) {
      if (!stored.has(id)) this.#found('confirmation', null, `Confirmation ${id} is gone.`)
    }
    for (const id of stored) {
      if (this.#seals.look('confirmation', id) !== 'damaged') continue
      this.#found('confirmation', null, `The results of confirmation ${id} are not those that were written.`)
    }
  }

  #lookAtDatasets(): void {
    if (!hasSeals(this.#connection, 'main', 'dataset')) return
    const rows = this.#connection.prepare('SELECT rowid AS id, sha256 FROM dataset ORDER BY rowid').all()
    const stored = z.array(z.object({ id: z.int(), sha256: z.unknown() })).parse(rows)
    const there = new Set(stored.map(({ sha256 }) => sha256))
    for (const { id } of stored) {
      if (this.#seals.look('dataset', id) !== 'damaged') continue
      this.#found('dataset', null, `What card ${id} says of a dataset is not what was written; it is left out.`)
    }
    for (const sha256 of this.#journal.datasets) {
      if (!there.has(sha256)) this.#found('dataset', null, `The card of the dataset ${sha256.slice(0, 12)}… is gone.`)
    }
  }

  #countUnsealed(): void {
    for (const number of this.#numbers('SELECT number FROM trial ORDER BY number')) {
      try {
        this.#mustBeReadable(number)
        this.#trials.unverified++
      } catch (error) {
        this.#found('trial', number, unreadable(error))
      }
    }
    const rows = this.#connection.prepare(unsealedSql).all()
    for (const { trial, network_file: file } of rows.flatMap((row) => networkSchema.safeParse(row).data ?? [])) {
      if (isNetworkFile(file)) this.#networks.push({ trial, file, sha256: null })
    }
  }
}

/** Of a row that cannot be decoded, what the decoder says helps nobody. */
const unreadable = (error: unknown): string =>
  isUndecodable(error) ? 'What is stored of it cannot be read.' : `It cannot be read: ${messageOf(error)}.`

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
