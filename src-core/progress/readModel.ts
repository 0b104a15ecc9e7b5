/**
 * The read model: what the window, the progress display and the JSON output show of a study. Rows are small, so that
 * thousands travel at once; the heavy parts of a trial stay in storage until someone asks.
 */
import { z } from 'zod'
import { trialProgressSchema } from '../contracts/worker.ts'
import { configurationSchema } from '../space/parameter.ts'
import { constraintValueSchema, failureSchema, silenceStopSchema } from '../trial/measurement.ts'

export const trialRowSchema = z.strictObject({
  number: z.int().min(0),
  state: z.enum(['waiting', 'running', 'complete', 'stopped', 'failed']),
  attempt: z.int().min(0),
  configuration: configurationSchema,
  seed: z.int(),
  /** Whether it was asked for before the optimiser knew anything; null where it has no initial design. */
  initialDesign: z.boolean().nullable(),
  worker: z.string().nullable(),
  startedAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
  progress: trialProgressSchema.nullable(),
  objective: z.number().nullable(),
  constraints: z.array(constraintValueSchema),
  /** Sum of the positive constraint values; null before the trial is measured. */
  violation: z.number().min(0).nullable(),
  metrics: z.record(z.string(), z.number()),
  stop: silenceStopSchema.nullable(),
  /** Estimated training time that stopping early saved. */
  timeSavedMs: z.number().min(0),
  failure: failureSchema.nullable(),
  networkFile: z.string().nullable(),
})
export type TrialRow = z.infer<typeof trialRowSchema>

/** Where a study stands. `interrupted`: it was running when its application died; resume continues it. */
export const studyStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('new') }),
  z.strictObject({ kind: z.literal('running') }),
  z.strictObject({ kind: z.literal('paused') }),
  /** Running trials finish, nothing new is asked. */
  z.strictObject({ kind: z.literal('draining') }),
  z.strictObject({ kind: z.literal('interrupted') }),
  z.strictObject({
    kind: z.literal('finished'),
    reason: z.enum(['trial-budget', 'time-budget', 'space-exhausted']),
    detail: z.string(),
  }),
  z.strictObject({ kind: z.literal('error'), message: z.string() }),
])
export type StudyState = z.infer<typeof studyStateSchema>

export const trialCountsSchema = z.strictObject({
  waiting: z.int(),
  running: z.int(),
  complete: z.int(),
  stopped: z.int(),
  failed: z.int(),
})
export type TrialCounts = z.infer<typeof trialCountsSchema>

export const studySummarySchema = z.strictObject({
  /** Name of the study's folder in the library; unique there. */
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  state: studyStateSchema,
  /** Another application writes to this study; it can be looked at, not changed. */
  readOnly: z.boolean(),
  counts: trialCountsSchema,
  /** Trials in the budget; null when only time is. */
  trialBudget: z.int().nullable(),
  /** Best feasible trial; `feasible` false: nothing is feasible yet and this is the one of least violation. */
  best: z
    .strictObject({ number: z.int(), objective: z.number(), violation: z.number(), feasible: z.boolean() })
    .nullable(),
  elapsedMs: z.number().min(0),
  /** Estimated; null when nothing is known yet or the study does not run. */
  timeLeftMs: z.number().min(0).nullable(),
  timeSavedMs: z.number().min(0),
  workers: z.int().min(0),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
})
export type StudySummary = z.infer<typeof studySummarySchema>

/** A named constraint and the threshold line to draw: `threshold` is beta, the value of the share at `value = 0`. */
export const constraintInfoSchema = z.strictObject({
  name: z.string(),
  layer: z.string(),
  alpha: z.int(),
  beta: z.number(),
})
export type ConstraintInfo = z.infer<typeof constraintInfoSchema>

export const studySnapshotSchema = z.strictObject({
  summary: studySummarySchema,
  constraints: z.array(constraintInfoSchema),
  /** The definition as YAML, for reading. */
  definitionYaml: z.string(),
  trials: z.array(trialRowSchema),
})
export type StudySnapshot = z.infer<typeof studySnapshotSchema>

/** Something changed: the new summary and only those trials that differ from before. */
export const studyChangeSchema = z.strictObject({ summary: studySummarySchema, trials: z.array(trialRowSchema) })
export type StudyChange = z.infer<typeof studyChangeSchema>
