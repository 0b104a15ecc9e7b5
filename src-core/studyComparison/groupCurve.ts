/** Studies that differ in their seeds alone, taken together: medians and quartiles over them. */
import { quantile } from '../statistics/quantile.ts'
import type { CostName } from './costs.ts'
import { bestAt, costToReach, finalBest, type StudyCurve } from './studyCurve.ts'

/** Median and quartiles, by linear interpolation between order statistics. */
export interface Quartiles {
  readonly lower: number
  readonly median: number
  readonly upper: number
}

/** Of at least one value; infinite ones count as what they are. */
export const quartilesOf = (values: readonly number[]): Quartiles => {
  const sorted = Float64Array.from(values).sort()
  return { lower: quantile(sorted, 0.25), median: quantile(sorted, 0.5), upper: quantile(sorted, 0.75) }
}

interface GroupCurve {
  /** Costs at which something changes, rising, and the end. */
  readonly x: Float64Array
  /** Quartiles of the best feasible objective from there on; -Infinity where too many studies had nothing feasible. */
  readonly lower: Float64Array
  readonly median: Float64Array
  readonly upper: Float64Array
  /** The cost that every study has come to. */
  readonly end: number
}

/**
 * Quartiles over studies of the best feasible value against a cost, as steps. They end where the study ends that has cost least: beyond
 * it they would be of fewer studies, and would jump for that reason alone. A study without a feasible trial is worse than any other.
 * @param curves at least one
 */
export const groupCurve = (curves: readonly StudyCurve[], cost: CostName): GroupCurve => {
  const end = Math.min(...curves.map(({ total }) => total[cost]))
  const places = curves.flatMap(({ steps }) => [...steps[cost]]).filter((at) => at <= end)
  const x = Float64Array.from(new Set([...places, end])).sort()
  const [lower, median, upper] = [new Float64Array(x.length), new Float64Array(x.length), new Float64Array(x.length)]
  for (const [index, at] of x.entries()) {
    const quartiles = quartilesOf(curves.map((curve) => bestAt(curve, cost, at)))
    lower[index] = quartiles.lower
    median[index] = quartiles.median
    upper[index] = quartiles.upper
  }
  return { x, lower, median, upper, end }
}

/** Quartiles of the final best feasible objectives. */
export const finalQuartiles = (curves: readonly StudyCurve[]): Quartiles => quartilesOf(curves.map(finalBest))

interface TargetReport {
  /** Studies that came to the target, of how many. */
  readonly reached: number
  readonly of: number
  /** Quartiles of what it cost; Infinity where too many never came to it: such a study counts as later than any other. */
  readonly costs: Quartiles
}

export const targetReport = (curves: readonly StudyCurve[], cost: CostName, target: number): TargetReport => {
  const costs = curves.map((curve) => costToReach(curve, cost, target))
  return {
    reached: costs.filter((value) => value !== null).length,
    of: curves.length,
    costs: quartilesOf(costs.map((value) => value ?? Infinity)),
  }
}

/**
 * The target where nobody names one: the best value that at least half of the studies of each group came to. Groups of which no half
 * has found anything feasible have no say.
 * @returns an objective as it is stored; null: nothing is feasible
 */
export const usualTarget = (groups: readonly (readonly StudyCurve[])[]): number | null => {
  const medians = groups.flatMap((curves) => {
    const finals = Float64Array.from(curves.map(finalBest)).sort()
    const median = finals[Math.floor(finals.length / 2)] ?? -Infinity
    return Number.isFinite(median) ? [median] : []
  })
  return medians.length === 0 ? null : Math.min(...medians)
}
