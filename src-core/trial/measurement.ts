import { z } from 'zod'

/** Why, where and when silence stopped a trial. */
export const silenceStopSchema = z.strictObject({
  kind: z.literal('silence'),
  layer: z.string(),
  /** Counted from 0. */
  epoch: z.int().min(0),
  /** Samples of this epoch that had been shown. */
  sample: z.int().min(1),
  nonSpiking: z.int().min(0),
  trainSamples: z.int().min(1),
  alpha: z.int().min(0),
  beta: z.number(),
})
export type SilenceStop = z.infer<typeof silenceStopSchema>

/** Why a trial was pruned (src-core/stopping/pruning.ts). */
export const prunedStopSchema = z.strictObject({
  kind: z.literal('pruned'),
  rule: z.enum(['median', 'asha']),
  /** The epoch at whose end it was judged, counted from 0. */
  epoch: z.int().min(0),
  /** Its train accuracy, and that which it would have had to reach. */
  accuracy: z.number(),
  threshold: z.number(),
  /** Trials that it was compared with. */
  trials: z.int().min(1),
})
export type PrunedStop = z.infer<typeof prunedStopSchema>

/** Why training ended before its last epoch. */
export const trialStopSchema = z.discriminatedUnion('kind', [silenceStopSchema, prunedStopSchema])
export type TrialStop = z.infer<typeof trialStopSchema>

/** The value of a black-box constraint; `value <= 0` is feasible. */
export const constraintValueSchema = z.strictObject({ name: z.string(), value: z.number() })
export type ConstraintValue = z.infer<typeof constraintValueSchema>

/** What was seen at one look at the spike counts; the learning curve of a trial is the list of these. */
export const intervalReportSchema = z.strictObject({
  epoch: z.int().min(0),
  /** Samples of this epoch shown so far. */
  sample: z.int().min(0),
  /** Accuracy on the samples since the last look, with the labels of before; null before the first labels. */
  trainAccuracy: z.number().nullable(),
  /** Running count of non-spiking samples of this epoch, for each watched layer in the definition's order. */
  nonSpiking: z.array(z.int().min(0)),
})
export type IntervalReport = z.infer<typeof intervalReportSchema>

/** Spike counts per training sample of one watched layer in one epoch: little-endian u16, deflated. */
export const spikeCountsSchema = z.strictObject({
  layer: z.string(),
  epoch: z.int().min(0),
  samples: z.int().min(0),
  deflated: z.instanceof(Uint8Array),
})
export type SpikeCounts = z.infer<typeof spikeCountsSchema>

/** What one of several trainings of a trial came to; they differ by their seeds alone. */
export const replicateSchema = z.strictObject({
  seed: z.int().min(0).max(0xffffffff),
  objective: z.number(),
  constraints: z.array(constraintValueSchema),
  /** Null: it was trained to its end. */
  stop: silenceStopSchema.nullable(),
  trainDurationMs: z.number().min(0),
  testDurationMs: z.number().min(0),
  samplesTrained: z.int().min(0),
})
export type Replicate = z.infer<typeof replicateSchema>

/** Why a trial ended before its last replicate (src-core/stopping/racing.ts). */
export const raceEndSchema = z.strictObject({
  /** Replicates that it would have had. */
  planned: z.int().min(4),
  /** `objective`, or the name of the constraint that is as good as violated. */
  by: z.string(),
  /** Of its mean: the upper bound of the objective, the lower bound of a constraint. */
  bound: z.number(),
  /** What the bound is beyond: the objective of the best trial, or 0 of a constraint. */
  limit: z.number(),
})
export type RaceEnd = z.infer<typeof raceEndSchema>

/**
 * What a worker measured of a network, trained to the end or stopped. Of several replicates objective, metrics and constraints are
 * means, durations, samples and confusion sums, and intervals, spike counts and the network those of the first one.
 */
export const measurementSchema = z.strictObject({
  /** The objective, maximised: accuracy on the objective's split. */
  objective: z.number(),
  /** accuracy, and whatever else was measured: spikesPerSampleExcitatory, nonSpikingShareExcitatory, ... */
  metrics: z.record(z.string(), z.number()),
  constraints: z.array(constraintValueSchema),
  trainDurationMs: z.number().min(0),
  testDurationMs: z.number().min(0),
  samplesTrained: z.int().min(0),
  samplesPlanned: z.int().min(0),
  intervals: z.array(intervalReportSchema),
  spikeCounts: z.array(spikeCountsSchema),
  /** Rows: true label; columns: predicted label. */
  confusion: z.array(z.array(z.int().min(0))),
  /** File name of the trained network inside the study's `networks` folder; null when none was kept. */
  networkFile: z.string().nullable(),
  /** SHA-256 of that file as it was written; left out where none was, and by older versions. */
  networkSha256: z.string().optional(),
  /** Why the network is not on disk although it was to be kept; absent: nothing stood in the way. */
  networkProblem: z.string().optional(),
  datasetSha256: z.string(),
  /** In the order of training; absent: the trial is one training. */
  replicates: z.array(replicateSchema).min(2).optional(),
  /** Absent: it had all of its replicates. */
  raceEnd: raceEndSchema.optional(),
})
export type Measurement = z.infer<typeof measurementSchema>

export const failureReasonSchema = z.enum([
  'non-finite',
  'out-of-memory',
  'impossible-network',
  'dataset',
  'worker-died',
  'not-responding',
  'time-limit',
  'disk-full',
  'cancelled',
  'internal',
  /** No worker says it: what is stored of the trial cannot be read any more. */
  'unreadable',
])
export type FailureReason = z.infer<typeof failureReasonSchema>

/** A trial's failure as it crosses processes and is stored. */
export const failureSchema = z.strictObject({
  reason: failureReasonSchema,
  message: z.string(),
  details: z.string().optional(),
})
export type Failure = z.infer<typeof failureSchema>

/** What a trial came to. Expected outcomes are values. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('complete'), measurement: measurementSchema }),
  z.strictObject({ kind: z.literal('stopped'), measurement: measurementSchema, stop: trialStopSchema }),
  z.strictObject({ kind: z.literal('failed'), failure: failureSchema }),
])
export type Outcome = z.infer<typeof outcomeSchema>
