/**
 * Pruning: the early end of trials whose learning curves are hopeless beside those of other trials.
 *
 * Notation: a[e] train accuracy of a trial over the samples of epoch e, from 0; n = epochs that it has been trained for.
 *
 *   median  prune when the best of a[0 .. n - 1] is below the median of a[n - 1] of the complete trials (Golovin et al.,
 *           Google Vizier, KDD 2017, in the form of Akiba et al., Optuna, KDD 2019, MedianPruner)
 *   asha    rungs at n = r, r eta, r eta^2, ... with r = warmupEpochs (at least 1) and eta = reduction, rounded up; prune at
 *           a rung when a[n - 1] is not among the best floor(m / eta), at least 1, of the m trials that have been there,
 *           this one too (Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020, in the form that
 *           stops trials and never promotes one again; Optuna, SuccessiveHalvingPruner)
 *
 * With either rule nothing is pruned where fewer than `minimumTrials` others are known.
 */
import type { IntervalReport } from '../trial/measurement.ts'

export interface PruningRule {
  readonly rule: 'none' | 'median' | 'asha'
  readonly warmupEpochs: number
  readonly minimumTrials: number
  readonly reduction: number
}

/** What is known of a trial's learning; accuracies of its whole epochs, null where it made no predictions. */
export interface EpochCurve {
  readonly accuracies: readonly (number | null)[]
  /** Trained to its end. */
  readonly complete: boolean
}

/** Why a trial is pruned: its accuracy, and the one that it would have had to reach. */
interface Pruning {
  readonly rule: 'median' | 'asha'
  readonly accuracy: number
  readonly threshold: number
  /** Trials that it was compared with. */
  readonly trials: number
}

/**
 * Whether a trial is to be pruned at the end of its latest epoch; null: it goes on.
 * @param own accuracy of each of its epochs so far
 * @param others curves of other trials, in any order
 */
export const judge = (
  rule: PruningRule,
  own: readonly (number | null)[],
  others: readonly EpochCurve[],
): Pruning | null => {
  const epochs = own.length
  if (rule.rule === 'none' || epochs < Math.max(1, rule.warmupEpochs)) return null
  if (rule.rule === 'asha' && !isRung(rule, epochs)) return null
  const compared = others
    .filter(({ complete }) => complete || rule.rule === 'asha')
    .flatMap(({ accuracies }) => accuracies[epochs - 1] ?? [])
  if (compared.length === 0 || compared.length < rule.minimumTrials) return null
  const accuracy = rule.rule === 'median' ? bestOf(own) : (own.at(-1) ?? null)
  if (accuracy === null) return null
  const threshold = rule.rule === 'median' ? median(compared) : worstToGoOn(rule, [...compared, accuracy])
  return accuracy < threshold ? { rule: rule.rule, accuracy, threshold, trials: compared.length } : null
}

/**
 * The train accuracy of each whole epoch: the mean over its samples, as far as predictions were made; null where none were.
 * @param lastEpochWhole false: the last epoch broke off, and is left out
 */
export const epochAccuracies = (
  intervals: readonly Pick<IntervalReport, 'epoch' | 'sample' | 'trainAccuracy'>[],
  lastEpochWhole: boolean,
): (number | null)[] => {
  const epochs = (intervals.at(-1)?.epoch ?? -1) + (lastEpochWhole ? 1 : 0)
  return Array.from({ length: epochs }, (_, epoch) => {
    let before = 0
    let samples = 0
    let correct = 0
    for (const { sample, trainAccuracy } of intervals.filter((interval) => interval.epoch === epoch)) {
      if (trainAccuracy !== null) {
        samples += sample - before
        correct += trainAccuracy * (sample - before)
      }
      before = sample
    }
    return samples === 0 ? null : correct / samples
  })
}

const isRung = ({ warmupEpochs, reduction }: PruningRule, epochs: number): boolean => {
  let rung = Math.max(1, warmupEpochs)
  while (Math.ceil(rung) < epochs) rung *= reduction
  return Math.ceil(rung) === epochs
}

/** The lowest of the accuracies at a rung that go on. */
const worstToGoOn = ({ reduction }: PruningRule, accuracies: readonly number[]): number => {
  const goOn = Math.max(1, Math.floor(accuracies.length / reduction))
  return [...accuracies].sort((a, b) => b - a)[goOn - 1] ?? -Infinity
}

const bestOf = (accuracies: readonly (number | null)[]): number | null => {
  const known = accuracies.flatMap((accuracy) => accuracy ?? [])
  return known.length === 0 ? null : Math.max(...known)
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? NaN
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper
}
