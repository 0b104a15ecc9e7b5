import type { CurvePoint } from './plot.ts'
import type { RunRecord } from './run.ts'
import { quartiles } from './statistics.ts'

/** Best feasible value of each run after `trials` evaluations; `infeasible` where there is none. */
export const bestAfter = (runs: readonly Pick<RunRecord, 'best'>[], trials: number, infeasible: number): number[] =>
  runs.map(({ best }) => best[Math.min(trials, best.length) - 1] ?? infeasible)

/** Quartiles over the runs after 1, 2, ... evaluations; a run without a feasible point counts as the worst. */
export const curveOf = (runs: readonly RunRecord[], direction: 'minimised' | 'maximised'): CurvePoint[] => {
  const length = Math.max(0, ...runs.map(({ best }) => best.length))
  return Array.from({ length }, (_, index) => {
    const objectives = bestAfter(runs, index + 1, -Infinity)
    const values = direction === 'minimised' ? objectives.map((value) => -value) : objectives
    return { x: index + 1, ...quartiles(values) }
  })
}

/** Share of feasible points among the evaluations from the `first` to before the `end`, over all runs. */
export const feasibleShare = (runs: readonly RunRecord[], first = 0, end = Infinity): number => {
  const all = runs.flatMap(({ feasible }) => feasible.slice(first, end))
  return all.length === 0 ? NaN : all.filter(Boolean).length / all.length
}
