import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type SpikeCountCode, spikeCounts } from '../../../src-core/neuroprocessor/spikeCounts.ts'

interface GoldenCase {
  readonly kind: string
  readonly min: number
  readonly max: number
  readonly value: number
  readonly max_spikes: number
  readonly counts: number[]
}

const golden = JSON.parse(readFileSync(new URL('../../golden/eons/encoders.json', import.meta.url), 'utf8')) as {
  cases: GoldenCase[]
}

describe('spikeCounts', () => {
  it('counts as the published encoders do', () => {
    expect(golden.cases.length).toBe(525)
    for (const { kind, min, max, value, max_spikes, counts } of golden.cases) {
      const code = kind.startsWith('flip') ? 'flip-flop' : 'argyle'
      const settings: SpikeCountCode = { code, neuronsPerInput: counts.length, maxSpikes: max_spikes }
      const found = spikeCounts(settings, value, { low: min, high: max })
      expect(found, `${kind} of ${value}`).toEqual(counts)
    }
  })

  const countsOf = (
    code: SpikeCountCode['code'],
    value: number,
    [neurons, maxSpikes, high]: [number, number, number],
  ) => spikeCounts({ code, neuronsPerInput: neurons, maxSpikes }, value, { low: 0, high })

  it('is continuous between the parts of flip-flop', () => {
    expect([0, 2, 2.001, 4].map((value) => countsOf('flip-flop', value, [4, 8, 4]))).toEqual([
      [8, 0, 0, 0],
      [0, 8, 0, 0],
      [0, 0, 8, 0],
      [0, 0, 0, 8],
    ])
  })

  it('has one neuron of bins spike at least once, and two neighbours of a triangle share', () => {
    expect(countsOf('bins', 1, [3, 4, 3])).toEqual([0, 1, 0])
    expect(countsOf('bins', 9, [3, 4, 3])).toEqual([0, 0, 4])
    expect(countsOf('triangle', 1, [3, 4, 3])).toEqual([2, 2, 0])
    expect(countsOf('triangle', 0, [3, 4, 3])).toEqual([4, 0, 0])
  })

  it('takes a value of a constant input for its lowest', () => {
    expect(countsOf('flip-flop', 0, [2, 8, 0])).toEqual([8, 0])
    expect(countsOf('argyle', 0, [3, 8, 0])).toEqual([8, 1, 0])
    expect(countsOf('bins', 0, [2, 8, 0])).toEqual([1, 0])
    expect(countsOf('triangle', 0, [2, 8, 0])).toEqual([8, 0])
  })
})
