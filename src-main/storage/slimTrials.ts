/**
 * All trials of a study without their records (learning curves, confusion matrices, spike counts), as rows and optimisers
 * need them. There may be 100,000 of them, and a person waits: three plain queries side by side, and checks by hand. One whose
 * records are not in order is an unreadable one (trialRecords.ts).
 */
import type { Configuration } from '../../src-core/space/parameter.ts'
import { failureReasonSchema, prunedStopSchema } from '../../src-core/trial/measurement.ts'
import type {
  ConstraintValue,
  FailureReason,
  Measurement,
  PrunedStop,
  SilenceStop,
  TrialStop,
} from '../../src-core/trial/measurement.ts'
import { trialNumber } from '../../src-core/trial/trial.ts'
import type { Trial } from '../../src-core/trial/trial.ts'
import { durationColumn, networkProblemTable, prunedStopTable } from './olderForms.ts'
import type { Connection } from './sqlite.ts'
import { ContradictingRecords, decodedOrNull, unreadableTrial } from './trialRecords.ts'

/** The first columns of what is read of each trial. */
const trialColumns = [
  'number',
  'state',
  'attempt',
  'seed',
  'configuration',
  'explanation',
  'created_at_ms',
  'worker',
  'started_at_ms',
  'ended_at_ms',
  'told_order',
  'failure_reason',
  'failure_message',
  'failure_details',
] as const

const trialsSql = (pruned: string, duration: string, problems: string): string => `
SELECT ${trialColumns.map((name) => `t.${name}`).join(', ')},
  m.objective, m.train_duration_ms, m.test_duration_ms, m.samples_trained, m.samples_planned, m.network_file,
  m.dataset_sha256, s.layer, s.epoch, s.sample, s.non_spiking, s.train_samples, s.alpha, s.beta,
  p.rule, p.epoch, p.accuracy, p.threshold, p.trials, ${duration}, n.problem
FROM trial t LEFT JOIN measurement m ON m.trial = t.number LEFT JOIN silence_stop s ON s.trial = t.number
  LEFT JOIN ${pruned} p ON p.trial = t.number LEFT JOIN ${problems} n ON n.trial = t.number`

/** A part of all trials, by number. */
export interface TrialRange {
  /** The first number, included. */
  readonly from: number
  /** Trials at most. */
  readonly limit: number
}

const everything: TrialRange = { from: 0, limit: Number.MAX_SAFE_INTEGER }

/** Trials read in one go: what SQLite hands over of more would fill the memory, and cost more time to clear than to read. */
const trialsAtOnce = 250

/** Slim trials by rising number. */
export const readSlimTrials = (connection: Connection, range: TrialRange = everything): Trial[] =>
  // One snapshot for all parts, whatever a writer does meanwhile.
  connection.transaction(() => [...slimTrialParts(connection, range)].flat())()

/** Slim trials by rising number, a part at a time; whoever wants them all of one moment has a transaction around it. */
export const slimTrialParts = function* (
  connection: Connection,
  { from, limit }: TrialRange = everything,
  atOnce = trialsAtOnce,
): Generator<Trial[], void> {
  const records = (sql: string, ...values: number[]): unknown[][] =>
    connection
      .prepare<unknown[], unknown[]>(sql)
      .raw()
      .all(...values)
  const sql = trialsSql(prunedStopTable(connection), durationColumn(connection), networkProblemTable(connection))
  // Each part of one moment, whatever a writer does meanwhile.
  const part = connection.transaction((from: number, limit: number): Trial[] => {
    const trials = records(`${sql} WHERE t.number >= ? ORDER BY t.number LIMIT ?`, from, limit)
    const last = Number(trials.at(-1)?.[0] ?? -1)
    const between = 'WHERE trial BETWEEN ? AND ? ORDER BY trial'
    const constraints = grouped(
      records(`SELECT trial, name, value FROM constraint_value ${between}, position`, from, last),
    )
    const metrics = grouped(records(`SELECT trial, name, value FROM metric ${between}, name`, from, last))
    return trials.map((record) => {
      const number = Number(record[0])
      const [itsConstraints, itsMetrics] = [constraints(number), metrics(number)]
      return decodedOrNull(() => trialOf(record, itsConstraints, itsMetrics)) ?? unreadableTrial(byName(record))
    })
  })
  for (let next = from, left = limit; left > 0;) {
    const asked = Math.min(atOnce, left)
    const trials = part(next, asked)
    yield trials
    const last = trials.at(-1)
    if (last === undefined || trials.length < asked) return
    next = last.number + 1
    left -= trials.length
  }
}

type NamedValue = ConstraintValue

/** The records of each trial from those of all in the order of trials; trials are asked for in that order, too. */
const grouped = (records: unknown[][]): ((trial: number) => unknown[][]) => {
  const place = (record: readonly unknown[] | undefined): number => Number(record?.[0])
  // SQLite takes the order from an index, which may be damaged.
  if (records.some((record, at) => at > 0 && place(record) < place(records[at - 1]))) {
    records.sort((a, b) => place(a) - place(b))
  }
  let at = 0
  return (trial) => {
    while (place(records[at]) < trial) at++
    const from = at
    while (place(records[at]) === trial) at++
    return records.slice(from, at)
  }
}

const namedValues = (records: readonly (readonly unknown[])[]): NamedValue[] =>
  records.map((record) => ({ name: text(record[1]), value: number(record[2]) }))

/** What is known of a trial by itself, as `unreadableTrial` reads it. */
const byName = (record: readonly unknown[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(trialColumns.map((name, column) => [name, record[column]]))

const trialOf = (
  record: readonly unknown[],
  constraints: readonly unknown[][],
  metrics: readonly unknown[][],
): Trial => {
  const base = {
    number: trialNumber(count(record[0])),
    configuration: configurationIn(text(record[4])),
    seed: whole(record[3]),
    explanation: mapIn(text(record[5])),
    attempt: count(record[2]),
    createdAtMs: number(record[6]),
  }
  const state = record[1]
  if (state === 'waiting') return { ...base, state }
  const begun = { ...base, worker: text(record[7]), startedAtMs: number(record[8]) }
  if (state === 'running') return { ...begun, state, durationMs: null, progress: null }
  const durationMs = record[33] === null ? null : amount(record[33])
  const ended = { ...begun, endedAtMs: number(record[9]), durationMs, toldOrder: count(record[10]) }
  if (state === 'failed') return { ...ended, state, failure: failureOf(record) }
  const measurement = measurementOf(record, namedValues(constraints), namedValues(metrics))
  if (state === 'complete') return { ...ended, state, measurement }
  if (state === 'stopped') return { ...ended, state, measurement, stop: stopOf(record) }
  throw new ContradictingRecords(`a trial is in the state ${String(state)}`)
}

const measurementOf = (
  record: readonly unknown[],
  constraints: ConstraintValue[],
  metrics: readonly NamedValue[],
): Measurement => ({
  objective: number(record[14]),
  metrics: Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
  constraints,
  trainDurationMs: number(record[15]),
  testDurationMs: number(record[16]),
  samplesTrained: count(record[17]),
  samplesPlanned: count(record[18]),
  intervals: [],
  spikeCounts: [],
  confusion: [],
  networkFile: record[19] === null ? null : text(record[19]),
  ...(record[34] === null ? {} : { networkProblem: text(record[34]) }),
  datasetSha256: text(record[20]),
})

const stopOf = (record: readonly unknown[]): TrialStop => (record[28] === null ? silenceOf(record) : prunedOf(record))

const prunedOf = (record: readonly unknown[]): TrialStop => ({
  kind: 'pruned',
  rule: oneOf(pruningRules, record[28]),
  epoch: count(record[29]),
  accuracy: number(record[30]),
  threshold: number(record[31]),
  trials: count(record[32]),
})

const silenceOf = (record: readonly unknown[]): SilenceStop => ({
  kind: 'silence',
  layer: text(record[21]),
  epoch: count(record[22]),
  sample: count(record[23]),
  nonSpiking: count(record[24]),
  trainSamples: count(record[25]),
  alpha: count(record[26]),
  beta: number(record[27]),
})

const failureOf = (record: readonly unknown[]): { reason: FailureReason; message: string; details?: string } => {
  const failure = { reason: oneOf(reasons, record[11]), message: text(record[12]) }
  return record[13] === null ? failure : { ...failure, details: text(record[13]) }
}

const pruningRules: ReadonlySet<PrunedStop['rule']> = new Set(prunedStopSchema.shape.rule.options)
const reasons: ReadonlySet<FailureReason> = new Set(failureReasonSchema.options)

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

const oneOf = <Choice extends string>(choices: ReadonlySet<Choice>, value: unknown): Choice => {
  if (choices.has(value as Choice)) return value as Choice
  throw new ContradictingRecords(`${String(value)} is none of ${[...choices].join(', ')}`)
}
