import type { StudyDefinition } from '../study/definition.ts'
import type { StudyState, TrialRow } from './readModel.ts'

interface TimeLeftInput {
  readonly state: StudyState
  readonly budget: StudyDefinition['budget']
  readonly running: readonly TrialRow[]
  readonly finishedTrials: number
  /** Sum of the durations of the finished trials, of those whose duration is known. */
  readonly finishedDurationMs: number
  readonly timedTrials: number
  readonly workers: number
  readonly elapsedMs: number
}

/** Below this share of its samples a running trial says too little about its own speed. */
const leastShare = 0.05

/**
 * Estimated time to the end of the study, the smaller of what its two budgets leave; null when it does not run, or
 * nothing is known, such as how long the last test takes, which would else be no time at all. The trials that are still to come take as long as the finished ones did on average, running
 * ones as long as their own speed says, and the workers share the work evenly.
 */
export const estimateTimeLeftMs = (input: TimeLeftInput): number | null => {
  const left = estimated(input)
  return left === 0 && input.running.length > 0 ? null : left
}

const estimated = (input: TimeLeftInput): number | null => {
  const { state, budget, running, workers } = input
  if ((state.kind !== 'running' && state.kind !== 'draining') || workers === 0) return null
  const meanMs = meanDurationMs(input)
  const runningLeft = running.map((row) => runningLeftMs(row, meanMs))
  if (runningLeft.some((left) => left === null)) return wallTimeLeftMs(input)
  const left = runningLeft.map((value) => value ?? 0)
  const longest = Math.max(0, ...left)
  if (state.kind === 'draining') return longest
  const estimates: number[] = []
  if (budget.trials !== undefined) {
    const toCome = Math.max(0, budget.trials - input.finishedTrials - running.length)
    if (toCome === 0) estimates.push(longest)
    else if (meanMs !== null) {
      const work = toCome * meanMs + left.reduce((sum, value) => sum + value, 0)
      estimates.push(Math.max(longest, work / workers))
    }
  }
  const wall = wallTimeLeftMs(input)
  // Trials that run when the time is up still end.
  if (wall !== null) estimates.push(Math.max(wall, wall === 0 ? longest : 0))
  return estimates.length === 0 ? null : Math.min(...estimates)
}

const wallTimeLeftMs = ({ budget, elapsedMs, state }: TimeLeftInput): number | null => {
  if (budget.wallTimeMinutes === undefined || state.kind === 'draining') return null
  return Math.max(0, budget.wallTimeMinutes * 60_000 - elapsedMs)
}

const meanDurationMs = ({ timedTrials, finishedDurationMs, running }: TimeLeftInput): number | null => {
  if (timedTrials > 0) return finishedDurationMs / timedTrials
  const projected = running.flatMap((row) => {
    const share = shareDone(row)
    return share < leastShare || row.durationMs === null ? [] : [row.durationMs / share]
  })
  return projected.length === 0 ? null : projected.reduce((sum, value) => sum + value, 0) / projected.length
}

const runningLeftMs = (row: TrialRow, meanMs: number | null): number | null => {
  const spentMs = row.durationMs ?? 0
  const share = shareDone(row)
  if (share === 1) return Math.max(0, (meanMs ?? 0) - spentMs)
  if (share >= leastShare) return (spentMs * (1 - share)) / share
  return meanMs === null ? null : Math.max(0, meanMs - spentMs)
}

/** Share of its training samples that a running trial has been shown; 1 from the last test on. */
const shareDone = ({ progress }: TrialRow): number => {
  if (progress === null || progress.phase === 'waiting' || progress.phase === 'loading') return 0
  const { replicate } = progress
  if (progress.phase === 'testing') return replicate === undefined ? 1 : replicate.number / replicate.of
  return progress.samplesPlanned === 0 ? 0 : Math.min(1, progress.samplesDone / progress.samplesPlanned)
}
