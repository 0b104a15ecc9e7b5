/**
 * The good and the bad trials of TPE.
 *
 * Constraints by the order of Optuna (Akiba et al. 2019; its TPESampler with constraints): feasible trials before
 * infeasible ones, feasible ones by objective, infeasible ones by total violation. c-TPE (Watanabe & Hutter,
 * arXiv 2211.14411) has a pair of densities for each constraint instead, which uses feasible but bad trials too; it
 * needs each constraint's value for each trial, while a trial that failed has none, and another quantile for each
 * constraint. The order needs neither.
 */
import type { Configuration } from '../../space/parameter.ts'
import type { FinishedTrial } from '../../trial/trial.ts'

export interface Observation {
  readonly configuration: Configuration
  /** Null where it failed, or is no finite number. */
  readonly objective: number | null
  /** Sum of the positive parts of the constraints; infinite where it failed or one of them is not known. */
  readonly violation: number
}

/** @returns null for a cancelled trial, which says nothing about its configuration */
export const observationOf = (names: readonly string[], trial: FinishedTrial): Observation | null => {
  const { configuration } = trial
  if (trial.state === 'failed') {
    return trial.failure.reason === 'cancelled' ? null : { configuration, objective: null, violation: Infinity }
  }
  const { objective, constraints } = trial.measurement
  if (!Number.isFinite(objective)) return { configuration, objective: null, violation: Infinity }
  const violation = names.reduce((sum, name) => {
    const value = constraints.find((constraint) => constraint.name === name)?.value ?? NaN
    return sum + (Number.isNaN(value) ? Infinity : Math.max(0, value))
  }, 0)
  return { configuration, objective, violation }
}

/** The share of trials that are good, and how many at most (Optuna's defaults). */
const goodShare = 0.1
const mostGood = 25

interface Groups {
  /** Best first. Never one that failed, or whose constraints are not known. */
  readonly good: readonly Observation[]
  readonly bad: readonly Observation[]
}

export const splitTrials = (observations: readonly Observation[]): Groups => {
  const ranked = [...observations].sort(compare)
  const possible = ranked.findIndex(({ violation }) => violation === Infinity)
  const count = Math.min(Math.ceil(goodShare * ranked.length), mostGood, possible < 0 ? ranked.length : possible)
  return { good: ranked.slice(0, count), bad: ranked.slice(count) }
}

/** Best first. */
const compare = (a: Observation, b: Observation): number => {
  if (a.violation !== b.violation) return a.violation < b.violation ? -1 : 1
  const [first, second] = [a.objective ?? -Infinity, b.objective ?? -Infinity]
  return a.violation > 0 || first === second ? 0 : first > second ? -1 : 1
}
