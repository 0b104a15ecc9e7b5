import { describe, expect, it } from 'vitest'
import { channelFacts, ratesOf, selectivity, summariseValues } from '../../../src-core/activity/neuronRates.ts'
import { testOf } from './recordings.ts'

describe('values of neurons', () => {
  // [class][neuron]: neuron 0 spikes for class 1 only, neuron 1 for both alike, neuron 2 never.
  const test = testOf(
    [
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 1],
    ],
    [0, 2, 0, 4, 2, 0],
  )

  it('are the rates of the layer that is asked for', () => {
    const values = Float32Array.of(1, 2, 0)
    const measured = testOf([[0, 0]], [], [{ layer: 'hidden', values }])
    expect(ratesOf(measured, 'hidden')).toBe(values)
    expect(ratesOf(measured, 'output')).toBeNull()
  })

  it('are gathered by channel, whose neurons lie apart', () => {
    // 3 places of 2 channels
    const facts = channelFacts(Float32Array.of(1, 0, 2, 0, 6, 3), 2)
    expect([...facts.rates]).toEqual([3, 1])
    expect([...facts.silent]).toEqual([0, 2])
  })

  it('tell how far a neuron belongs to one class', () => {
    expect([...selectivity(test, 3)]).toEqual([1, 0, Number.NaN])
  })

  it.each([2, 3, 10])('are as selective as the share of one of %i classes beyond that of chance', (classes) => {
    // A neuron with the share p of its spikes in one class and the rest spread evenly: (p - 1/C) / (1 - 1/C).
    for (const share of [1 / classes, 0.6, 0.85, 1]) {
      const rates = Array.from({ length: classes }, (_, own) => (own === 1 ? share : (1 - share) / (classes - 1)))
      const expected = (share - 1 / classes) / (1 - 1 / classes)
      expect(selectivity(testOf([[0, 0]], rates), 1)[0]).toBeCloseTo(expected, 6)
    }
  })

  it('are summarised with those that are nothing', () => {
    expect(summariseValues(Float32Array.of(3, 0, Number.NaN, 1))).toEqual({ least: 0, median: 1, most: 3, none: 2 })
  })
})
