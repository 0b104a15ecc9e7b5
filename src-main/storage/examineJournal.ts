/** Looks along the journal of a study: whether its chain is whole, and what it tells of each trial. */
import { z } from 'zod'
import type { JournalEnd } from './journalEnd.ts'
import { lostEntries } from './journalRecords.ts'
import { bytesOrNull, linked, sameBytes } from './seals.ts'
import type { Connection } from './sqlite.ts'

/** What the journal tells of a trial. */
export interface ToldTrial {
  /** As the last entry has it; null: none says. */
  state: string | null
  /** The last entry that moved it is in the chain: it has a seal. */
  sealed: boolean
  networkForgotten: boolean
  /** Null: it does not say. */
  excluded: boolean | null
  pinned: boolean | null
  /** Something was said of it, or done to it. */
  annotated: boolean
}

export interface ExaminedJournal {
  readonly entries: number
  readonly trials: ReadonlyMap<number, ToldTrial>
  /** Ids of the confirmations that began. */
  readonly confirmations: readonly number[]
  /** SHA-256 of the datasets that were read. */
  readonly datasets: ReadonlySet<string>
  /** Trials that came all at once, with one entry. */
  readonly imported: number
  /** What is wrong with it, a sentence each. */
  readonly problems: readonly string[]
}

const entrySchema = z.object({
  id: z.number(),
  at_ms: z.number(),
  kind: z.string(),
  trial: z.number().nullable(),
  detail: z.string().nullable(),
})
type Entry = z.infer<typeof entrySchema>

const states = new Set<string | null>(['waiting', 'running', 'complete', 'stopped', 'failed'])

/** What an entry of one of these kinds says of a trial. */
const flags: ReadonlyMap<string, Partial<ToldTrial>> = new Map([
  ['annotated', { annotated: true }],
  ['excluded', { annotated: true, excluded: true }],
  ['damaged', { annotated: true, excluded: true }],
  ['restored', { annotated: true, excluded: false }],
  ['pinned', { annotated: true, pinned: true }],
  ['unpinned', { annotated: true, pinned: false }],
])

/** At most this many wrong entries are named; they are likely to be of one page of the disk. */
const namedAtMost = 20

/** @param end what is known of its end besides */
export const examineJournal = (connection: Connection, end: JournalEnd | null): ExaminedJournal => {
  const trials = new Map<number, ToldTrial>()
  const problems: string[] = []
  const confirmations: number[] = []
  const datasets = new Set<string>()
  let [wrong, imported, lastId] = [0, 0, 0]
  let before: Uint8Array | null = null
  let endSeen = end === null
  for (const row of connection.prepare('SELECT * FROM event ORDER BY id').iterate()) {
    const { chain: stored, ...entry } = row as Readonly<Record<string, unknown>>
    const chain = bytesOrNull(stored)
    const id = Number(entry['id'])
    const whole = id === lastId + 1 && (chain === null ? before === null : sameBytes(chain, linked(before, entry)))
    if (!whole && wrong++ < namedAtMost) problems.push(whatIsWrong(id, lastId))
    if (id === end?.id) endSeen = chain !== null && sameBytes(chain, end.chain)
    const decoded = entrySchema.safeParse(entry)
    if (decoded.success && (whole || id !== lastId + 1)) {
      if (decoded.data.kind === 'journal-lost') problems.push(decoded.data.detail ?? '')
      if (decoded.data.kind === 'confirmation-begun') confirmations.push(Number(decoded.data.detail))
      if (decoded.data.kind === 'dataset-read') datasets.add(decoded.data.detail ?? '')
      imported += importedBy(decoded.data)
      note(trials, decoded.data, chain !== null)
    }
    before = chain
    lastId = id
  }
  if (wrong > namedAtMost) problems.push(`${wrong - namedAtMost} more entries of the journal are damaged.`)
  const told = connection.prepare('SELECT journal_end FROM study').pluck().get()
  if (typeof told === 'number' && told !== lastId) problems.push(lostEntries(told, lastId))
  else if (!endSeen) problems.push(lostEntries(end?.id ?? 0, lastId))
  return { entries: lastId, trials, confirmations, datasets, imported, problems }
}

const whatIsWrong = (id: number, before: number): string =>
  id > before + 1
    ? `Entries ${before + 1} to ${id - 1} of the journal are gone.`
    : `Entry ${id} of the journal is not the one that was written.`

const importedBy = ({ kind, detail }: Entry): number =>
  kind === 'imported' ? Number.parseInt(detail ?? '', 10) || 0 : 0

const note = (trials: Map<number, ToldTrial>, { kind, trial, detail }: Entry, chained: boolean): void => {
  if (kind === 'networks-forgotten') {
    for (const number of (detail ?? '').split(' ')) of(trials, Number(number)).networkForgotten = true
  }
  if (trial === null) return
  const told = of(trials, trial)
  if (kind === 'asked' || kind === 'enqueued') Object.assign(told, { state: 'waiting', sealed: chained })
  else if (kind === 'copied') told.sealed = chained
  else if (states.has(detail)) Object.assign(told, { state: detail, sealed: chained })
  Object.assign(told, flags.get(kind))
}

const of = (trials: Map<number, ToldTrial>, number: number): ToldTrial => {
  let told = trials.get(number)
  if (told === undefined) {
    told = { state: null, sealed: false, networkForgotten: false, excluded: null, pinned: null, annotated: false }
    trials.set(number, told)
  }
  return told
}
