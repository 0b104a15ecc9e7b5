import { metricName, againstLimit, measuredNumber, objectivePhrase } from '../../src-core/progress/objectiveText.ts'
import { accuracySoFar, soFarWords } from '../../src-core/progress/soFar.ts'
import { shownLimit, type StudySummary, type TrialRow } from '../../src-core/progress/readModel.ts'
import { nonSpikingShareOf, type ShownMetric, type StudyWords, wordsOf } from '../../src-core/study/studyWords.ts'
import type { StudyView } from './studyView.ts'
import { formatAccuracy, formatAgainst } from './format.ts'
import { failureWord, shareOfConstraint, stopPlace, stopRemark, trialStateWords } from './trialText.ts'

const objectiveLine = (
  { objective, state, progress, replicates }: TrialRow,
  metric: ShownMetric,
  { learned }: StudyWords,
): string | null => {
  if (objective !== null) return objectivePhrase(metric, objective, replicates?.objectiveStandardError)
  const interim = accuracySoFar({ state, progress })
  return interim === null ? null : `${learned} ${formatAccuracy(interim)} (${soFarWords})`
}

const stopLine = (stop: NonNullable<TrialRow['stop']>, words: StudyWords): string =>
  stop.kind === 'silence' ? `stopped by ${stop.layer} in ${stopPlace(stop, words)}` : stopRemark(stop, words)

interface DescribedStudy extends Pick<StudyView, 'constraints' | 'limits' | 'objective'> {
  readonly summary: Pick<StudySummary, 'network'>
}

/** What the tooltip of a point says: number and state, objective, every constraint, why it ended. */
export const pointDescription = (
  trial: TrialRow | null,
  { constraints, limits, objective, summary }: DescribedStudy,
): string[] => {
  const words = wordsOf(summary.network)
  if (trial === null) return []
  const shares = constraints.map((constraint) => {
    const share = shareOfConstraint(trial, constraint)
    return share === null
      ? null
      : `${nonSpikingShareOf(constraint.layer)} ${formatAgainst(share, constraint.beta)} (${share <= constraint.beta ? 'at most' : 'above'} β)`
  })
  const costs = limits.map((limit) => {
    const metric = shownLimit(limit)
    const measured = trial.metrics[limit.metric]
    return measured === undefined
      ? null
      : `${metricName(metric)} ${measuredNumber(metric, measured)} (${againstLimit(limit, measured)})`
  })
  return [
    `Trial ${trial.number}: ${trialStateWords[trial.state].toLowerCase()}`,
    objectiveLine(trial, objective, words),
    ...shares,
    ...costs,
    trial.stop === null ? null : stopLine(trial.stop, words),
    trial.failure === null ? null : failureWord(trial.failure.reason),
  ].filter((line) => line !== null)
}
