/**
 * Seals: checksums over the rows of one thing, written with them in the same transaction, by which it is noticed when what
 * is read is not what was written. A seal is the first 16 bytes of SHA-256 over a canonical form of the rows: every column
 * that holds a value, by its name. So a column that is added later changes no seal, as long as it is empty in older rows.
 *
 * The journal is a chain: each entry has the checksum of the one before in its own, so that none can go unnoticed but at the
 * end. Where that is stands in the row of the study, which has a seal over everything that is not sealed elsewhere, the
 * layout of the database included, and in a file beside the database (journalEnd.ts).
 */
import { createHash, type Hash } from 'node:crypto'
import type { Connection, Statement } from './sqlite.ts'

/** What has a seal, besides the study. */
type Sealed = 'trial' | 'annotation' | 'confirmation' | 'dataset'

/** What a look at a seal finds; `unsealed`: written by a version that had none. */
type SealState = 'intact' | 'damaged' | 'unsealed'

type Row = Readonly<Record<string, unknown>>

const sealBytes = 16

/** The version of the form from which on there are seals. */
export const firstSealed = 8

/** Whether a database has seals at all, or of a table that got them later; its version alone may be damaged. */
export const hasSeals = (
  connection: Connection,
  database: 'main' | 'source' = 'main',
  table: 'study' | 'dataset' = 'study',
): boolean =>
  (connection.pragma(`${database}.table_info(${table})`) as readonly Row[]).some(({ name }) => name === 'seal')

/**
 * Columns that no seal covers: the seals themselves, and the file of a network, which is forgotten when others are better
 * (examineDatabase.ts looks at it in another way).
 */
const unsealedColumns = new Set(['seal', 'chain', 'network_file'])

/** The rows of each sealed thing: tables with the column of its number, and the order of the rows. */
const rowsOf: Readonly<Record<Sealed, readonly (readonly [table: string, key: string, order?: string])[]>> = {
  trial: [
    ['trial', 'number'],
    ['measurement', 'trial'],
    ['silence_stop', 'trial'],
    ['pruned_stop', 'trial'],
    ['constraint_value', 'trial', 'position'],
    ['metric', 'trial', 'name'],
    ['interval', 'trial', 'position'],
    ['spike_count', 'trial', 'layer, epoch'],
    ['network_problem', 'trial'],
    ['replicate', 'trial', 'position'],
    ['race', 'trial'],
    ['race_end', 'trial'],
  ],
  annotation: [['annotation', 'trial']],
  confirmation: [
    ['confirmation', 'id'],
    ['confirmation_run', 'confirmation', 'position'],
  ],
  dataset: [['dataset', 'rowid']],
}

const tablesAddedLate: ReadonlySet<string> = new Set(['network_problem'])

const keyOf: Readonly<Record<Sealed, string>> = {
  trial: 'number',
  annotation: 'trial',
  confirmation: 'id',
  dataset: 'rowid',
}

/** A row as what its columns hold, by name; lengths keep two values from reading as one. */
const addRow = (hash: Hash, table: string, row: Row): void => {
  hash.update(`\n${table}`)
  for (const name of Object.keys(row).sort()) {
    const value = row[name]
    if (value === null || value === undefined || unsealedColumns.has(name)) continue
    if (value instanceof Uint8Array) hash.update(`\t${name} b${value.length} `).update(value)
    else if (typeof value === 'string') hash.update(`\t${name} t${value.length} ${value}`)
    else hash.update(`\t${name} n${String(value)}`)
  }
}

const digest = (fill: (hash: Hash) => void): Uint8Array => {
  const hash = createHash('sha256')
  fill(hash)
  return hash.digest().subarray(0, sealBytes)
}

const compared = (stored: unknown, wanted: () => Uint8Array): SealState => {
  if (stored === null || stored === undefined) return 'unsealed'
  return stored instanceof Uint8Array && sameBytes(stored, wanted()) ? 'intact' : 'damaged'
}

/** Writes seals, and looks at them. Belongs inside a transaction. */
export class Seals {
  readonly #prepare: (sql: string) => Statement
  readonly #database: 'main' | 'source'
  readonly #tables = new Map<string, boolean>()

  /** @param database `source`: the attached one, which is only looked at */
  constructor(connection: Connection, database: 'main' | 'source' = 'main') {
    this.#database = database
    const statements = new Map<string, Statement>()
    this.#prepare = (sql) => {
      let statement = statements.get(sql)
      if (statement === undefined) statements.set(sql, (statement = connection.prepare<unknown[]>(sql)))
      return statement
    }
  }

  /** Older forms lack tables; what they would hold is in none of their seals. */
  #has(table: string): boolean {
    let known = this.#tables.get(table)
    if (known === undefined) {
      const sql = `SELECT 1 FROM ${this.#database}.sqlite_master WHERE type = 'table' AND name = ?`
      this.#tables.set(table, (known = this.#prepare(sql).get(table) !== undefined))
    }
    return known
  }

  /** Whether what is stored is what was written. */
  look(what: Sealed, id: number): SealState {
    const row = this.#prepare(`SELECT seal FROM ${this.#database}.${what} WHERE ${keyOf[what]} = ?`).get(id) as
      Row | undefined
    const state = compared(row?.['seal'], () => this.#of(what, id))
    // Seals of the forms 9 and 10 did not cover all tables that these had.
    return state === 'damaged' ? compared(row?.['seal'], () => this.#of(what, id, tablesAddedLate)) : state
  }

  /**
   * Runs a step that changes something, and seals what has come of it. What was damaged before keeps the seal that it had:
   * damage is never sealed.
   */
  change(what: Sealed, id: number, step: () => void): void {
    const before = this.look(what, id)
    step()
    if (before === 'damaged') return
    this.#prepare(`UPDATE ${what} SET seal = ? WHERE ${keyOf[what]} = ?`).run(this.#of(what, id), id)
  }

  /** Looks at the row of the study. */
  lookAtStudy(): SealState {
    const row = this.#study()
    return compared(row['seal'], () => this.#ofStudy(row))
  }

  /** Runs a step that may change anything, and seals the study and the end of its journal; but see `change`. */
  changeStudy(step: () => void): void {
    const before = this.lookAtStudy()
    step()
    this.#prepare('UPDATE study SET journal_end = ?').run(this.end()?.id ?? null)
    if (before !== 'damaged') this.sealStudy()
  }

  sealStudy(): void {
    this.#prepare('UPDATE study SET seal = ?').run(this.#ofStudy(this.#study()))
  }

  /** Puts an entry at the end of the journal. */
  append(atMs: number, kind: string, trial: number | null, detail: string | null): void {
    const end = this.end()
    const id = (end?.id ?? 0) + 1
    const chain = linked(end?.chain ?? null, { id, at_ms: atMs, kind, trial, detail })
    this.#prepare('INSERT INTO event (id, at_ms, kind, trial, detail, chain) VALUES (?, ?, ?, ?, ?, ?)').run(
      id,
      atMs,
      kind,
      trial,
      detail,
      chain,
    )
  }

  /** The last entry of the journal; null: it is empty. `chain` null: of a version that had none. */
  end(): { readonly id: number; readonly chain: Uint8Array | null } | null {
    const row = this.#prepare('SELECT id, chain FROM event ORDER BY id DESC LIMIT 1').get() as Row | undefined
    return row === undefined ? null : { id: Number(row['id']), chain: bytesOrNull(row['chain']) }
  }

  #study(): Row {
    return (this.#prepare('SELECT * FROM study').get() ?? {}) as Row
  }

  #of(what: Sealed, id: number, leftOut: ReadonlySet<string> = new Set()): Uint8Array {
    return digest((hash) => {
      for (const [table, key, order = key] of rowsOf[what]) {
        if (leftOut.has(table) || !this.#has(table)) continue
        const rows = this.#prepare(`SELECT * FROM ${this.#database}.${table} WHERE ${key} = ? ORDER BY ${order}`).all(
          id,
        )
        for (const row of rows) addRow(hash, table, row as Row)
      }
    })
  }

  #ofStudy(row: Row): Uint8Array {
    return digest((hash) => {
      addRow(hash, 'study', row)
      addRow(hash, 'end', { chain_of_end: this.end()?.chain ?? null })
      addRow(hash, 'form', this.#prepare('PRAGMA user_version').get() as Row)
      const layout = this.#prepare('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name')
      for (const part of layout.all()) addRow(hash, 'layout', part as Row)
    })
  }
}

/** What an entry of the journal has to have as its checksum after one of the given. */
export const linked = (before: Uint8Array | null, event: Row): Uint8Array =>
  digest((hash) => {
    if (before !== null) hash.update(before)
    addRow(hash, 'event', event)
  })

export const bytesOrNull = (value: unknown): Uint8Array | null => (value instanceof Uint8Array ? value : null)

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
