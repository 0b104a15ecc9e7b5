import { z } from 'zod'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type Configuration, configurationSchema } from '../../src-core/space/parameter.ts'
import {
  type ConstraintValue,
  failureSchema,
  intervalReportSchema,
  type Measurement,
  measurementSchema,
  prunedStopSchema,
  raceEndSchema,
  replicateSchema,
  silenceStopSchema,
  spikeCountsSchema,
  type TrialStop,
} from '../../src-core/trial/measurement.ts'
import { type FailedTrial, type Trial, trialNumber } from '../../src-core/trial/trial.ts'
import { noWorker } from '../../src-core/trial/transition.ts'

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

/** Where each column of a trial's row is read from: of the trial, its measurement, what stopped it, and why it has no network. */
export const trialColumns = {
  number: 't.number',
  state: 't.state',
  attempt: 't.attempt',
  seed: 't.seed',
  configuration: 't.configuration',
  explanation: 't.explanation',
  createdAtMs: 't.created_at_ms',
  worker: 't.worker',
  startedAtMs: 't.started_at_ms',
  endedAtMs: 't.ended_at_ms',
  durationMs: 't.duration_ms',
  toldOrder: 't.told_order',
  failureReason: 't.failure_reason',
  failureMessage: 't.failure_message',
  failureDetails: 't.failure_details',
  objective: 'm.objective',
  trainDurationMs: 'm.train_duration_ms',
  testDurationMs: 'm.test_duration_ms',
  samplesTrained: 'm.samples_trained',
  samplesPlanned: 'm.samples_planned',
  confusion: 'm.confusion',
  networkFile: 'm.network_file',
  networkSha256: 'm.network_sha256',
  datasetSha256: 'm.dataset_sha256',
  silentLayer: 's.layer',
  silentEpoch: 's.epoch',
  silentSample: 's.sample',
  nonSpiking: 's.non_spiking',
  trainSamples: 's.train_samples',
  alpha: 's.alpha',
  beta: 's.beta',
  pruningRule: 'p.rule',
  prunedEpoch: 'p.epoch',
  prunedAccuracy: 'p.accuracy',
  pruningThreshold: 'p.threshold',
  pruningTrials: 'p.trials',
  networkProblem: 'n.problem',
  racing: 'r.trial',
  incumbent: 'r.incumbent',
  lostBy: 'e.lost_by',
  replicatesPlanned: 'e.planned',
  raceBound: 'e.bound',
  raceLimit: 'e.threshold',
} as const
type TrialRecord = Readonly<Record<keyof typeof trialColumns, unknown>>

/** What is read of a trial, each record by the names of its columns, as SQLite gave it. */
export interface RawTrial {
  readonly trial: TrialRecord
  readonly constraints: readonly NamedRecord[]
  readonly metrics: readonly NamedRecord[]
  readonly replicates: readonly unknown[]
  readonly intervals: readonly unknown[]
  readonly spikeCounts: readonly unknown[]
}

/** A record of a table with a value of each name. */
interface NamedRecord {
  readonly name: unknown
  readonly value: unknown
}

/** What is left of a trial whose records are not in order: each column that can be read, whatever the others hold. */
const leftSchema = z.object({
  number: z.int().transform(trialNumber),
  attempt: z.int().min(0).catch(0),
  seed: z.int().catch(0),
  configuration: json(configurationSchema).catch({}),
  explanation: json(z.record(z.string(), z.unknown())).catch({}),
  createdAtMs: z.number().catch(0),
  worker: z.string().catch(noWorker),
  startedAtMs: z.number().catch(0),
  endedAtMs: z.number().catch(0),
  toldOrder: z.int().catch(Number.MAX_SAFE_INTEGER),
})

/**
 * A trial from its records. One whose records are not in order is a failed one of the reason `unreadable`, whatever it was: it is
 * left out wherever it is shown (src-core/progress/trialRow.ts), and refuses nothing else.
 */
export const readTrial = (raw: RawTrial): Trial => decodedOrNull(() => decodeTrial(raw)) ?? unreadableTrial(raw.trial)

const unreadableTrial = (record: TrialRecord): FailedTrial => ({
  state: 'failed',
  ...leftSchema.parse(record),
  durationMs: null,
  failure: { reason: 'unreadable', message: 'What is stored of it cannot be read.' },
})

/** There may be 100,000 of them, and a person waits: what every trial has is checked by hand. */
const decodeTrial = (raw: RawTrial): Trial => {
  const { trial } = raw
  const base = {
    number: trialNumber(count(trial.number)),
    configuration: configurationIn(text(trial.configuration)),
    seed: whole(trial.seed),
    explanation: mapIn(text(trial.explanation)),
    attempt: count(trial.attempt),
    createdAtMs: number(trial.createdAtMs),
    ...(trial.racing !== null && { incumbent: trial.incumbent === null ? null : number(trial.incumbent) }),
  }
  const { state } = trial
  if (state === 'waiting') return { ...base, state }
  const begun = { ...base, worker: text(trial.worker), startedAtMs: number(trial.startedAtMs) }
  if (state === 'running') return { ...begun, state, durationMs: null, progress: null }
  const ended = {
    ...begun,
    endedAtMs: number(trial.endedAtMs),
    durationMs: trial.durationMs === null ? null : amount(trial.durationMs),
    toldOrder: count(trial.toldOrder),
  }
  switch (state) {
    case 'complete':
      return { ...ended, state, measurement: measurementOf(raw) }
    case 'stopped':
      return { ...ended, state, measurement: measurementOf(raw), stop: stopOf(trial) }
    case 'failed': {
      const { failureReason: reason, failureMessage: message, failureDetails: details } = trial
      return {
        ...ended,
        state,
        failure: failureSchema.parse({ reason, message, ...(details !== null && { details }) }),
      }
    }
    default:
      throw new ContradictingRecords(`a trial is in the state ${String(state)}`)
  }
}

const measurementOf = ({ trial, constraints, metrics, replicates, intervals, spikeCounts }: RawTrial): Measurement => ({
  objective: number(trial.objective),
  metrics: Object.fromEntries(metrics.map(({ name, value }) => [text(name), number(value)])),
  constraints: constraints.map(({ name, value }): ConstraintValue => ({ name: text(name), value: number(value) })),
  trainDurationMs: number(trial.trainDurationMs),
  testDurationMs: number(trial.testDurationMs),
  samplesTrained: count(trial.samplesTrained),
  samplesPlanned: count(trial.samplesPlanned),
  intervals: intervals.map((record) => intervalSchema.parse(record)),
  spikeCounts: spikeCounts.map((record) => countsSchema.parse(record)),
  confusion: trial.confusion === noConfusion ? [] : confusionSchema.parse(trial.confusion),
  networkFile: trial.networkFile === null ? null : text(trial.networkFile),
  ...(trial.networkSha256 !== null && { networkSha256: text(trial.networkSha256) }),
  ...(trial.networkProblem !== null && { networkProblem: text(trial.networkProblem) }),
  datasetSha256: text(trial.datasetSha256),
  ...(replicates.length > 0 && { replicates: replicates.map((record) => replicateRecordSchema.parse(record)) }),
  ...(trial.lostBy !== null && {
    raceEnd: raceEndSchema.parse({
      planned: trial.replicatesPlanned,
      by: trial.lostBy,
      bound: trial.raceBound,
      limit: trial.raceLimit,
    }),
  }),
})

/** What the column of one holds that has none, or of which it is not asked for. */
export const noConfusion = '[]'
const confusionSchema = json(measurementSchema.shape.confusion)
// Each record has the number of its trial besides.
const { nonSpiking, ...ofInterval } = intervalReportSchema.shape
const intervalSchema = z.object({ ...ofInterval, nonSpiking: json(nonSpiking) })
const countsSchema = z.object(spikeCountsSchema.shape)
const replicateRecordSchema = z.object({
  ...replicateSchema.shape,
  constraints: json(replicateSchema.shape.constraints),
  stop: json(silenceStopSchema).nullable(),
})

const stopOf = (trial: TrialRecord): TrialStop =>
  trial.pruningRule === null
    ? silenceStopSchema.parse({
        kind: 'silence',
        layer: trial.silentLayer,
        epoch: trial.silentEpoch,
        sample: trial.silentSample,
        nonSpiking: trial.nonSpiking,
        trainSamples: trial.trainSamples,
        alpha: trial.alpha,
        beta: trial.beta,
      })
    : prunedStopSchema.parse({
        kind: 'pruned',
        rule: trial.pruningRule,
        epoch: trial.prunedEpoch,
        accuracy: trial.prunedAccuracy,
        threshold: trial.pruningThreshold,
        trials: trial.pruningTrials,
      })

const configurationIn = (json: string): Configuration => {
  const configuration = mapIn(json)
  for (const name in configuration) {
    const value = configuration[name]
    if (typeof value !== 'number' && typeof value !== 'string') throw new ContradictingRecords(`${name} has no value`)
  }
  return configuration as Configuration
}

const mapIn = (json: string): Record<string, unknown> => {
  const value: unknown = JSON.parse(json)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ContradictingRecords('a column holds no map')
  }
  return value as Record<string, unknown>
}

const number = (value: unknown): number => {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new ContradictingRecords('a column that this state of a trial needs holds no number')
}

const whole = (value: unknown): number => {
  if (Number.isSafeInteger(value)) return value as number
  throw new ContradictingRecords('a column that this state of a trial needs holds no whole number')
}

const count = (value: unknown): number => amount(whole(value))

const amount = (value: unknown): number => {
  const found = number(value)
  if (found >= 0) return found
  throw new ContradictingRecords('a column holds less than nothing')
}

const text = (value: unknown): string => {
  if (typeof value === 'string') return value
  throw new ContradictingRecords('a column that this state of a trial needs is empty')
}
