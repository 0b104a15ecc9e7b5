import { epochAccuracies } from '../../src-core/stopping/pruning.ts'
import type { IntervalReport, PrunedStop } from '../../src-core/trial/measurement.ts'

/** Asks whether a trial is to be pruned at the end of an epoch. Accuracy: on the samples of the epoch; null: not known. */
export type JudgeEpoch = (epoch: number, trainAccuracy: number | null) => Promise<PrunedStop | null>

/** Prunes where a trial was pruned before. */
export const prunedAsBefore =
  (pruned: PrunedStop | undefined): JudgeEpoch =>
  (epoch) =>
    Promise.resolve(pruned?.epoch === epoch ? pruned : null)

/** Asks at the end of an epoch, by its looks and those before. */
export const judgeEpoch = (judge: JudgeEpoch, intervals: readonly IntervalReport[]): Promise<PrunedStop | null> => {
  const accuracies = epochAccuracies(intervals, true)
  return judge(accuracies.length - 1, accuracies.at(-1) ?? null)
}
