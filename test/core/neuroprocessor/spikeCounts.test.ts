import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { spikeCountProblem, spikeCounts } from '../../../src-core/neuroprocessor/spikeCounts.ts'

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
      const found = spikeCounts({ code, neurons: counts.length, maxSpikes: max_spikes }, value, min, max)
      expect(found, `${kind} of ${value}`).toEqual(counts)
    }
  })

  it('is continuous between the parts of flip-flop', () => {
    const counts = (value: number) => spikeCounts({ code: 'flip-flop', neurons: 4, maxSpikes: 8 }, value, 0, 4)
    expect([counts(0), counts(2), counts(2.001), counts(4)]).toEqual([
      [8, 0, 0, 0],
      [0, 8, 0, 0],
      [0, 0, 8, 0],
      [0, 0, 0, 8],
    ])
  })

  it('has one neuron of bins spike at least once, and two neighbours of a triangle share', () => {
    expect(spikeCounts({ code: 'bins', neurons: 3, maxSpikes: 4 }, 1, 0, 3)).toEqual([0, 1, 0])
    expect(spikeCounts({ code: 'bins', neurons: 3, maxSpikes: 4 }, 9, 0, 3)).toEqual([0, 0, 4])
    expect(spikeCounts({ code: 'triangle', neurons: 3, maxSpikes: 4 }, 1, 0, 3)).toEqual([2, 2, 0])
    expect(spikeCounts({ code: 'triangle', neurons: 3, maxSpikes: 4 }, 0, 0, 3)).toEqual([4, 0, 0])
  })

  it('says what cannot be', () => {
    expect(spikeCountProblem({ code: 'flip-flop', neurons: 3, maxSpikes: 8 })).toContain('even number of neurons')
    expect(spikeCountProblem({ code: 'argyle', neurons: 1, maxSpikes: 8 })).toContain('at least 2 neurons')
    expect(spikeCountProblem({ code: 'bins', neurons: 3, maxSpikes: 0 })).toContain('at least 1 spike')
    expect(spikeCountProblem({ code: 'flip-flop', neurons: 4, maxSpikes: 8 })).toBeUndefined()
  })
})
