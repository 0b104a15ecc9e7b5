/** What the journal of a study tells; whoever changes something writes the entry in the same transaction. */
import { z } from 'zod'
import type { JournalEvent } from '../../src-core/contracts/window/trialCalls.ts'
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

/** The checksum of an entry; null: there is no such entry, or it has none. */
export const chainAt = (connection: Connection, id: number): Uint8Array | null =>
  bytesOrNull(connection.prepare('SELECT chain FROM event WHERE id = ?').pluck().get(id))

/** What is said of entries that are gone. @param last the last one that should be there @param found that is there */
export const lostEntries = (last: number, found: number): string =>
  found < last
    ? `The last ${last - found} of ${last} entries of the journal are gone, and what they told of.`
    : `Entry ${last} of the journal is not the one that was written.`
