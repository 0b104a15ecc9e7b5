/**
 * Published evaluation logs as studies: a row for each evaluation, columns of hyperparameters, `constraint_*`, `stopped`,
 * `objective`, starts and ends, as the reference experiments of arXiv 2403.00450 were published.
 */
import { decodeDefinition } from '../study/decodeDefinition.ts'
import { DEFINITION_VERSION, type StudyDefinition } from '../study/definition.ts'
import { isDiehlCookHyperparameter } from '../study/diehlCookHyperparameters.ts'
import type { FinishedTrial } from '../trial/trial.ts'
import { accuracyUnit, type AccuracyUnit } from './logAccuracy.ts'
import { findColumns } from './logColumns.ts'
import { EvaluationLogError } from './logProblems.ts'
import { logLayers, logSamples } from './logSamples.ts'
import { logSpace } from './logSpace.ts'
import { LogReader, type LogTable } from './logTable.ts'
import { logSpans } from './logTimes.ts'
import { type LogFacts, logTrials } from './logTrials.ts'

/** Where a log is from. */
interface LogOrigin {
  /** File name, without folder. */
  readonly file: string
  /** Of the file as it was, packed or not. */
  readonly sha256: string
}

/** A study that holds a log: what it looked for, and what came of it. */
export interface LoggedStudy {
  readonly definition: StudyDefinition
  readonly trials: readonly FinishedTrial[]
}

/** A log that was read. */
export interface ReadLog extends LoggedStudy {
  /** What a person should know of how it was read: what was left out or taken for something. */
  readonly notes: readonly string[]
}

/** Published training and validation samples of MNIST: 0.8 and 0.2 of the 60,000 training images. */
const mnistSamples = { train: 48_000, test: 12_000 }

/**
 * Reads a log as a study.
 * @param accuracy what a person says that its accuracies are; null: nothing was said
 * @throws {EvaluationLogError} naming every problem by line and column
 * @throws {AccuracyUnclearError} when nothing was said, and accuracies look like per cent
 */
export const readEvaluationLog = (
  table: LogTable,
  origin: LogOrigin,
  accuracy: AccuracyUnit | null = null,
): ReadLog => {
  const reader = new LogReader(table)
  const columns = findColumns(table, reader)
  if (table.rows.length === 0) reader.complainOfName('', 'no evaluation', 'a row for each evaluation')
  if (columns === null || table.rows.length === 0) throw new EvaluationLogError(origin.file, reader.problems)
  // AddInitSCBO: drawn beyond the design as it was meant, while its last evaluations still ran.
  const initial = reader.cells('algorithm').map((algorithm) => /^\s*(add)?init/i.test(algorithm))
  const space = logSpace(columns, table, initial, reader)
  const layers = logLayers(columns, reader)
  const samples = logSamples(table, columns, layers, reader)
  const spans = logSpans(table, columns, reader)
  const unit = accuracyUnit(table, columns, reader, { file: origin.file, said: accuracy })
  const facts: LogFacts = { table, columns, space, layers, samples, spans, initial, accuracy: unit }
  const trials = logTrials(facts, reader)
  if (reader.problems.length > 0) throw new EvaluationLogError(origin.file, reader.problems)
  return { definition: definitionOf(facts, reader, origin), trials, notes: reader.notes }
}

const definitionOf = ({ table, columns, space, layers, samples }: LogFacts, reader: LogReader, origin: LogOrigin) => {
  const known = columns.hyperparameters.every(({ name }) => isDiehlCookHyperparameter(name))
  const mnist = known && samples.train === mnistSamples.train && samples.test === mnistSamples.test
  const scbo = reader.cells('algorithm').some((algorithm) => algorithm.includes('SCBO'))
  const definition = {
    version: DEFINITION_VERSION,
    name: nameOf(origin.file),
    description: [
      `${table.rows.length} evaluations of the log ${origin.file}, to be looked at; it cannot be trained here.`,
      ...reader.notes,
    ].join(' '),
    dataset: { name: mnist ? 'mnist' : 'elsewhere' },
    network: { type: 'diehl-cook' },
    training: { algorithm: 'post-pre' },
    space: space.parameters,
    objective: { split: columns.objective.split },
    silence: { layers },
    optimiser: { type: scbo ? 'scbo' : 'random' },
    budget: { trials: table.rows.length },
    keepNetworks: 0,
    log: origin,
  }
  return decodeDefinition(JSON.stringify(definition), origin.file)
}

/** A study's name is of letters, digits, dot, dash and underscore. */
const nameOf = (file: string): string => {
  const name = file
    .replace(/(\.csv)?(\.gz)?$/i, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64)
  return name === '' ? 'evaluation-log' : name
}
