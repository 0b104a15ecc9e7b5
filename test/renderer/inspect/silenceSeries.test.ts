import { describe, expect, it } from 'vitest'
import { rangeOfLines } from '../../../src-renderer/inspect/parts/lineChart.ts'
import {
  nonSpikingChart,
  spikeCountChart,
  trainSamplesOf,
} from '../../../src-renderer/inspect/stopped/silenceSeries.ts'
import { measurement, running, stopped } from '../../core/progress/fixtures.ts'

const constraint = { name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 }
const intervals = [
  { epoch: 0, sample: 50, trainAccuracy: null, nonSpiking: [1] },
  { epoch: 0, sample: 100, trainAccuracy: 0.2, nonSpiking: [3] },
  { epoch: 1, sample: 50, trainAccuracy: 0.4, nonSpiking: [6] },
]
const stop = {
  kind: 'silence' as const,
  layer: 'excitatory' as const,
  epoch: 1,
  sample: 50,
  nonSpiking: 6,
  trainSamples: 100,
  alpha: 5,
  beta: 0.05,
}
const row = stopped(3, 0.5, { stop })
const measured = {
  ...measurement({ intervals }),
  dataset: null,
  spikeCounts: [
    { layer: 'excitatory' as const, epoch: 0, counts: Uint16Array.of(9, 3) },
    { layer: 'excitatory' as const, epoch: 1, counts: Uint16Array.of(1) },
  ],
}

describe('the silence of a trial', () => {
  it('is counted afresh in every epoch, up to where it was stopped', () => {
    const chart = nonSpikingChart(measured, [constraint], row, 100)
    expect(chart.lines[0]?.points).toEqual([
      { x: 0, y: null },
      { x: 0, y: 0 },
      { x: 50, y: 1 },
      { x: 100, y: 3 },
      { x: 100, y: null },
      { x: 100, y: 0 },
      { x: 150, y: 6 },
    ])
    expect(chart.thresholds.map(({ y }) => y)).toEqual([5])
    expect(chart.marks.map(({ x }) => x)).toEqual([150])
    expect(chart.x).toEqual({ from: 0, to: 200 })
    expect(rangeOfLines(chart).to).toBeCloseTo(6.48, 9)
  })

  it('is seen in the spikes of each sample, against alpha', () => {
    const chart = spikeCountChart(measured, constraint, 0, 100)
    expect(chart.lines[0]?.points).toEqual([
      { x: 0, y: 9 },
      { x: 1, y: 3 },
      { x: 100, y: 1 },
    ])
    expect(chart.thresholds).toEqual([{ y: 5, text: 'α = 5\u00a0spikes' }])
  })

  it('knows the samples of an epoch of this trial from its stop, its progress, or what was planned', () => {
    const record = { row, hyperparameters: { epochs: 2 }, measured: { ...measured, samplesPlanned: 80 }, events: [] }
    expect(trainSamplesOf(record)).toBe(100)
    const unstopped = { ...record, row: { ...row, stop: null } }
    expect(trainSamplesOf(unstopped)).toBe(40)
    expect(trainSamplesOf({ ...unstopped, row: running(3, 0, 0.5) })).toBe(1000)
    expect(trainSamplesOf({ ...unstopped, measured: null })).toBeNull()
    expect(trainSamplesOf({ ...unstopped, hyperparameters: {} })).toBeNull()
  })
})
