/** The evaluations of a log as finished trials. */
import { constraintName } from '../stopping/silenceRule.ts'
import { endedEarly } from '../stopping/timeSaved.ts'
import type { WatchedLayer } from '../study/silenceSchema.ts'
import { valueText } from '../study/wording.ts'
import type { ConstraintValue, Measurement, SilenceStop } from '../trial/measurement.ts'
import { type FinishedTrial, trialNumber } from '../trial/trial.ts'
import { type AccuracyUnit, asShare, hasFailed } from './logAccuracy.ts'
import type { LogColumns } from './logColumns.ts'
import { epochsOf, isFalse, isTrue, type LogSamples } from './logSamples.ts'
import { logConfiguration, type LogSpace } from './logSpace.ts'
import { isEmptyCell, type LogReader, type LogRow, type LogTable, numberIn } from './logTable.ts'
import type { LogSpan } from './logTimes.ts'

/**
 * Workers of evaluations, where a log does not name them: each goes to the lowest worker that is free when it starts, so
 * that there are as many as ever ran at once.
 * @param spans in the order of their starts; any unit of time
 * @returns the number of the worker of each, from 0
 */
export const workersByOverlap = (spans: readonly { readonly start: number; readonly end: number }[]): number[] => {
  const freeAt: number[] = []
  return spans.map(({ start, end }) => {
    const free = freeAt.findIndex((time) => time <= start)
    const worker = free < 0 ? freeAt.length : free
    freeAt[worker] = end
    return worker
  })
}

/**
 * Trust regions before each evaluation's own: a design that begins after what was searched for is that of a new one.
 * @param initial whether each is one of a design, in the order of their starts
 */
const livesOf = (initial: readonly boolean[]): number[] => {
  let life = 0
  let searched = false
  return initial.map((isInitial) => {
    if (isInitial && searched) life += 1
    searched = !isInitial
    return life
  })
}

/** What is known of the log as a whole. */
export interface LogFacts {
  readonly table: LogTable
  readonly columns: LogColumns
  readonly space: LogSpace
  readonly layers: readonly WatchedLayer[]
  readonly samples: LogSamples
  readonly spans: readonly LogSpan[]
  readonly initial: readonly boolean[]
  readonly accuracy: AccuracyUnit
}

/** Trials in the order of their starts, told in the order of their ends. What is wrong in a cell is a problem of `reader`. */
export const logTrials = (facts: LogFacts, reader: LogReader): FinishedTrial[] => {
  const { rows } = facts.table
  const started = rows
    .map((row, index) => ({
      row,
      initial: facts.initial[index] ?? false,
      span: facts.spans[index] ?? { start: 0, end: 0 },
    }))
    .sort((a, b) => a.span.start - b.span.start)
  const lives = livesOf(started.map(({ initial }) => initial))
  const workers = workersByOverlap(started.map(({ span }) => span))
  const told = new Map(
    [...started.keys()]
      .sort((a, b) => (started[a]?.span.end ?? 0) - (started[b]?.span.end ?? 0) || a - b)
      .map((place, order) => [place, order]),
  )
  return started.map(({ row, initial, span }, place) => {
    const base = {
      number: trialNumber(place),
      configuration: logConfiguration(facts.columns, facts.space, row, reader),
      seed: 0,
      explanation: explanationOf(row, { initial, life: lives[place] ?? 0 }, reader),
      attempt: 1,
      createdAtMs: span.start,
      worker: `lane-${workers[place] ?? 0}`,
      startedAtMs: span.start,
      endedAtMs: span.end,
      durationMs: span.end < span.start ? null : span.end - span.start,
      toldOrder: told.get(place) ?? place,
    }
    return { ...base, ...outcomeOf(row, span, facts, reader) } as FinishedTrial
  })
}

/** What the log says of the optimiser, in the words that other optimisers' explanations use. */
const explanationOf = (
  row: LogRow,
  { initial, life }: { readonly initial: boolean; readonly life: number },
  reader: LogReader,
): Record<string, unknown> => {
  const number = (column: string): number | undefined => numberIn(reader.cell(row, column)) ?? undefined
  const algorithm = reader.cell(row, 'algorithm').trim()
  const said = {
    algorithm: algorithm === '' ? undefined : algorithm,
    phase: algorithm === '' ? undefined : initial ? 'initial' : 'search',
    life: algorithm === '' ? undefined : life,
    iteration: number('iteration'),
    length: initial ? undefined : number('length'),
    restart: isTrue(reader.cell(row, 'trestart')) ? true : undefined,
    logLine: row.line,
  }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

/** What a row says of an evaluation that has not failed. */
interface Found extends LogSpan {
  readonly objective: number
  readonly constraints: readonly ConstraintValue[]
  /** Samples that the network was trained on. */
  readonly trained: number
}

const outcomeOf = (row: LogRow, span: LogSpan, facts: LogFacts, reader: LogReader) => {
  const { column, sign } = facts.columns.objective
  const error = reader.cell(row, 'error').trim()
  if (hasFailed(error)) {
    return { state: 'failed', failure: { reason: 'internal', message: `The log says of this evaluation: ${error}` } }
  }
  if (isEmptyCell(reader.cell(row, column))) {
    return {
      state: 'failed',
      failure: { reason: 'non-finite', message: 'The log has no accuracy of this evaluation.' },
    }
  }
  const constraints = facts.columns.constraints.map((name, index): ConstraintValue => {
    const layer = facts.layers[index]?.layer ?? 'excitatory'
    return { name: constraintName(layer), value: reader.number(row, name) }
  })
  const objective = asShare(sign * reader.number(row, column) + 0, facts.accuracy)
  const stopped = isTrue(reader.cell(row, 'stopped'))
  if (!stopped && !isFalse(reader.cell(row, 'stopped'))) {
    reader.complain(row, 'stopped', valueText(reader.cell(row, 'stopped')), 'True or False')
  }
  const trained = trainedSamples(row, stopped, facts, reader)
  const found = { ...span, objective, constraints, trained }
  const measurement = measurementOf(row, found, facts, reader)
  return stopped && endedEarly(measurement)
    ? { state: 'stopped', measurement, stop: stopOf(row, found, facts, reader) }
    : { state: 'complete', measurement }
}

/** Samples that the network was trained on: a log counts those of the test with them. */
const trainedSamples = (row: LogRow, stopped: boolean, { samples }: LogFacts, reader: LogReader): number => {
  const planned = epochsOf(row, reader) * samples.train
  if (!stopped) return planned
  const processed = reader.number(row, 'processed_images', 'the samples shown, by which it is known when it stopped')
  return Math.min(planned, Math.max(1, Math.round(processed - samples.test)))
}

const measurementOf = (
  row: LogRow,
  { start, end, objective, constraints, trained }: Found,
  { layers, samples, accuracy }: LogFacts,
  reader: LogReader,
): Measurement => {
  const testDurationMs = Math.max(0, 1000 * (numberIn(reader.cell(row, 'test_time')) ?? 0))
  const trainSeconds = numberIn(reader.cell(row, 'train_time'))
  const metrics: Record<string, number> = { accuracy: objective }
  const train = numberIn(reader.cell(row, 'train'))
  if (train !== null) metrics['trainAccuracy'] = asShare(train, accuracy)
  for (const [index, { layer, beta }] of layers.entries()) {
    const suffix = layer === 'excitatory' ? 'Excitatory' : 'Inhibitory'
    const spikes = numberIn(reader.cell(row, layer === 'excitatory' ? 'train_outpt_otspikes' : 'train_inhib_otspikes'))
    if (spikes !== null) metrics[`spikesPerSample${suffix}`] = spikes / trained
    metrics[`nonSpikingShare${suffix}`] = (constraints[index]?.value ?? 0) + beta
  }
  return {
    objective,
    metrics,
    constraints: [...constraints],
    trainDurationMs:
      trainSeconds === null ? Math.max(0, end - start - testDurationMs) : Math.max(0, 1000 * trainSeconds),
    testDurationMs,
    samplesTrained: trained,
    samplesPlanned: epochsOf(row, reader) * samples.train,
    intervals: [],
    spikeCounts: [],
    confusion: [],
    networkFile: null,
    datasetSha256: '',
  }
}

/** The layer whose constraint is broken most is the one that stopped it. */
const stopOf = (
  row: LogRow,
  { constraints, trained }: Found,
  { layers, samples }: LogFacts,
  reader: LogReader,
): SilenceStop => {
  const worst = constraints.reduce(
    (place, { value }, index) => (value > (constraints[place]?.value ?? 0) ? index : place),
    0,
  )
  const { layer, alpha, beta } = layers[worst] ?? { layer: 'excitatory', alpha: 0, beta: 0 }
  if (constraints.length === 0) {
    reader.complain(row, 'stopped', 'a stopped evaluation', 'a column constraint_0, by which it was stopped')
  }
  const epoch = Math.floor((trained - 1) / samples.train)
  return {
    kind: 'silence',
    layer,
    epoch,
    sample: trained - epoch * samples.train,
    nonSpiking: Math.max(0, Math.round(((constraints[worst]?.value ?? 0) + beta) * samples.shared)),
    trainSamples: samples.shared,
    alpha,
    beta,
  }
}
