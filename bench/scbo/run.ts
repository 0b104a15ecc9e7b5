import type { Seed } from '../../src-core/random/seed.ts'
import { type Landscape, landscapeConstraints } from './landscape.ts'
import { optimiserNamed } from './optimisers.ts'
import { isFeasible, type Problem } from './problem.ts'
import { simulate, type Simulation, type SimulationOptions } from './simulation.ts'

/** What a run came to, one entry for each evaluation in the order of telling. */
export interface RunRecord {
  readonly seed: Seed
  /** Best feasible objective so far; null while there is none. */
  readonly best: readonly (number | null)[]
  readonly feasible: readonly boolean[]
  /** On the virtual clock. */
  readonly endedAtMs: readonly number[]
  readonly idleShare: number
  /** What each ask really took; the only entry that differs from run to run. */
  readonly askMs: readonly number[]
}

/** One study of a problem with the problem's own budget, batch and size of the initial design. */
export const runProblem = (problem: Problem, optimiserName: string, seed: Seed): RunRecord => {
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
    nowMs: () => performance.now(),
  })
  return recordOf(simulation, seed)
}

export interface LandscapeRun {
  readonly optimiser: string
  readonly seed: Seed
  readonly trials: number
  readonly workers: number
  readonly initial: number
  readonly schedule: SimulationOptions<unknown>['schedule']
  /** null: what the asks really take. */
  readonly latencyMs: number | null
  readonly askAhead: boolean
  /** So many times quicker than the logged evaluations, which ran at some 7 images a second. */
  readonly speedup: number
}

/** One study of a landscape, with the durations of its evaluations on the virtual clock. */
export const runLandscape = ({ space, evaluate }: Landscape, run: LandscapeRun): RunRecord => {
  const { optimiser, seed, trials, workers, initial, schedule, latencyMs, askAhead, speedup } = run
  const simulation = simulate({
    optimiser: optimiserNamed(optimiser)(space, landscapeConstraints, { initial }, seed),
    evaluate: (configuration) => {
      const { evaluation, durationMs } = evaluate(configuration)
      return { evaluation, durationMs: durationMs / speedup }
    },
    trials,
    workers,
    schedule,
    latencyMs,
    askAhead,
    nowMs: () => performance.now(),
  })
  return recordOf(simulation, seed)
}

export const recordOf = ({ told, idleShare, askMs }: Simulation, seed: Seed): RunRecord => {
  const feasible = told.map(({ evaluation }) => isFeasible(evaluation))
  let best: number | null = null
  return {
    seed,
    feasible,
    endedAtMs: told.map(({ endedAtMs }) => endedAtMs),
    idleShare,
    askMs,
    best: told.map(({ evaluation }) => {
      if (isFeasible(evaluation) && evaluation.kind === 'measured') {
        best = Math.max(best ?? -Infinity, evaluation.objective)
      }
      return best
    }),
  }
}
