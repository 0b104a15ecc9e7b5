/** What a hook reads from its standard input: one line of JSON. */
import { z } from 'zod'
import { trialCountsSchema } from '../progress/readModel.ts'
import { shownMetricSchema } from '../study/studyWords.ts'
import { hookNames } from '../study/hooksSchema.ts'

/** Becomes higher when a field goes or changes its meaning; fields may be added at any time. */
export const HOOK_INPUT_VERSION = 1

const hookTrialSchema = z.strictObject({
  number: z.int().min(0),
  /** Of what `metric` names, as it is shown: a cost is not negated. Null: it was not measured. */
  value: z.number().nullable(),
  /** Of the mean of its replicates. */
  standardError: z.number().optional(),
})

export const hookInputSchema = z.strictObject({
  version: z.literal(HOOK_INPUT_VERSION),
  event: z.enum(hookNames),
  study: z.strictObject({ id: z.string(), name: z.string(), folder: z.string() }),
  /** When it happened: ISO 8601, UTC. */
  time: z.iso.datetime(),
  /** Time that the study has run in all. */
  elapsedMs: z.number().min(0),
  counts: trialCountsSchema,
  /** What the study searches for, as in its definition. */
  metric: shownMetricSchema,
  /** The best trial; `feasible` false: none is feasible, and this one is nearest to it. */
  best: hookTrialSchema.extend({ feasible: z.boolean() }).nullable(),
  /** The trial that it is about; null: the study as a whole. */
  trial: hookTrialSchema.nullable(),
  /**
   * `best`; of a trial why it failed, such as `out-of-memory`; of a study's end `trial-budget`, `time-budget`, `space-exhausted`,
   * `paused`, or the reason of its error, such as `disk-full`.
   */
  reason: z.string(),
  /** The same for people, in a line or more. */
  message: z.string(),
  /** Earlier events of the same hook that this one stands for: they came while another hook ran. */
  skipped: z.int().min(0),
})
export type HookInput = z.infer<typeof hookInputSchema>
