import { describe, expect, it } from 'vitest'
import { type TrialProgress, trialProgressSchema } from '../../../src-core/contracts/worker.ts'
import { Pacer } from '../../../src-worker/training/pacer.ts'

describe('the pace of a trial', () => {
  it('is told in samples per second, from 0 wherever a count begins anew', async () => {
    let nowMs = 0
    const told: TrialProgress[] = []
    const pacer = new Pacer({
      nowMs: () => nowMs,
      signal: new AbortController().signal,
      report: (progress) => told.push(trialProgressSchema.parse(progress)),
    })
    const turn = async (atMs: number, phase: TrialProgress['phase'], samplesDone: number): Promise<void> => {
      nowMs = atMs
      await pacer.turn({
        phase,
        epoch: 0,
        epochs: 1,
        epochSamples: null,
        samplesDone,
        samplesPlanned: 60_000,
        lastInterval: null,
      })
    }
    await turn(0, 'loading', 0)
    await turn(100, 'loading', 5000)
    await turn(500, 'loading', 50_000)
    // The second part of a dataset.
    await turn(1000, 'loading', 400)
    await turn(1500, 'loading', 1400)
    await turn(1600, 'training', 0)
    expect(told.map(({ samplesDone, samplesPerSecond }) => [samplesDone, samplesPerSecond])).toEqual([
      [0, 0],
      [50_000, 100_000],
      [400, 0],
      [1400, 2000],
      [0, 0],
    ])
  })
})
