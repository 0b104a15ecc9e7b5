import { resumesText } from '../../../src-core/progress/resumesText.ts'
import type { TrialRecord } from '../../../src-core/contracts/window/trialCalls.ts'
import {
  metricName,
  metricWithDirection,
  limitPhrase,
  measuredNumber,
  objectiveNumber,
} from '../../../src-core/progress/objectiveText.ts'
import { metricLabel } from '../../../src-core/progress/constraintTitle.ts'
import { hasEnded, type TrialRow } from '../../../src-core/progress/readModel.ts'
import { constraintError, raceSentence, replicatesWords, withError } from '../../../src-core/progress/replicatesText.ts'
import { totalViolation } from '../../../src-core/progress/trialRow.ts'
import { whyThisPoint } from '../../../src-core/progress/whyThisPoint.ts'
import { constraintName } from '../../../src-core/stopping/silenceRule.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import { limitOf } from '../../../src-core/study/metricSchema.ts'
import { shownHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'
import { inGroups } from '../../../src-core/study/hyperparameters.ts'
import {
  nonSpikingShareOf,
  shownMetric,
  shownObjective,
  testedUnits,
  wordsOf,
} from '../../../src-core/study/studyWords.ts'
import type { Measurement } from '../../../src-core/trial/measurement.ts'
import { noWorker } from '../../../src-core/trial/transition.ts'
import type { Trial } from '../../../src-core/trial/trial.ts'
import { stopReason } from '../progress/plainText.ts'
import { metricError } from './bestTable.ts'
import { cardText } from './dataCardText.ts'
import {
  durationText,
  formatAgainst,
  formatCount,
  formatDuration,
  formatLimit,
  formatShareError,
  formatTime,
  formatValue,
} from './format.ts'
import { labelled } from './resultText.ts'
import { trialStateText } from './stateText.ts'
import type { Styles } from './styledLine.ts'

/** What people have said of a trial and done to it; empty when nothing. */
export const annotationPairs = ({ annotation, state, networkFile }: TrialRow): [label: string, value: string][] => {
  const { note, tags, pinned, excluded, damage } = annotation
  const lost = networkFile === null && hasEnded({ state })
  const keeps = lost ? 'yes; its network was not kept, or there is none' : 'yes, its network is kept'
  return [
    ...(note === '' ? [] : [['note', note] as [string, string]]),
    ...(tags.length === 0 ? [] : [['tags', tags.join(', ')] as [string, string]]),
    ...(pinned ? [['pinned', keeps] as [string, string]] : []),
    ...(excluded && damage === undefined ? [['left out', 'yes, it does not count'] as [string, string]] : []),
    ...(damage === undefined
      ? []
      : [['damaged', `${damage} ${excluded ? 'It is left out.' : 'It was put back.'}`] as [string, string]]),
  ]
}

type Pairs = [label: string, value: string][]

/** Everything known of a trial, for people. */
export const trialText = (
  trial: Trial,
  { row, measured: record }: Pick<TrialRecord, 'row' | 'measured'>,
  definition: StudyDefinition,
  styles: Styles,
): string[] => {
  const resolved = Object.entries(shownHyperparameters(definition, trial.configuration))
  const searched = resolved.filter(([name]) => Object.hasOwn(trial.configuration, name))
  const held = resolved.filter(([name]) => !Object.hasOwn(trial.configuration, name))
  const section = (title: string, pairs: Pairs): string[] =>
    pairs.length === 0 ? [] : ['', styles.bold(title), labelled(pairs, styles)]
  const grouped = (title: string, entries: typeof resolved): string[] => {
    const valueOf = new Map(entries)
    return inGroups(
      definition.network,
      entries.map(([name]) => name),
    ).flatMap(({ group, parameters }) =>
      section(
        `${title}: ${group}`,
        parameters.map((name) => [name, formatValue(valueOf.get(name) ?? '')]),
      ),
    )
  }
  const why = whyThisPoint(trial.explanation, Object.keys(definition.space)).map(({ term, words }): Pairs[number] => [
    term,
    words,
  ])
  const card = record?.dataset ?? null
  return [
    styles.bold(
      `Trial ${trial.number}: ${trialStateText[row.state]}${row.resumesAt === undefined ? '' : `, ${resumesText(row.resumesAt)}`}`,
    ),
    labelled(courseOf(trial, row, definition), styles),
    ...('measurement' in trial ? section('Measured', measured(trial.measurement, row, definition)) : []),
    ...('measurement' in trial ? section('Replicates', replicatesOf(trial.measurement, definition)) : []),
    ...(card === null ? [] : ['', styles.bold('Dataset'), ...cardText(card, styles)]),
    ...section('Said of it', annotationPairs(row)),
    ...grouped('Searched', searched),
    ...grouped('Held', held),
    ...section('Why this point', why),
  ]
}

const courseOf = (trial: Trial, row: TrialRow, definition: StudyDefinition): Pairs => {
  const pairs: Pairs = [
    ['seed', trial.seed.toString()],
    ['attempts', trial.attempt.toString()],
  ]
  if (trial.state === 'waiting') return pairs
  if (trial.worker !== noWorker) pairs.push(['worker', trial.worker], ['began', formatTime(trial.startedAtMs)])
  if (trial.state === 'running') return pairs
  if (trial.worker !== noWorker) pairs.push(['took', durationText(trial.durationMs)])
  const race = raceSentence(row.replicates, shownObjective(definition))
  if (race !== null) pairs.push(['race', race])
  if (trial.state === 'stopped' && row.state === 'stopped')
    pairs.push([
      trial.stop.kind === 'silence' ? 'stopped by' : 'stopped',
      stopReason(trial.stop, wordsOf(definition.network.type)),
    ])
  if (trial.state === 'failed') {
    pairs.push(['reason', `${trial.failure.reason}: ${trial.failure.message}`])
    if (trial.failure.details !== undefined) pairs.push(['details', trial.failure.details])
  }
  return pairs
}

/** What each training of several came to, by its seed. */
const replicatesOf = ({ replicates = [] }: Measurement, definition: StudyDefinition): Pairs =>
  replicates.map(({ seed, objective, stop, trainDurationMs, testDurationMs }) => [
    `seed ${seed}`,
    `${objectiveNumber(shownObjective(definition), objective)}, ${formatDuration(trainDurationMs + testDurationMs)}` +
      (stop === null ? '' : `, ${stopReason(stop, wordsOf(definition.network.type))}`),
  ])

const measured = (measurement: Measurement, row: TrialRow, definition: StudyDefinition): Pairs => {
  const { silence, constraints, objective } = definition
  const { samplesTrained, samplesPlanned } = measurement
  const words = wordsOf(definition.network.type)
  const { unit } = words
  const searchedFor = shownObjective(definition)
  const samples =
    samplesTrained === samplesPlanned
      ? `${formatCount(samplesTrained)} ${unit}s`
      : `${formatCount(samplesTrained)} of ${formatCount(samplesPlanned)} ${unit}s`
  const violation = totalViolation(measurement.constraints)
  const shown = new Set<string>([objective.metric, ...constraints.map(({ metric }) => metric)])
  return [
    [
      metricWithDirection(searchedFor),
      `${objectiveNumber(searchedFor, measurement.objective, row.replicates?.objectiveStandardError)} on the ${objective.split} ${testedUnits(definition)}${
        row.replicates === undefined ? '' : `, the mean of ${replicatesWords(row.replicates)}`
      }`,
    ],
    ['feasible', violation > 0 ? `no, violation ${formatValue(violation)}` : 'yes'],
    ...silence.layers.map(({ layer, beta }): [string, string] => {
      const value = measurement.constraints.find(({ name }) => name === constraintName(layer))?.value
      const share = value === undefined ? 'not measured' : formatAgainst(Math.max(0, value + beta), beta)
      const error = constraintError(row, constraintName(layer))
      return [
        nonSpikingShareOf(layer),
        `${withError(share, error === null ? null : formatShareError(error))}, ${formatLimit(beta)} allowed`,
      ]
    }),
    ...constraints.map((constraint): [string, string] => {
      const { metric } = constraint
      const value = measurement.metrics[metric]
      return [
        metricName(shownMetric(metric, definition)),
        `${value === undefined ? 'not measured' : withError(measuredNumber(metric, value), metricError(row, constraint))}, ${limitPhrase(limitOf(constraint))} allowed`,
      ]
    }),
    ['training', `${formatDuration(measurement.trainDurationMs)}, ${samples}`],
    ['testing', formatDuration(measurement.testDurationMs)],
    ...Object.entries(measurement.metrics)
      .filter(([name]) => !shown.has(name))
      .map(([name, value]): [string, string] => [metricLabel(name, words), formatValue(value)]),
    ...(measurement.datasetSha256 === '' ? [] : ([['dataset', `sha256 ${measurement.datasetSha256}`]] satisfies Pairs)),
    ['network', measurement.networkFile ?? measurement.networkProblem ?? 'not kept'],
  ]
}
