import { z } from 'zod'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { configurationSchema } from '../../src-core/space/parameter.ts'
import {
  constraintValueSchema,
  failureSchema,
  intervalReportSchema,
  measurementSchema,
  prunedStopSchema,
  silenceStopSchema,
  spikeCountsSchema,
} from '../../src-core/trial/measurement.ts'
import type { Measurement, TrialStop } from '../../src-core/trial/measurement.ts'
import { trialNumber } from '../../src-core/trial/trial.ts'
import { noWorker } from '../../src-core/trial/transition.ts'
import type { FailedTrial, Trial } from '../../src-core/trial/trial.ts'

/** A JSON column, decoded by `schema`. */
export const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch (error) {
        context.addIssue(error instanceof Error ? error.message : String(error))
        return z.NEVER
      }
    })
    .pipe(schema)

const trialRecordSchema = z.object({
  number: z.int(),
  state: z.enum(['waiting', 'running', 'complete', 'stopped', 'failed']),
  attempt: z.int().min(0),
  seed: z.int(),
  configuration: json(configurationSchema),
  explanation: json(z.record(z.string(), z.unknown())),
  created_at_ms: z.number(),
  worker: z.string().nullable(),
  started_at_ms: z.number().nullable(),
  ended_at_ms: z.number().nullable(),
  duration_ms: z.number().min(0).nullable(),
  told_order: z.int().nullable(),
  failure_reason: z.string().nullable(),
  failure_message: z.string().nullable(),
  failure_details: z.string().nullable(),
})

const measurementRecordSchema = z.object({
  objective: z.number(),
  train_duration_ms: z.number(),
  test_duration_ms: z.number(),
  samples_trained: z.int(),
  samples_planned: z.int(),
  confusion: json(measurementSchema.shape.confusion),
  network_file: z.string().nullable(),
  dataset_sha256: z.string(),
  /** Not there in a study of an older version that is only looked at. */
  network_sha256: z.string().nullable().default(null),
})

const stopRecordSchema = z
  .object({
    layer: z.string(),
    epoch: z.int(),
    sample: z.int(),
    non_spiking: z.int(),
    train_samples: z.int(),
    alpha: z.int(),
    beta: z.number(),
  })
  .transform(({ non_spiking: nonSpiking, train_samples: trainSamples, ...rest }) => ({
    kind: 'silence',
    ...rest,
    nonSpiking,
    trainSamples,
  }))
  .pipe(silenceStopSchema)

const prunedRecordSchema = z
  .object({ rule: z.string(), epoch: z.int(), accuracy: z.number(), threshold: z.number(), trials: z.int() })
  .transform((record) => ({ kind: 'pruned', ...record }))
  .pipe(prunedStopSchema)

const metricRecordSchema = z.object({ name: z.string(), value: z.number() })

const problemRecordSchema = z.object({ problem: z.string() }).optional()

const intervalRecordSchema = z
  .object({
    epoch: z.int(),
    sample: z.int(),
    train_accuracy: z.number().nullable(),
    non_spiking: json(z.array(z.int())),
  })
  .transform(({ train_accuracy: trainAccuracy, non_spiking: nonSpiking, ...rest }) => ({
    ...rest,
    trainAccuracy,
    nonSpiking,
  }))
  .pipe(intervalReportSchema)

/** The records of one trial contradict each other. */
export class ContradictingRecords extends Error {
  override readonly name = 'ContradictingRecords'
}

/** Whether records could not be decoded, as they cannot after bit rot; anything else that is thrown is another trouble. */
export const isUndecodable = (error: unknown): error is z.ZodError | SyntaxError | ContradictingRecords =>
  error instanceof z.ZodError || error instanceof SyntaxError || error instanceof ContradictingRecords

/** What `decode` makes of records; null: they cannot be decoded. */
export const decodedOrNull = <Decoded>(decode: () => Decoded): Decoded | null => {
  try {
    return decode()
  } catch (error) {
    if (isUndecodable(error)) return null
    throw error
  }
}

export const damagedTrial = (number: number): SpiketuneError =>
  new SpiketuneError(
    'trial-damaged',
    `The stored values of trial ${number} are not those that were written: nothing is made of them. \`spiketune check\` names everything that is damaged; restore the study from a backup, or leave the trial out.`,
  )

/** What the tables hold of one trial, as SQLite gave it. */
export interface RawTrial {
  readonly trial: unknown
  readonly measurement: unknown
  /** Of silence; undefined: none. */
  readonly stop: unknown
  /** undefined: not pruned. */
  readonly pruned: unknown
  /** Why its network is not on disk; undefined: nothing stood in the way. */
  readonly networkProblem: unknown
  readonly constraints: readonly unknown[]
  readonly metrics: readonly unknown[]
  readonly intervals: readonly unknown[]
  readonly spikeCounts: readonly unknown[]
}

/** What is left of a trial whose records are not in order: each column that can be read, whatever the others hold. */
const leftSchema = z.object({
  number: z.int(),
  attempt: z.int().min(0).catch(0),
  seed: z.int().catch(0),
  configuration: json(configurationSchema).catch({}),
  explanation: json(z.record(z.string(), z.unknown())).catch({}),
  created_at_ms: z.number().catch(0),
  worker: z.string().catch(noWorker),
  started_at_ms: z.number().catch(0),
  ended_at_ms: z.number().catch(0),
  told_order: z.int().catch(Number.MAX_SAFE_INTEGER),
})

/**
 * A trial whose records cannot be decoded: a failed one of the reason `unreadable`, whatever it was. It is left out wherever it
 * is shown (src-core/progress/trialRow.ts), and refuses nothing else.
 */
export const unreadableTrial = (record: unknown): FailedTrial => {
  const left = leftSchema.parse(record)
  return {
    state: 'failed',
    number: trialNumber(left.number),
    configuration: left.configuration,
    seed: left.seed,
    explanation: left.explanation,
    attempt: left.attempt,
    createdAtMs: left.created_at_ms,
    worker: left.worker,
    startedAtMs: left.started_at_ms,
    endedAtMs: left.ended_at_ms,
    durationMs: null,
    toldOrder: left.told_order,
    failure: { reason: 'unreadable', message: 'What is stored of it cannot be read.' },
  }
}

/** A trial from its records; one that is unreadable where they are not in order. */
export const readTrial = (raw: RawTrial): Trial => decodedOrNull(() => decodeTrial(raw)) ?? unreadableTrial(raw.trial)

/** A trial from its records. @throws {ContradictingRecords | ZodError | SyntaxError} when they are not in order */
export const decodeTrial = (raw: RawTrial): Trial => {
  const record = trialRecordSchema.parse(raw.trial)
  const base = {
    number: trialNumber(record.number),
    configuration: record.configuration,
    seed: record.seed,
    explanation: record.explanation,
    attempt: record.attempt,
    createdAtMs: record.created_at_ms,
  }
  if (record.state === 'waiting') return { ...base, state: 'waiting' }
  const begun = { ...base, worker: known(record.worker), startedAtMs: known(record.started_at_ms) }
  if (record.state === 'running') return { ...begun, state: 'running', durationMs: null, progress: null }
  const ended = {
    ...begun,
    endedAtMs: known(record.ended_at_ms),
    durationMs: record.duration_ms,
    toldOrder: known(record.told_order),
  }
  switch (record.state) {
    case 'complete':
      return { ...ended, state: 'complete', measurement: decodeMeasurement(raw) }
    case 'stopped':
      return { ...ended, state: 'stopped', measurement: decodeMeasurement(raw), stop: decodeStop(raw) }
    case 'failed': {
      const { failure_reason: reason, failure_message: message, failure_details: details } = record
      return {
        ...ended,
        state: 'failed',
        failure: failureSchema.parse({ reason, message, ...(details === null ? {} : { details }) }),
      }
    }
  }
}

const decodeStop = ({ stop, pruned }: RawTrial): TrialStop =>
  pruned === undefined ? stopRecordSchema.parse(stop) : prunedRecordSchema.parse(pruned)

const decodeMeasurement = (raw: RawTrial): Measurement => {
  const record = measurementRecordSchema.parse(raw.measurement)
  const networkProblem = problemRecordSchema.parse(raw.networkProblem)?.problem
  return {
    objective: record.objective,
    metrics: Object.fromEntries(
      z
        .array(metricRecordSchema)
        .parse(raw.metrics)
        .map(({ name, value }) => [name, value]),
    ),
    constraints: z.array(z.object(constraintValueSchema.shape)).parse(raw.constraints),
    trainDurationMs: record.train_duration_ms,
    testDurationMs: record.test_duration_ms,
    samplesTrained: record.samples_trained,
    samplesPlanned: record.samples_planned,
    intervals: z.array(intervalRecordSchema).parse(raw.intervals),
    spikeCounts: z.array(spikeCountsSchema).parse(raw.spikeCounts),
    confusion: record.confusion,
    networkFile: record.network_file,
    ...(record.network_sha256 === null ? {} : { networkSha256: record.network_sha256 }),
    ...(networkProblem === undefined ? {} : { networkProblem }),
    datasetSha256: record.dataset_sha256,
  }
}

const known = <Value>(value: Value | null): Value => {
  if (value === null) throw new ContradictingRecords('a column that this state of a trial needs is empty')
  return value
}
