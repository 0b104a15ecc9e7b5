/** Exact traces of the encodings of values. */
import { describe, expect, it } from 'vitest'
import { encodeDelta } from '../../../src-core/encoding/encodeDelta.ts'
import { encodeDirectCurrent } from '../../../src-core/encoding/encodeDirectCurrent.ts'
import { encodeLatency } from '../../../src-core/encoding/encodeLatency.ts'
import { encodeRankOrder } from '../../../src-core/encoding/encodeRankOrder.ts'
import type { InputEvents } from '../../../src-core/encoding/inputEvents.ts'
import { populationCode } from '../../../src-core/encoding/populationCode.ts'

const values = (...numbers: readonly number[]): Float32Array => Float32Array.from(numbers)
const pairs = ({ steps, inputs }: InputEvents): number[][] => [...steps].map((step, at) => [step, inputs[at] ?? -1])

describe('latency', () => {
  it('linear: the strongest first, the weakest last, none up to the threshold', () => {
    const settings = { curve: 'linear', threshold: 0.1, tauMs: 20, steps: 11, dtMs: 1 } as const
    expect(pairs(encodeLatency(values(0.5, 1, 0, 0.1, 0.11), settings))).toEqual([
      [0, 1],
      [5, 0],
      [9, 4],
    ])
  })

  it('logarithmic: when a leaky integrator reaches the threshold', () => {
    // 10 ln(1 / 0.5) / 2 = 3.47 steps; 10 ln(0.75 / 0.25) / 2 = 5.49; 10 ln(0.51 / 0.01) / 2 = 19.7, too late.
    const settings = { curve: 'logarithmic', threshold: 0.5, tauMs: 10, steps: 10, dtMs: 2 } as const
    expect(pairs(encodeLatency(values(0.75, 1, 0.51), settings))).toEqual([
      [3, 1],
      [5, 0],
    ])
  })
})

describe('rank order', () => {
  it('spreads the ranks over the steps; equal ones spike together', () => {
    expect(pairs(encodeRankOrder(values(0.2, 0.9, 0.2, 0), { share: 1, steps: 8 }))).toEqual([
      [0, 1],
      [2, 0],
      [2, 2],
    ])
  })

  it('takes a share of the strongest', () => {
    expect(pairs(encodeRankOrder(values(0.1, 0.4, 0.3, 0.2), { share: 0.5, steps: 10 }))).toEqual([
      [0, 1],
      [5, 2],
    ])
  })
})

describe('delta', () => {
  it('spikes on the second channel when a value rises, on the first when it falls', () => {
    // Input 0: 0, 0.1, 0.25, 0; input 1: stays.
    const frames = values(0, 0.5, 0.1, 0.5, 0.25, 0.5, 0, 0.5)
    expect(pairs(encodeDelta(frames, 4, { threshold: 0.2, steps: 8 }))).toEqual([
      [4, 1],
      [6, 0],
    ])
  })

  it('makes one spike of several frames of a step', () => {
    const frames = values(0, 0.2, 0.4, 0.6)
    expect(pairs(encodeDelta(frames, 4, { threshold: 0.2, steps: 2 }))).toEqual([
      [0, 1],
      [1, 1],
    ])
  })

  it('has nothing to say of a still', () => {
    expect(pairs(encodeDelta(values(1, 0), 1, { threshold: 0.1, steps: 5 }))).toEqual([])
  })
})

describe('direct current', () => {
  it('puts the values of the frame into every step, 0 left out', () => {
    const events = encodeDirectCurrent(values(0.5, 0, 0, 1), 2, { gain: 2, steps: 4 })
    expect(pairs(events)).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 1],
    ])
    expect(events.values).toEqual(values(1, 1, 2, 2))
  })
})

describe('population code', () => {
  it('has Gaussian receptive fields with centres from below 0 to above 1', () => {
    // m = 4: centres -0.25, 0.25, 0.75, 1.25; sigma = 1 / (1.5 * 2).
    const coded = populationCode(values(0.25), 4, 1.5)
    const expected = [0.5, 0, 0.5, 1].map((distance) => Math.exp(-(distance ** 2) * 4.5))
    expect([...coded]).toEqual(expected.map(Math.fround))
  })
})
