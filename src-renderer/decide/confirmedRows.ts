import type { Confirmation } from '../../src-core/confirmation/confirmation.ts'
import { type ConfirmedTrial, summariseConfirmation } from '../../src-core/confirmation/summarise.ts'
import { measuredOrNull } from '../../src-core/progress/objectiveText.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import { trialByNumber } from '../trials/studyView.ts'

export interface ConfirmedRow extends ConfirmedTrial {
  /** The objective that the search measured on its own samples, a cost as it is; null: unknown. */
  readonly searched: number | null
}

/** The confirmed trials beside what the search had measured of them. */
export const confirmedRows = (
  confirmation: Confirmation,
  trials: readonly TrialRow[],
  metric: ShownMetric,
): ConfirmedRow[] =>
  summariseConfirmation(confirmation, metric).map((summary) => ({
    ...summary,
    searched: measuredOrNull(metric, trialByNumber(trials, summary.trial)?.objective ?? null),
  }))

/**
 * How long these runs will take, from how long the trials took in the search; null: that is not known.
 * @param workers trained at the same time
 */
export const confirmationEstimateMs = (
  trials: readonly TrialRow[],
  numbers: readonly number[],
  seeds: number,
  workers: number,
): number | null => {
  const durations = numbers.flatMap((number) => trialByNumber(trials, number)?.durationMs ?? [])
  if (durations.length === 0) return null
  const mean = durations.reduce((sum, duration) => sum + duration, 0) / durations.length
  return Math.ceil((numbers.length * seeds) / Math.max(1, workers)) * mean
}
