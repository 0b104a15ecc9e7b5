import { describe, expect, it } from 'vitest'
import type { ChartColours } from '../../../src-renderer/charts/colours.ts'
import { nonSpikingPlot, spikeCountPlot, trainSamplesOf } from '../../../src-renderer/inspect/stopped/silenceSeries.ts'
import { wordsOf } from '../../../src-core/study/studyWords.ts'
import { measurement, running, stopped } from '../../core/progress/fixtures.ts'

const colours = { palette: ['input', 'first', 'second'], text: 'none' } as unknown as ChartColours
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
const words = wordsOf('layered')
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
    const { x, y, lines, guides } = nonSpikingPlot(measured, [constraint], { row, trainSamples: 100, colours, words })
    expect(Array.from(lines?.[0]?.x ?? [])).toEqual([0, 0, 50, 100, 100, 100, 150])
    expect(Array.from(lines?.[0]?.y ?? [])).toEqual([NaN, 0, 1, 3, NaN, 0, 6])
    expect(lines?.[0]).toMatchObject({ name: 'excitatory', colour: 'first' })
    expect(guides).toEqual([
      { kind: 'line', axis: 'y', at: 5, text: 'β = 5\u00a0% of an epoch' },
      { kind: 'line', axis: 'x', at: 150, text: 'stopped' },
    ])
    expect([x.min, x.max]).toEqual([0, 200])
    expect(y.max).toBeCloseTo(6.48, 9)
  })

  it('is seen in the spikes of each sample, against alpha', () => {
    const { lines, guides } = spikeCountPlot(measured, constraint, { index: 0, trainSamples: 100, colours, words })
    expect(Array.from(lines?.[0]?.x ?? [])).toEqual([0, 1, 100])
    expect(Array.from(lines?.[0]?.y ?? [])).toEqual([9, 3, 1])
    expect(guides).toEqual([{ kind: 'line', axis: 'y', at: 5, text: 'α = 5\u00a0spikes' }])
  })

  it('is that of networks and generations, where these evolve', () => {
    const evolved = wordsOf('neuroprocessor')
    const { x, y, guides } = nonSpikingPlot(measured, [constraint], { row, trainSamples: 100, colours, words: evolved })
    expect([x.title, y.title]).toEqual(['Networks judged', 'Non-spiking networks'])
    expect(guides?.[0]).toMatchObject({ text: 'β = 5\u00a0% of a generation' })
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
