/** When newer models of a running study are worth their time. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'

/** Finished trials that models are told of. */
export const modelledTrials = (trials: readonly TrialRow[]): number => {
  let count = 0
  for (const { state, annotation } of trials) {
    if (state !== 'waiting' && state !== 'running' && !annotation.excluded) count++
  }
  return count
}

const oftenMs = 30_000
const leastMs = 5_000
/** Share of new trials: one in this many. */
const oneIn = 10

/** Every half minute while trials finish, or sooner when there are a tenth more of them. */
export const isDue = (asked: { readonly trials: number; readonly msAgo: number }, trials: number): boolean => {
  if (trials === asked.trials) return asked.msAgo === Infinity
  return asked.msAgo >= oftenMs || (asked.msAgo >= leastMs && (trials - asked.trials) * oneIn >= asked.trials)
}
