import { describe, expect, it } from 'vitest'
import { slimFinished, slimPending } from '../../../src-core/optimiser/slimTrial.ts'
import type { FinishedTrial, RunningTrial } from '../../../src-core/trial/trial.ts'
import { finishedTrial, waitingTrial } from './contract.ts'

const configuration = { mapSize: 20, decoder: 'all' }

const stoppedTrial = (): FinishedTrial => {
  const complete = finishedTrial(4, configuration, 1)
  if (complete.state !== 'complete') throw new Error('trial 4 is complete')
  const stop = {
    kind: 'silence' as const,
    layer: 'excitatory' as const,
    epoch: 0,
    sample: 100,
    nonSpiking: 40,
    trainSamples: 1000,
    alpha: 5,
    beta: 0.05,
  }
  const measurement = {
    ...complete.measurement,
    intervals: [{ epoch: 0, sample: 100, trainAccuracy: null, nonSpiking: [40] }],
    spikeCounts: [{ layer: 'excitatory' as const, epoch: 0, samples: 100, deflated: new Uint8Array(1000) }],
    confusion: [[1, 2]],
  }
  return { ...complete, state: 'stopped', stop, measurement }
}

const running: RunningTrial = {
  ...waitingTrial(7, configuration),
  explanation: { centre: [0.25, null] },
  state: 'running',
  worker: 'cpu-0',
  startedAtMs: 5,
  durationMs: 0,
  progress: null,
}

describe('a trial for an optimiser', () => {
  it('has lost its records, and nothing that an optimiser reads', () => {
    const trial = stoppedTrial()
    const slim = slimFinished(trial)
    expect(slim).toMatchObject({
      number: 4,
      state: 'stopped',
      configuration,
      toldOrder: 1,
      measurement: { objective: 0.4, constraints: [{ name: 'silence:excitatory' }] },
    })
    expect(JSON.stringify(slim).length).toBeLessThan(JSON.stringify(trial).length / 5)
  })

  it('keeps why it failed, without the stack', () => {
    const failed = finishedTrial(3, configuration, 0)
    if (failed.state !== 'failed') throw new Error('trial 3 has failed')
    const slim = slimFinished({ ...failed, failure: { ...failed.failure, details: 'at line 1'.repeat(100) } })
    expect(slim).toEqual(failed)
  })

  it('is waiting, whether it runs or not, with its explanation', () => {
    expect(slimPending(running)).toEqual({ ...waitingTrial(7, configuration), explanation: running.explanation })
  })
})
