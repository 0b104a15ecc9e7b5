import { describe, expect, it } from 'vitest'
import type { Measurement, SilenceStop } from '../../../src-core/trial/measurement.ts'
import { transition, type TrialEvent } from '../../../src-core/trial/transition.ts'
import { type Trial, trialNumber } from '../../../src-core/trial/trial.ts'
import { deepFreeze } from '../../../src-core/values/deepReadonly.ts'

const waiting: Trial = Object.freeze({
  state: 'waiting',
  number: trialNumber(7),
  configuration: { mapSize: 20 },
  seed: 3,
  explanation: { kind: 'sobol' },
  attempt: 0,
  createdAtMs: 1,
})
const measurement: Measurement = {
  objective: 0.5,
  metrics: {},
  constraints: [],
  trainDurationMs: 1,
  testDurationMs: 1,
  samplesTrained: 1,
  samplesPlanned: 1,
  intervals: [],
  spikeCounts: [],
  confusion: [],
  networkFile: null,
  datasetSha256: '',
}
const stop: SilenceStop = {
  kind: 'silence',
  layer: 'excitatory',
  epoch: 0,
  sample: 1,
  nonSpiking: 1,
  trainSamples: 1,
  alpha: 5,
  beta: 0,
}
const progress = {
  phase: 'training',
  epoch: 0,
  epochs: 1,
  epochSamples: 10,
  samplesDone: 5,
  samplesPlanned: 10,
  samplesPerSecond: 1,
  lastInterval: null,
} as const
const failure = { reason: 'non-finite', message: 'NaN' } as const

const claimed = { kind: 'claimed', worker: 'one', atMs: 2 } as const
/** A trial that races, against what was known at each claim. */
const racing = (incumbent: number | null) => ({ ...claimed, incumbent })
const ended = { atMs: 9, durationMs: 7, toldOrder: 4 }
const finished = {
  complete: { kind: 'finished', outcome: { kind: 'complete', measurement }, ...ended },
  stopped: { kind: 'finished', outcome: { kind: 'stopped', measurement, stop }, ...ended },
  failed: { kind: 'finished', outcome: { kind: 'failed', failure }, ...ended },
} as const
const requeued = { kind: 'requeued' } as const
const progressed = { kind: 'progressed', progress, durationMs: 3 } as const
const workerDied = (attempts: number): TrialEvent => ({
  kind: 'workerDied',
  attempts,
  reason: 'worker-died',
  message: 'the worker died',
  details: 'signal 9',
  ...ended,
})
const after = (...events: readonly TrialEvent[]): Trial =>
  events.reduce((trial: Trial, event) => {
    const next = transition(trial, event)
    deepFreeze(next)
    return next
  }, waiting)

const { number, configuration, seed, explanation, createdAtMs } = waiting
const base = { number, configuration, seed, explanation, createdAtMs }
const running = { ...base, state: 'running', attempt: 1, worker: 'one', startedAtMs: 2, durationMs: 0, progress: null }
const end = { ...base, attempt: 1, worker: 'one', startedAtMs: 2, endedAtMs: 9, durationMs: 7, toldOrder: 4 }

describe('transition', () => {
  it('claims a waiting trial and begins an attempt', () => {
    expect(after(claimed)).toStrictEqual(running)
  })

  it('races against what was known when it first began, however often it begins anew', () => {
    expect(after(racing(0.8))).toStrictEqual({ ...running, incumbent: 0.8 })
    expect(after(racing(0.8), requeued, racing(0.9))).toStrictEqual({ ...running, incumbent: 0.8 })
    expect(after(racing(null), workerDied(3), racing(0.9))).toStrictEqual({ ...running, attempt: 2, incumbent: null })
    expect(after(racing(0.8), finished.complete)).toMatchObject({ state: 'complete', incumbent: 0.8 })
  })

  it('keeps the last progress of a running trial', () => {
    expect(after(claimed, progressed)).toStrictEqual({ ...running, progress, durationMs: 3 })
  })

  it('ends a running trial by its outcome, without its progress', () => {
    expect(after(claimed, progressed, finished.complete)).toStrictEqual({ ...end, state: 'complete', measurement })
    expect(after(claimed, finished.stopped)).toStrictEqual({ ...end, state: 'stopped', measurement, stop })
    expect(after(claimed, finished.failed)).toStrictEqual({ ...end, state: 'failed', failure })
  })

  it('ends a trial after its start, whatever the date is by then', () => {
    const setBack = after(claimed, { ...finished.failed, atMs: -7_200_000 })
    expect(setBack).toMatchObject({ startedAtMs: 2, endedAtMs: 9, durationMs: 7 })
    const setForward = after(claimed, { ...finished.failed, atMs: 3_600_000 })
    expect(setForward).toMatchObject({ startedAtMs: 2, endedAtMs: 3_600_000, durationMs: 7 })
  })

  it('puts a trial back as it was when the application stopped', () => {
    expect(after(claimed, progressed, requeued)).toStrictEqual(waiting)
    expect(after(claimed, requeued, claimed)).toStrictEqual(running)
  })

  it('counts the attempt when the worker died', () => {
    expect(after(claimed, progressed, workerDied(3))).toStrictEqual({ ...waiting, attempt: 1 })
    expect(after(claimed, workerDied(3), claimed, requeued)).toStrictEqual({ ...waiting, attempt: 1 })
  })

  it('fails a trial whose worker died in the last attempt', () => {
    const twice = after(claimed, workerDied(2), { ...claimed, worker: 'two', atMs: 5 }, workerDied(2))
    expect(twice).toStrictEqual({
      ...end,
      state: 'failed',
      attempt: 2,
      worker: 'two',
      startedAtMs: 5,
      endedAtMs: 12,
      failure: { reason: 'worker-died', message: 'the worker died', details: 'signal 9' },
    })
    const silent = after(claimed, {
      kind: 'workerDied',
      attempts: 1,
      reason: 'not-responding',
      message: 'gone',
      ...ended,
    })
    expect(silent).toStrictEqual({ ...end, state: 'failed', failure: { reason: 'not-responding', message: 'gone' } })
  })

  const states: Readonly<Record<Trial['state'], Trial>> = {
    waiting,
    running: after(claimed),
    complete: after(claimed, finished.complete),
    stopped: after(claimed, finished.stopped),
    failed: after(claimed, finished.failed),
  }
  const events: readonly TrialEvent[] = [claimed, progressed, finished.complete, requeued, workerDied(3)]
  const legal = (state: Trial['state'], kind: TrialEvent['kind']): boolean =>
    state === 'running' ? kind !== 'claimed' : state === 'waiting' && kind === 'claimed'
  const illegal = Object.entries(states).flatMap(([state, trial]) =>
    events
      .filter(({ kind }) => !legal(state as Trial['state'], kind))
      .map((event) => [state, event.kind, trial, event] as const),
  )
  it.each(illegal)('refuses a %s trial that is %s', (state, kind, trial, event) => {
    expect(() => transition(trial, event)).toThrow(`trial 7 is ${state} and cannot be ${kind}`)
  })
  it('tries every illegal move', () => {
    expect(illegal).toHaveLength(5 * 5 - 5)
  })
})
