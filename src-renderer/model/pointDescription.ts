import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import { formatAccuracy, formatPercent } from './format.ts'
import { failureWord, shareOfConstraint, stopPlace, stopRemark, trialStateWords } from './trialText.ts'

const accuracyLine = ({ objective, state, progress }: TrialRow): string | null => {
  if (objective !== null) return `${objective < 0 ? 'cost' : 'accuracy'} ${formatAccuracy(objective)}`
  const interim = progress?.lastInterval?.trainAccuracy ?? null
  return state === 'running' && interim !== null ? `accuracy so far ${formatAccuracy(interim)} (training)` : null
}

const stopLine = (stop: NonNullable<TrialRow['stop']>): string =>
  stop.kind === 'silence' ? `${stop.layer} silent in ${stopPlace(stop)}` : stopRemark(stop)

/** What the tooltip of a point says: number and state, accuracy, every constraint, why it ended. */
export const pointDescription = (trial: TrialRow | null, constraints: readonly ConstraintInfo[]): string[] => {
  if (trial === null) return []
  const shares = constraints.map((constraint) => {
    const share = shareOfConstraint(trial, constraint)
    return share === null
      ? null
      : `${constraint.name} ${formatPercent(share, 2)} (${share <= constraint.beta ? 'at most' : 'above'} β)`
  })
  return [
    `Trial ${trial.number}: ${trialStateWords[trial.state].toLowerCase()}`,
    accuracyLine(trial),
    ...shares,
    trial.stop === null ? null : stopLine(trial.stop),
    trial.failure === null ? null : failureWord(trial.failure.reason),
  ].filter((line) => line !== null)
}
