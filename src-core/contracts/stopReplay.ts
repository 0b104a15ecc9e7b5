/**
 * The contract between the application and the thread that replays the stopping rule of one study. The thread is told of
 * finished trials once each, with their spike counts. The schemas are the window's.
 */
import { z } from 'zod'
import type { ReplayTotals, StudyReplay, SweepPoint } from '../stopping/replayStudy.ts'
import type { TriedRule } from '../stopping/replayTable.ts'
import type { FinishedTrial } from '../trial/trial.ts'

export const triedRuleSchema = z.strictObject({
  layers: z
    .array(
      z.strictObject({
        layer: z.string(),
        alpha: z.int().min(0).max(1000),
        beta: z.number().min(0).max(1),
      }),
    )
    .max(8),
  interval: z.int().min(1),
})

const totalsShape = {
  stopped: z.int().min(0),
  complete: z.int().min(0),
  unknown: z.int().min(0),
  timeMs: z.number(),
  timeAtMostMs: z.number(),
  best: z.strictObject({ trial: z.int().min(0), objective: z.number() }).nullable(),
}
const totalsSchema: z.ZodType<ReplayTotals> = z.strictObject(totalsShape)

const replayedShape = { trial: z.int().min(0), samples: z.int().min(0) }
const replaySchema: z.ZodType<StudyReplay> = z.strictObject({
  before: totalsSchema,
  after: totalsSchema,
  wholeMs: z.number(),
  trials: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ ...replayedShape, kind: z.literal('complete') }),
      z.strictObject({
        ...replayedShape,
        kind: z.literal('stopped'),
        epoch: z.int().min(0),
        layer: z.string(),
      }),
      z.strictObject({ ...replayedShape, kind: z.literal('unknown') }),
    ]),
  ),
})

const sweepSchema: z.ZodType<SweepPoint[]> = z.array(z.strictObject({ beta: z.number(), ...totalsShape }))

/** A study's replay by one rule, and what can be asked for. */
export const stopReplaySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('replay'),
    replay: replaySchema,
    /** The same rule with other betas. */
    sweep: sweepSchema,
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
export type StopReplay = z.infer<typeof stopReplaySchema>

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
