import { z } from 'zod'
import {
  type Confirmation,
  type ConfirmationOutcome,
  confirmationOutcomeSchema,
  confirmationSchema,
} from '../../src-core/confirmation/confirmation.ts'
import type { Connection } from './sqlite.ts'
import { json } from './trialRecords.ts'

const runRecordSchema = z.object({
  confirmation: z.int(),
  trial: z.int(),
  seed: z.int(),
  outcome: json(confirmationOutcomeSchema)
    .nullable()
    .catch({
      kind: 'failed',
      failure: { reason: 'unreadable', message: 'What is stored of it cannot be read.' },
    }),
})
const confirmationRecordSchema = z.object({
  id: z.int(),
  started_at_ms: z.number().catch(0),
  state: confirmationSchema.shape.state.catch('stopped'),
  message: z.string().nullable().catch(null),
})

/**
 * What cannot be read refuses nothing else: an outcome is shown as failed, a run of which less is known is left out, and so is a
 * confirmation without one. A check names them.
 */
export const readConfirmations = (connection: Connection): Confirmation[] => {
  // A study that is only looked at may be of a version that has none.
  if (connection.prepare("SELECT 1 FROM sqlite_master WHERE name = 'confirmation'").get() === undefined) return []
  const runs = connection
    .prepare('SELECT * FROM confirmation_run ORDER BY confirmation, position')
    .all()
    .flatMap((record) => runRecordSchema.safeParse(record).data ?? [])
  return connection
    .prepare('SELECT * FROM confirmation ORDER BY id')
    .all()
    .flatMap((record) => {
      const { id, started_at_ms: startedAtMs, state, message } = confirmationRecordSchema.parse(record)
      const its = runs.filter(({ confirmation }) => confirmation === id)
      const found = confirmationSchema.safeParse({
        id,
        startedAtMs,
        state,
        message,
        runs: its.map(({ trial, seed, outcome }) => ({ trial, seed, outcome })),
      })
      return found.data ?? []
    })
}

export const insertConfirmation = (connection: Connection, { id, startedAtMs, state, runs }: Confirmation): void => {
  connection.prepare('INSERT INTO confirmation (id, started_at_ms, state) VALUES (?, ?, ?)').run(id, startedAtMs, state)
  const insert = connection.prepare(
    'INSERT INTO confirmation_run (confirmation, position, trial, seed) VALUES (?, ?, ?, ?)',
  )
  for (const [position, { trial, seed }] of runs.entries()) insert.run(id, position, trial, seed)
}

export const updateConfirmationState = (
  connection: Connection,
  id: number,
  state: Confirmation['state'],
  message: string | null,
): void => {
  connection.prepare('UPDATE confirmation SET state = ?, message = ? WHERE id = ?').run(state, message, id)
}

export const updateConfirmationRun = (
  connection: Connection,
  id: number,
  position: number,
  outcome: ConfirmationOutcome,
): void => {
  connection
    .prepare('UPDATE confirmation_run SET outcome = ? WHERE confirmation = ? AND position = ?')
    .run(JSON.stringify(outcome), id, position)
}
