/** The jobs that threads perform. */
import type { Seed } from '../../src-core/random/seed.ts'
import { problems } from './problems.ts'
import { runProblem } from './run.ts'
import type { RunRecord } from './run.ts'

export interface Job {
  readonly kind: 'problem'
  readonly problem: string
  readonly optimiser: string
  readonly seed: Seed
}

export function performJob(job: Job): RunRecord {
  const problem = problems.find(({ name }) => name === job.problem)
  if (problem === undefined) throw new Error(`no problem ${job.problem}`)
  return runProblem(problem, job.optimiser, job.seed)
}
