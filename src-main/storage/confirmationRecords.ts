import { z } from 'zod'
import { confirmationOutcomeSchema, confirmationSchema } from '../../src-core/confirmation/confirmation.ts'
import type { Confirmation, ConfirmationOutcome } from '../../src-core/confirmation/confirmation.ts'
import type { Connection } from './sqlite.ts'

const runRecordSchema = z.object({
  confirmation: z.int(),
  trial: z.int(),
  seed: z.int(),
  outcome: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(confirmationOutcomeSchema)
    .nullable(),
})
const confirmationRecordSchema = z.object({
  id: z.int(),
  started_at_ms: z.number(),
  state: z.string(),
  message: z.string().nullable(),
})

/** @throws {ZodError | SyntaxError} when the records are not in order */
export function readConfirmations(connection: Connection): Confirmation[] {
  // A study that is only looked at may be of a version that has none.
  if (connection.prepare("SELECT 1 FROM sqlite_master WHERE name = 'confirmation'").get() === undefined) return []
  const runs = z
    .array(runRecordSchema)
    .parse(connection.prepare('SELECT * FROM confirmation_run ORDER BY confirmation, position').all())
  return z
    .array(confirmationRecordSchema)
    .parse(connection.prepare('SELECT * FROM confirmation ORDER BY id').all())
    .map(({ id, started_at_ms: startedAtMs, state, message }) =>
      confirmationSchema.parse({
        id,
        startedAtMs,
        state,
        message,
        runs: runs
          .filter(({ confirmation }) => confirmation === id)
          .map(({ trial, seed, outcome }) => ({ trial, seed, outcome })),
      }),
    )
}

export function insertConfirmation(connection: Connection, { id, startedAtMs, state, runs }: Confirmation): void {
  connection.prepare('INSERT INTO confirmation (id, started_at_ms, state) VALUES (?, ?, ?)').run(id, startedAtMs, state)
  const insert = connection.prepare(
    'INSERT INTO confirmation_run (confirmation, position, trial, seed) VALUES (?, ?, ?, ?)',
  )
  for (const [position, { trial, seed }] of runs.entries()) insert.run(id, position, trial, seed)
}

export function updateConfirmationState(
  connection: Connection,
  id: number,
  state: Confirmation['state'],
  message: string | null,
): void {
  connection.prepare('UPDATE confirmation SET state = ?, message = ? WHERE id = ?').run(state, message, id)
}

export function updateConfirmationRun(
  connection: Connection,
  id: number,
  position: number,
  outcome: ConfirmationOutcome,
): void {
  connection
    .prepare('UPDATE confirmation_run SET outcome = ? WHERE confirmation = ? AND position = ?')
    .run(JSON.stringify(outcome), id, position)
}
