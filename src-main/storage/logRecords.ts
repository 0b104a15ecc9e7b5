/** What the log book of a study is made of, read without the trials themselves. */
import { z } from 'zod'
import { loggedKinds, type LoggedEvent, type LoggedTrial } from '../../src-core/library/logBook.ts'
import { schemaVersion } from './migrations/migrate.ts'
import type { Connection } from './sqlite.ts'

const eventSchema = z
  .object({ at_ms: z.number(), kind: z.string(), trial: z.int().nullable(), detail: z.string().nullable() })
  .transform(({ at_ms: atMs, ...rest }): LoggedEvent => ({ atMs, ...rest }))

const marks = (values: readonly string[]): string => values.map(() => '?').join()

/** Entries that cannot be read are left out, and named by a check. */
export const readLoggedEvents = (connection: Connection): LoggedEvent[] =>
  connection
    .prepare(
      `SELECT at_ms, kind, trial, detail FROM event
       WHERE (trial IS NULL AND kind IN (${marks(loggedKinds.ofStudy)})) OR kind IN (${marks(loggedKinds.ofTrials)}) ORDER BY id`,
    )
    .all(...loggedKinds.ofStudy, ...loggedKinds.ofTrials)
    .flatMap((record) => eventSchema.safeParse(record).data ?? [])

const trialSchema = z.object({
  number: z.int(),
  endedAtMs: z.number(),
  objective: z.number(),
  violation: z.number(),
})

/** Trials that may be the best, in the order in which they were told. */
export const readLoggedTrials = (connection: Connection): LoggedTrial[] => {
  const among =
    schemaVersion(connection) < 2 ? 'TRUE' : 'number NOT IN (SELECT trial FROM annotation WHERE excluded = 1)'
  return connection
    .prepare(
      `SELECT number, ended_at_ms AS endedAtMs, objective, violation FROM measurement JOIN trial ON trial = number
       WHERE told_order IS NOT NULL AND ended_at_ms IS NOT NULL AND ${among} ORDER BY told_order`,
    )
    .all()
    .flatMap((record) => trialSchema.safeParse(record).data ?? [])
}
