import { metricName, againstLimit, measuredNumber, objectivePhrase } from '../../src-core/progress/objectiveText.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { accuracySoFar, soFarWords } from '../../src-core/progress/soFar.ts'
import type { ObjectiveMetric } from '../../src-core/study/metricSchema.ts'
import type { StudyView } from './studyView.ts'
import { formatAccuracy, formatPercent } from './format.ts'
import { failureWord, shareOfConstraint, stopPlace, stopRemark, trialStateWords } from './trialText.ts'

const objectiveLine = (
  { objective, state, progress, replicates }: TrialRow,
  metric: ObjectiveMetric,
): string | null => {
  if (objective !== null) return objectivePhrase(metric, objective, replicates?.objectiveStandardError)
  const interim = accuracySoFar({ state, progress })
  return interim === null ? null : `accuracy ${formatAccuracy(interim)} (${soFarWords})`
}

const stopLine = (stop: NonNullable<TrialRow['stop']>): string =>
  stop.kind === 'silence' ? `${stop.layer} silent in ${stopPlace(stop)}` : stopRemark(stop)

/** What the tooltip of a point says: number and state, objective, every constraint, why it ended. */
export const pointDescription = (
  trial: TrialRow | null,
  { constraints, limits, objective }: Pick<StudyView, 'constraints' | 'limits' | 'objective'>,
): string[] => {
  if (trial === null) return []
  const shares = constraints.map((constraint) => {
    const share = shareOfConstraint(trial, constraint)
    return share === null
      ? null
      : `${constraint.name} ${formatPercent(share, 2)} (${share <= constraint.beta ? 'at most' : 'above'} β)`
  })
  const costs = limits.map((limit) => {
    const { metric } = limit
    const measured = trial.metrics[metric]
    return measured === undefined
      ? null
      : `${metricName(metric)} ${measuredNumber(metric, measured)} (${againstLimit(limit, measured)})`
  })
  return [
    `Trial ${trial.number}: ${trialStateWords[trial.state].toLowerCase()}`,
    objectiveLine(trial, objective),
    ...shares,
    ...costs,
    trial.stop === null ? null : stopLine(trial.stop),
    trial.failure === null ? null : failureWord(trial.failure.reason),
  ].filter((line) => line !== null)
}
