import type { TrialRow } from '../../src-core/progress/readModel.ts'

interface Known {
  /** Weak, lest a study's every list hold the one before it. */
  readonly before: WeakRef<readonly TrialRow[]>
  readonly count: number
}
const known = new WeakMap<readonly TrialRow[], Known>()

/**
 * How many rows two lists begin with in common. A change of a study is in its last trials as a rule, so that most of what was
 * made of the list before still holds.
 */
export const unchangedCount = (before: readonly TrialRow[], trials: readonly TrialRow[]): number => {
  const last = known.get(trials)
  if (last?.before.deref() === before) return last.count
  const most = Math.min(before.length, trials.length)
  let count = 0
  while (count < most && before[count] === trials[count]) count++
  known.set(trials, { before: new WeakRef(before), count })
  return count
}
