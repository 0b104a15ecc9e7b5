/**
 * All trials of a study without their records (learning curves, confusion matrices, spike counts), as rows and optimisers
 * need them. There may be 100,000 of them, and a person waits: three plain queries side by side, and checks by hand.
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
import { ContradictingRecords } from './trialRecords.ts'

const trialsSql = (pruned: string, duration: string, problems: string): string => `
SELECT t.number, t.state, t.attempt, t.seed, t.configuration, t.explanation, t.created_at_ms, t.worker, t.started_at_ms,
  t.ended_at_ms, t.told_order, t.failure_reason, t.failure_message, t.failure_details,
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

/**
 * Slim trials by rising number.
 * @throws {ContradictingRecords | SyntaxError} when what is stored is not in order
 */
export function readSlimTrials(connection: Connection, range: TrialRange = everything): Trial[] {
  // One snapshot for all parts, whatever a writer does meanwhile.
  return connection.transaction(() => [...slimTrialParts(connection, range)].flat())()
}

/**
 * Slim trials by rising number, a part at a time; whoever wants them all of one moment has a transaction around it.
 * @throws {ContradictingRecords | SyntaxError} when what is stored is not in order
 */
export function* slimTrialParts(
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
    return trials.map((record) => trialOf(record, constraints, metrics))
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

/** The values of each trial from records in the order of trials; trials are asked for in that order, too. */
function grouped(records: readonly unknown[][]): (trial: number) => NamedValue[] {
  let at = 0
  return (trial) => {
    const values: NamedValue[] = []
    for (let record = records[at]; record?.[0] === trial; record = records[++at]) {
      values.push({ name: text(record[1]), value: number(record[2]) })
    }
    return values
  }
}

function trialOf(
  record: readonly unknown[],
  constraints: (trial: number) => NamedValue[],
  metrics: (trial: number) => NamedValue[],
): Trial {
  const base = {
    number: trialNumber(number(record[0])),
    configuration: configurationIn(text(record[4])),
    seed: number(record[3]),
    explanation: mapIn(text(record[5])),
    attempt: number(record[2]),
    createdAtMs: number(record[6]),
  }
  const state = record[1]
  const constraintValues = constraints(base.number)
  const metricValues = metrics(base.number)
  if (state === 'waiting') return { ...base, state }
  const begun = { ...base, worker: text(record[7]), startedAtMs: number(record[8]) }
  if (state === 'running') return { ...begun, state, durationMs: null, progress: null }
  const durationMs = record[33] === null ? null : number(record[33])
  const ended = { ...begun, endedAtMs: number(record[9]), durationMs, toldOrder: number(record[10]) }
  if (state === 'failed') return { ...ended, state, failure: failureOf(record) }
  const measurement = measurementOf(record, constraintValues, metricValues)
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
  samplesTrained: number(record[17]),
  samplesPlanned: number(record[18]),
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
  epoch: number(record[29]),
  accuracy: number(record[30]),
  threshold: number(record[31]),
  trials: number(record[32]),
})

const silenceOf = (record: readonly unknown[]): SilenceStop => ({
  kind: 'silence',
  layer: text(record[21]),
  epoch: number(record[22]),
  sample: number(record[23]),
  nonSpiking: number(record[24]),
  trainSamples: number(record[25]),
  alpha: number(record[26]),
  beta: number(record[27]),
})

function failureOf(record: readonly unknown[]): { reason: FailureReason; message: string; details?: string } {
  const failure = { reason: oneOf(reasons, record[11]), message: text(record[12]) }
  return record[13] === null ? failure : { ...failure, details: text(record[13]) }
}

const pruningRules: ReadonlySet<PrunedStop['rule']> = new Set(prunedStopSchema.shape.rule.options)
const reasons: ReadonlySet<FailureReason> = new Set(failureReasonSchema.options)

function configurationIn(json: string): Configuration {
  const configuration = mapIn(json)
  for (const name in configuration) {
    const value = configuration[name]
    if (typeof value !== 'number' && typeof value !== 'string') throw new ContradictingRecords(`${name} has no value`)
  }
  return configuration as Configuration
}

function mapIn(json: string): Record<string, unknown> {
  const value: unknown = JSON.parse(json)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ContradictingRecords('a column holds no map')
  }
  return value as Record<string, unknown>
}

function number(value: unknown): number {
  if (typeof value === 'number') return value
  throw new ContradictingRecords('a column that this state of a trial needs is empty')
}

function text(value: unknown): string {
  if (typeof value === 'string') return value
  throw new ContradictingRecords('a column that this state of a trial needs is empty')
}

function oneOf<Choice extends string>(choices: ReadonlySet<Choice>, value: unknown): Choice {
  if (choices.has(value as Choice)) return value as Choice
  throw new ContradictingRecords(`${String(value)} is none of ${[...choices].join(', ')}`)
}
