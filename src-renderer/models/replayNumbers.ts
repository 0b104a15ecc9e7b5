/** What another stopping rule would have saved and lost. */
import type { ReplayTotals } from '../../src-core/stopping/replayStudy.ts'

/** Share of the training of all trials to their end that a rule saves. */
export const savedShare = (timeMs: number, wholeMs: number): number =>
  wholeMs > 0 ? Math.max(0, 1 - timeMs / wholeMs) : 0

/** What is lost of the best accuracy, at most: unknown trials might make up for it. Null where there was none. */
export const lostObjective = (before: ReplayTotals, after: ReplayTotals): number | null =>
  before.best === null ? null : Math.max(0, before.best.objective - (after.best?.objective ?? 0))
