import type { Seed } from '../../src-core/random/seed.ts'
import { optimiserNamed } from './optimisers.ts'
import { isFeasible } from './problem.ts'
import type { Problem } from './problem.ts'
import { simulate } from './simulation.ts'
import type { Simulation } from './simulation.ts'

/** What a run came to, one entry for each evaluation in the order of telling. */
export interface RunRecord {
  readonly seed: Seed
  /** Best feasible objective so far; null while there is none. */
  readonly best: readonly (number | null)[]
  readonly feasible: readonly boolean[]
}

/** One study of a problem with the problem's own budget, batch and size of the initial design. */
export function runProblem(problem: Problem, optimiserName: string, seed: Seed): RunRecord {
  const { space, constraintNames, initial, trials, batch } = problem
  const simulation = simulate({
    optimiser: optimiserNamed(optimiserName)(space, constraintNames, { initial }, seed),
    evaluate: (configuration, number) => ({
      evaluation: problem.evaluate(configuration, number, seed),
      durationMs: 1,
    }),
    trials,
    workers: batch,
    schedule: 'synchronous',
    latencyMs: 0,
    askAhead: false,
    nowMs: () => 0,
  })
  return recordOf(simulation, seed)
}

export function recordOf({ told }: Pick<Simulation, 'told'>, seed: Seed): RunRecord {
  const feasible = told.map(({ evaluation }) => isFeasible(evaluation))
  let best: number | null = null
  return {
    seed,
    feasible,
    best: told.map(({ evaluation }) => {
      if (isFeasible(evaluation) && evaluation.kind === 'measured') {
        best = Math.max(best ?? -Infinity, evaluation.objective)
      }
      return best
    }),
  }
}
