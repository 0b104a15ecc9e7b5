import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckpointPlace } from '../../../src-core/checkpoint/checkpointHead.ts'
import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import type { Measurement, Outcome } from '../../../src-core/trial/measurement.ts'
import { evaluateTrial, type EvaluationEnvironment } from '../../../src-worker/training/evaluateTrial.ts'
import { Paused } from '../../../src-worker/training/failure.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { environmentOf, reproducible } from '../training/trialRequests.ts'

/** What one process does of a trial until it is paused or has an outcome. */
interface Leg {
  /** Null: it was paused. */
  readonly outcome: Outcome | null
  /** Where it went on from; null: it began. */
  readonly from: CheckpointPlace | null
  /** Of the epochs that had ended there. */
  readonly accuracies: readonly (number | null)[] | null
  /** What it was told of checkpoints, in its order. */
  readonly news: readonly string[]
  /** At the clock, since it trains. */
  readonly looks: number
}

/** Evaluates a trial in an environment of its own, and pauses it when the clock was looked at so often since it trains. */
export const evaluateLeg = async (
  request: EvaluationRequest,
  pauseAtLook: number,
  changes: Partial<EvaluationEnvironment> = {},
): Promise<Leg> => {
  const pause = new AbortController()
  const news: string[] = []
  let from: CheckpointPlace | null = null
  let accuracies: readonly (number | null)[] | null = null
  let looks = 0
  let trains = false
  const nowMs = (): number => {
    if (trains && ++looks === pauseAtLook) pause.abort()
    return looks
  }
  const environment = environmentOf({
    nowMs,
    pause: pause.signal,
    report: ({ phase }) => (trains ||= phase === 'training'),
    checkpointNews: {
      resumed: (place, curve) => {
        from = place
        accuracies = curve
      },
      beginsAnew: (problem) => news.push(problem),
      written: () => news.push('written'),
      failed: (problem) => news.push(problem),
    },
    ...changes,
  })
  try {
    const outcome = await evaluateTrial(request, environment)
    return { outcome, from, accuracies, news, looks }
  } catch (error) {
    if (error instanceof Paused) return { outcome: null, from, accuracies, news, looks }
    throw error
  }
}

const timeless = (measurement: Measurement): Measurement => ({
  ...reproducible(measurement),
  // A process that read them from a file has them in other arrays.
  spikeCounts: measurement.spikeCounts.map((counts) => ({ ...counts, deflated: Uint8Array.from(counts.deflated) })),
  ...(measurement.replicates && {
    replicates: measurement.replicates.map((one) => ({ ...one, trainDurationMs: 0, testDurationMs: 0 })),
  }),
})

/** All of an outcome but how long it took, and the trained network to its last byte. */
interface Result {
  readonly outcome: Outcome
  readonly network: string | null
}

const resultOf = (outcome: Outcome, networkPath: string): Result => {
  if (outcome.kind === 'failed') return { outcome, network: null }
  const network = readFileSync(networkPath).toString('base64')
  return { outcome: { ...outcome, measurement: timeless(outcome.measurement) }, network }
}

/** The result of a trial that nothing interrupts, and how often it looks at the clock since it trains. */
export const undisturbed = async (
  request: EvaluationRequest,
  changes: Partial<EvaluationEnvironment> = {},
): Promise<{ readonly result: Result; readonly looks: number }> => {
  const networkPath = join(temporaryFolder(), 'network.safetensors')
  const { outcome, looks } = await evaluateLeg({ ...request, networkPath }, Infinity, changes)
  if (outcome === null) throw new Error('nobody paused it')
  return { result: resultOf(outcome, networkPath), looks }
}

/** The result of a trial that is paused whenever the clock was looked at so often, each time in a process that knows nothing. */
export const interrupted = async (
  request: EvaluationRequest,
  pauses: readonly number[],
  changes: Partial<EvaluationEnvironment> = {},
): Promise<{
  readonly result: Result
  readonly resumed: readonly number[]
  readonly accuracies: readonly (readonly (number | null)[])[]
}> => {
  const folder = temporaryFolder()
  const networkPath = join(folder, 'network.safetensors')
  const checkpoint = { path: join(folder, 'checkpoints', 'trial.checkpoint'), everyMs: 1e9 }
  const resumed: number[] = []
  const accuracies: (readonly (number | null)[])[] = []
  for (const pauseAtLook of [...pauses, Infinity]) {
    const leg = await evaluateLeg({ ...request, networkPath, checkpoint }, pauseAtLook, changes)
    if (leg.from !== null) resumed.push(leg.from.samplesDone)
    if (leg.accuracies !== null) accuracies.push(leg.accuracies)
    if (leg.outcome !== null) return { result: resultOf(leg.outcome, networkPath), resumed, accuracies }
  }
  throw new Error('the last leg has no end')
}
