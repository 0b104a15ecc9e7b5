/**
 * Racing: the early end of a trial whose replicates say that it is hopeless.
 *
 * Notation: y the values of k replicates, of the objective or of a constraint; m their mean, s its standard error; t the 95 %
 * quantile of Student's distribution with k - 1 degrees of freedom; b the best feasible mean objective known when the trial began.
 *
 *   hopeless  when m + t s < b of the objective, or m - t s > 0 of a constraint,      k >= 3
 *
 * Both are one-sided bounds of the mean: where a bound is on the wrong side, the mean of all replicates is as good as sure to be
 * (Maron & Moore, Hoeffding races, NIPS 1993, with Student's bound in the place of Hoeffding's, as in Birattari et al.,
 * F-Race, GECCO 2002). The bound is looked at after each replicate, so that a trial that is no worse is ended by mistake more often
 * than once in 20; what is known of it then is its mean of k replicates with its standard error, which is what is stored.
 */
import { spreadOf } from '../statistics/spread.ts'
import { studentQuantile } from '../statistics/studentT.ts'
import type { ConstraintValue, RaceEnd } from '../trial/measurement.ts'
import type { FinishedTrial } from '../trial/trial.ts'

/** Fewer say nothing of their spread. */
export const fewestReplicates = 3
const confidence = 0.95
/** What a race says it was by, where it was no constraint. */
export const byObjective = 'objective'

interface Racer {
  readonly objective: number
  readonly constraints: readonly ConstraintValue[]
}

interface Race {
  /** Replicates that the trial is to have. */
  readonly planned: number
  /** The best feasible mean objective that is known; null: none is. */
  readonly incumbent: number | null
}

/** Why a trial ends after these replicates, in their order; null: it goes on, or has them all. */
export const raceEnd = (replicates: readonly Racer[], { planned, incumbent }: Race): RaceEnd | null => {
  const [first] = replicates
  if (first === undefined || replicates.length < fewestReplicates || replicates.length >= planned) return null
  const objective = boundsOf(replicates.map((one) => one.objective))
  if (incumbent !== null && objective.upper < incumbent) {
    return { planned, by: byObjective, bound: objective.upper, limit: incumbent }
  }
  for (const [place, { name }] of first.constraints.entries()) {
    const { lower } = boundsOf(replicates.map(({ constraints }) => constraints[place]?.value ?? NaN))
    if (lower > 0) return { planned, by: name, bound: lower, limit: 0 }
  }
  return null
}

const boundsOf = (values: readonly number[]): { readonly lower: number; readonly upper: number } => {
  const { mean, standardError } = spreadOf(values) ?? { mean: NaN, standardError: null }
  // As much beyond one side as two sides leave out together.
  const reach = studentQuantile(2 * confidence - 1, values.length - 1) * (standardError ?? NaN)
  return { lower: mean - reach, upper: mean + reach }
}

/** The best mean objective of the trials that keep every constraint, which a race is against; null: there is none. */
export const incumbentOf = (trials: Iterable<FinishedTrial>): number | null => {
  let best: number | null = null
  for (const trial of trials) {
    if (trial.state === 'failed') continue
    const { objective, constraints } = trial.measurement
    if (constraints.some(({ value }) => value > 0) || !Number.isFinite(objective)) continue
    if (best === null || objective > best) best = objective
  }
  return best
}
