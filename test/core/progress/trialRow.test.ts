import { describe, expect, it } from 'vitest'
import { trialRowSchema } from '../../../src-core/progress/readModel.ts'
import { toTrialRow, totalViolation } from '../../../src-core/progress/trialRow.ts'
import { type Trial, trialNumber } from '../../../src-core/trial/trial.ts'
import { measurement } from './fixtures.ts'

const asked = {
  number: trialNumber(4),
  configuration: { mapSize: 20 },
  seed: 9,
  explanation: {},
  attempt: 1,
  createdAtMs: 5,
}
const ended = { worker: 'worker 1', startedAtMs: 10, endedAtMs: 1210, durationMs: 1200, toldOrder: 0 }
const stop = {
  kind: 'silence',
  layer: 'excitatory',
  epoch: 1,
  sample: 250,
  nonSpiking: 60,
  trainSamples: 1000,
  alpha: 5,
  beta: 0.05,
} as const

describe('totalViolation', () => {
  it('adds up positive parts only, so that a slack constraint cannot pay for a violated one', () => {
    expect(totalViolation([])).toBe(0)
    expect(
      totalViolation([
        { name: 'silence:excitatory', value: 0.25 },
        { name: 'silence:inhibitory', value: -0.5 },
      ]),
    ).toBe(0.25)
  })
})

describe('toTrialRow', () => {
  const trials: Trial[] = [
    { ...asked, state: 'waiting' },
    { ...asked, state: 'running', worker: 'worker 1', startedAtMs: 10, durationMs: 0, progress: null },
    { ...asked, ...ended, state: 'complete', measurement: measurement() },
    {
      ...asked,
      ...ended,
      state: 'stopped',
      stop,
      measurement: measurement({
        samplesTrained: 250,
        constraints: [{ name: 'silence:excitatory', value: 0.01 }],
        networkFile: 'trial-4.safetensors',
      }),
    },
    { ...asked, ...ended, state: 'failed', failure: { reason: 'out-of-memory', message: 'needs 9 GiB' } },
  ]

  it.each(trials)('makes a valid row of a $state trial', (trial) => {
    const row = toTrialRow(trial)
    expect(trialRowSchema.parse(row)).toEqual(row)
    expect(row).toMatchObject({ number: 4, state: trial.state, seed: 9, attempt: 1, configuration: { mapSize: 20 } })
  })

  it('estimates the time saved from the speed of the samples shown: 250 of 1000 in 1 s leave 3 s', () => {
    expect(trials.map((trial) => toTrialRow(trial).timeSavedMs)).toEqual([0, 0, 0, 3000, 0])
  })

  it('is complete and infeasible of one that was stored as stopped at its very last sample: nothing was stopped early', () => {
    const late = measurement({ constraints: [{ name: 'silence:excitatory', value: 0.01 }] })
    expect(toTrialRow({ ...asked, ...ended, state: 'stopped', stop, measurement: late })).toMatchObject({
      state: 'complete',
      violation: 0.01,
      stop: null,
      timeSavedMs: 0,
    })
  })

  it('keeps the measured values, and leaves those of other states empty', () => {
    expect(trials.map((trial) => toTrialRow(trial).violation)).toEqual([null, null, 0, 0.01, null])
    expect(trials.map((trial) => toTrialRow(trial).endedAtMs)).toEqual([null, null, 1210, 1210, 1210])
    expect(trials.map((trial) => toTrialRow(trial).stop)).toEqual([null, null, null, stop, null])
    expect(trials.map((trial) => toTrialRow(trial).failure?.reason)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'out-of-memory',
    ])
  })
})
