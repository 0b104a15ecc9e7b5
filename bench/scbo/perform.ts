/** The jobs that threads perform. */
import type { Seed } from '../../src-core/random/seed.ts'
import { readEvaluationLog } from './evaluationLog.ts'
import { createLandscape, type Landscape } from './landscape.ts'
import { problems } from './problems.ts'
import { type CaseReport, type CasesJob, checkCases } from './robustness.ts'
import { type LandscapeRun, runLandscape, runProblem, type RunRecord } from './run.ts'

export type RunJob =
  | { readonly kind: 'problem'; readonly problem: string; readonly optimiser: string; readonly seed: Seed }
  | { readonly kind: 'landscape'; readonly run: LandscapeRun }

export type Job = RunJob | CasesJob

/** Fitted once in each thread. */
let fitted: Landscape | null = null

export const performJob = (job: Job): RunRecord | CaseReport => {
  if (job.kind === 'cases') return checkCases(job)
  if (job.kind === 'landscape') return runLandscape(theLandscape(), job.run)
  const problem = problems.find(({ name }) => name === job.problem)
  if (problem === undefined) throw new Error(`no problem ${job.problem}`)
  return runProblem(problem, job.optimiser, job.seed)
}

const theLandscape = (): Landscape => {
  const log = fitted === null ? readEvaluationLog() : []
  if (log === null) throw new Error('the published evaluations are not there')
  fitted ??= createLandscape(log)
  return fitted
}
