import type { FinishedTrial, WaitingTrial } from '../../src-core/trial/trial.ts'
import type { Evaluation } from './problem.ts'

export interface TrialTimes {
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly toldOrder: number
}

/** The finished trial that an optimiser is told of an evaluation. */
export const finishedTrial = (waiting: WaitingTrial, evaluation: Evaluation, times: TrialTimes): FinishedTrial => {
  const durationMs = times.endedAtMs - times.startedAtMs
  const ended = { ...waiting, ...times, durationMs, worker: 'simulated', attempt: 1 }
  if (evaluation.kind === 'failed') {
    return { ...ended, state: 'failed', failure: { reason: 'non-finite', message: 'a failing evaluation' } }
  }
  return {
    ...ended,
    state: 'complete',
    measurement: {
      objective: evaluation.objective,
      metrics: {},
      constraints: [...evaluation.constraints],
      trainDurationMs: durationMs,
      testDurationMs: 0,
      samplesTrained: 0,
      samplesPlanned: 0,
      intervals: [],
      spikeCounts: [],
      confusion: [],
      networkFile: null,
      datasetSha256: '',
    },
  }
}
