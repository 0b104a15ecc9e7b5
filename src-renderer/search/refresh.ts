/** When newer models of a running study are worth their time. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'

/** How many of the ended trials models are told of. */
export const modelledTrials = (ended: readonly TrialRow[]): number =>
  ended.reduce((count, { annotation }) => (annotation.excluded ? count : count + 1), 0)

const oftenMs = 30_000
const leastMs = 5_000
/** Share of new trials: one in this many. */
const oneIn = 10

/** Every half minute while trials finish, or sooner when there are a tenth more of them. */
export const isDue = (asked: { readonly trials: number; readonly msAgo: number }, trials: number): boolean => {
  if (trials === asked.trials) return asked.msAgo === Infinity
  return asked.msAgo >= oftenMs || (asked.msAgo >= leastMs && (trials - asked.trials) * oneIn >= asked.trials)
}
