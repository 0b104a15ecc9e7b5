import { describe, expect, it } from 'vitest'
import { silenceReport } from '../../../src-core/progress/silenceReport.ts'
import { complete, row, running, stopped } from './fixtures.ts'

describe('silenceReport', () => {
  it('says nothing was finished of an empty study', () => {
    const report = silenceReport([row(0), running(1, 0, 0.5)])
    expect(report).toMatchObject({
      finished: 0,
      stopped: 0,
      stoppedShare: 0,
      computeMs: 0,
      timeSavedShare: 0,
      layers: [],
    })
    expect(report.stoppedTrials).toEqual({
      trials: 0,
      bestObjective: null,
      medianObjective: null,
      medianDurationMs: null,
    })
  })

  it('reports number, layers, compute and accuracy of the stopped trials', () => {
    const inhibitory = {
      kind: 'silence',
      layer: 'inhibitory',
      epoch: 0,
      sample: 50,
      nonSpiking: 60,
      trainSamples: 1000,
      alpha: 1,
      beta: 0.05,
    } as const
    const failure = { reason: 'non-finite', message: 'x' } as const
    const report = silenceReport([
      stopped(0, 0.2),
      stopped(1, 0.6),
      stopped(2, 0.1, { stop: inhibitory }),
      complete(3, 0.8),
      row(4, { state: 'failed', startedAtMs: 0, endedAtMs: 200, durationMs: 200, failure }),
    ])
    expect(report).toEqual({
      finished: 5,
      stopped: 3,
      stoppedShare: 3 / 5,
      layers: [
        { layer: 'excitatory', trials: 2 },
        { layer: 'inhibitory', trials: 1 },
      ],
      computeMs: 1500,
      stoppedComputeMs: 300,
      stoppedComputeShare: 0.2,
      timeSavedMs: 2700,
      timeSavedShare: 2700 / 4200,
      stoppedTrials: { trials: 3, bestObjective: 0.6, medianObjective: 0.2, medianDurationMs: 100 },
      completeTrials: { trials: 1, bestObjective: 0.8, medianObjective: 0.8, medianDurationMs: 1000 },
    })
  })
})
