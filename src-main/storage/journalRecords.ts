/** What the journal of a study tells; whoever changes something writes the entry in the same transaction. */
import { z } from 'zod'
import type { JournalEvent } from '../../src-core/contracts/window/trialCalls.ts'
import type { JournalStep } from '../../src-core/studyComparison/wallClock.ts'
import { bytesOrNull } from './seals.ts'
import type { Connection } from './sqlite.ts'

const eventSchema = z
  .object({ at_ms: z.number(), kind: z.string(), detail: z.string().nullable() })
  .transform(({ at_ms: atMs, ...rest }): JournalEvent => ({ atMs, ...rest }))

const changeSchema = z.object({ kind: z.string(), trial: z.int().nullable(), detail: z.string().nullable() })

/** The journal names several trials at once only where their networks are forgotten. */
const trialsOf = ({ kind, trial, detail }: z.infer<typeof changeSchema>): number[] => {
  if (trial !== null) return [trial]
  return kind === 'networks-forgotten' && detail !== null ? detail.split(' ').map(Number) : []
}

/** The entry that was written last; 0 of an empty journal. */
export const readLastEvent = (connection: Connection): number =>
  z.int().parse(connection.prepare('SELECT COALESCE(MAX(id), 0) FROM event').pluck().get())

/** Numbers of the trials that something happened to after an entry. */
export const readChangedTrials = (connection: Connection, event: number): Set<number> => {
  const records = connection.prepare('SELECT kind, trial, detail FROM event WHERE id > ?').all(event)
  return new Set(
    records.flatMap((record) => {
      const { success, data } = changeSchema.safeParse(record)
      return success ? trialsOf(data) : []
    }),
  )
}

/** What happened to a trial, oldest first; entries that cannot be read are left out, and named by a check. */
export const readEvents = (connection: Connection, trial: number): JournalEvent[] =>
  connection
    .prepare('SELECT at_ms, kind, detail FROM event WHERE trial = ? ORDER BY id')
    .all(trial)
    .flatMap((record) => eventSchema.safeParse(record).data ?? [])

/** What a study did from the entries of each kind on. An imported one ran from the beginning of its first trial. */
const stepKinds: Readonly<Record<string, JournalStep['kind']>> = {
  running: 'running',
  draining: 'draining',
  paused: 'resting',
  interrupted: 'resting',
  finished: 'resting',
  error: 'resting',
  slept: 'slept',
  imported: 'running',
}

const stepSchema = z
  .object({
    at_ms: z.number(),
    kind: z.string(),
    detail: z.string().nullable(),
    before: z.string().nullable(),
    moved_at_ms: z.number().nullable(),
    began_at_ms: z.number().nullable(),
  })
  .transform(({ kind, detail, before, ...times }): JournalStep => ({
    kind: stepKinds[kind] ?? 'resting',
    atMs: kind === 'imported' ? (times.began_at_ms ?? times.at_ms) : times.at_ms,
    sleptMs: kind === 'slept' ? Number(detail) || 0 : 0,
    lastMoveAtMs: times.moved_at_ms,
    afterDeath: before === 'requeued',
  }))

/** When the study ran and rested, oldest first; entries that cannot be read are left out. */
export const readSteps = (connection: Connection): JournalStep[] =>
  connection
    .prepare(
      `SELECT e.at_ms, e.kind, e.detail,
         (SELECT kind FROM event b WHERE b.id < e.id ORDER BY b.id DESC LIMIT 1) AS before,
         (SELECT m.at_ms FROM event m WHERE m.id < e.id AND m.trial IS NOT NULL AND m.kind IN ('claimed', 'finished')
          ORDER BY m.id DESC LIMIT 1) AS moved_at_ms,
         CASE WHEN e.kind = 'imported' THEN (SELECT MIN(started_at_ms) FROM trial) END AS began_at_ms
       FROM event e
       WHERE e.trial IS NULL AND e.kind IN (${Object.keys(stepKinds)
         .map((kind) => `'${kind}'`)
         .join(', ')}) ORDER BY e.id`,
    )
    .all()
    .flatMap((record) => stepSchema.safeParse(record).data ?? [])

/** The checksum of an entry; null: there is no such entry, or it has none. */
export const chainAt = (connection: Connection, id: number): Uint8Array | null =>
  bytesOrNull(connection.prepare('SELECT chain FROM event WHERE id = ?').pluck().get(id))

/** What is said of entries that are gone. @param last the last one that should be there @param found that is there */
export const lostEntries = (last: number, found: number): string =>
  found < last
    ? `The last ${last - found} of ${last} entries of the journal are gone, and what they told of.`
    : `Entry ${last} of the journal is not the one that was written.`
