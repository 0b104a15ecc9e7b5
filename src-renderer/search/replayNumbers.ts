/** What another stopping rule would have saved and lost. */
import { isMinimised, metricName } from '../../src-core/progress/objectiveText.ts'
import type { ObjectiveMetric } from '../../src-core/study/metricSchema.ts'
import type { ReplayTotals } from '../../src-core/stopping/replayStudy.ts'

/** Share of the training of all trials to their end that a rule saves. */
export const savedShare = (timeMs: number, wholeMs: number): number =>
  wholeMs > 0 ? Math.max(0, 1 - timeMs / wholeMs) : 0

/**
 * What is lost of the best objective, at most: unknown trials might make up for it. Null where there was none, or where no
 * network of a study of costs is left: without one there is no cost, while an accuracy counts as 0.
 */
export const lostObjective = (
  before: ReplayTotals,
  after: ReplayTotals,
  metric: ObjectiveMetric = 'accuracy',
): number | null => {
  if (before.best === null || (after.best === null && isMinimised(metric))) return null
  return Math.max(0, before.best.objective - (after.best?.objective ?? 0))
}

/** What a loss is called: of an accuracy it is lost, of a cost it is added. */
export const lostTitle = (metric: ObjectiveMetric): string =>
  isMinimised(metric) ? `More ${metricName(metric)}` : 'Accuracy lost'
