/**
 * The contract between the application and the thread that replays the stopping rule of one study. The thread is told of
 * finished trials once each, with their spike counts.
 */
import { z } from 'zod'
import { studyReplaySchema, sweepPointSchema } from '../stopping/replayStudy.ts'
import type { TriedRule } from '../stopping/replayTable.ts'
import type { FinishedTrial } from '../trial/trial.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'

/** A study's replay by one rule, and what can be asked for. */
export const stopReplaySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('replay'),
    replay: studyReplaySchema,
    /** The same rule with other betas. */
    sweep: z.array(sweepPointSchema),
    /** Samples trained of each trial's plan as the study ran, in the order of the replay's trials. */
    trained: z.array(z.strictObject({ samples: z.int(), planned: z.int(), objective: z.number().nullable() })),
    alphaMost: z.int(),
    intervals: z.array(z.int()),
    /** Measured trials whose spike counts are not stored. */
    without: z.int().min(0),
  }),
  /** No trial has spike counts; the number that were measured. */
  z.strictObject({ kind: z.literal('nothing'), measured: z.int().min(0) }),
])
export type StopReplay = DeepReadonly<z.infer<typeof stopReplaySchema>>

/** What the thread of a study's replays is asked. */
export interface StopReplayQuestions {
  /** Told: finished trials with their spike counts. */
  add: { request: readonly FinishedTrial[]; response: null }
  replay: {
    request: {
      readonly excluded: readonly number[]
      readonly rule: TriedRule
      /** Whose beta is swept; null: of all layers together. */
      readonly sweep: string | null
    }
    response: StopReplay
  }
}
