/**
 * The confirmation of a study's best: each of some trials is trained anew with several seeds, and measured on the
 * dataset's own test samples, which the search has never seen.
 */
import { z } from 'zod'
import { constraintValueSchema, failureSchema } from '../trial/measurement.ts'

export const confirmationOutcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('measured'),
    /** On the test samples. */
    accuracy: z.number(),
    constraints: z.array(constraintValueSchema),
    metrics: z.record(z.string(), z.number()),
    /** Silence stopped it. */
    stopped: z.boolean(),
    durationMs: z.number().min(0),
  }),
  z.strictObject({ kind: z.literal('failed'), failure: failureSchema }),
])
export type ConfirmationOutcome = z.infer<typeof confirmationOutcomeSchema>

const confirmationRunSchema = z.strictObject({
  trial: z.int().min(0),
  seed: z.int().min(0).max(0xffffffff),
  /** null: it has not ended. */
  outcome: confirmationOutcomeSchema.nullable(),
})
export type ConfirmationRun = z.infer<typeof confirmationRunSchema>

export const confirmationSchema = z.strictObject({
  id: z.int().min(1),
  startedAtMs: z.number(),
  /** stopped: before its last run had ended; it can be continued. */
  state: z.enum(['running', 'finished', 'stopped']),
  /** Why it stopped by itself; null otherwise. */
  message: z.string().nullable(),
  /** The trials' seeds, one after the other, trial by trial. */
  runs: z.array(confirmationRunSchema).min(1),
})
export type Confirmation = z.infer<typeof confirmationSchema>

export const confirmationSettingsSchema = z.strictObject({
  trials: z.array(z.int().min(0)).min(1).max(50),
  /** New seeds of each trial. */
  seeds: z.int().min(1).max(100),
})
export type ConfirmationSettings = z.infer<typeof confirmationSettingsSchema>
