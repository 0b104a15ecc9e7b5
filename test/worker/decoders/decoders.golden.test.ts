import { describe, expect, it } from 'vitest'
import { createDecoder } from '../../../src-worker/decoders/createDecoder.ts'
import type { Decoder } from '../../../src-worker/decoders/decoder.ts'
import type { Tensor } from '../../../src-core/networkFile/tensor.ts'
import { golden, goldenLinear, testSamples, trainSamples } from './goldenTrains.ts'

const options = { neurons: golden.neurons, classes: golden.classes, regularisation: 1 }
const learnFrom = (decoder: Decoder, first: number, end: number): void => {
  for (const { spikes, label } of trainSamples.slice(first, end)) decoder.observe(spikes, label)
  decoder.learn()
}
const predictions = (decoder: Decoder): number[] => testSamples.map(({ spikes }) => decoder.predict(spikes))

const expectClose = (tensor: Tensor | undefined, expected: readonly number[], tolerance: number): void => {
  expect(tensor?.values.length).toBe(expected.length)
  tensor?.values.forEach((value, index) => {
    expect(Math.abs(value - (expected[index] ?? NaN)), `${index}: ${value}`).toBeLessThan(tolerance)
  })
}

describe('neuron labels against BindsNET', () => {
  it('of the first interval, and of the second, which continues its rates', () => {
    const decoder = createDecoder('all', options)
    const [first, second] = golden.assignLabels
    for (const [expected, from, to] of [[first, 0, 40] as const, [second, 40, 60] as const]) {
      learnFrom(decoder, from, to)
      const { assignments, proportions, rates } = decoder.tensors()
      expect([...(assignments?.values ?? [])]).toEqual(expected?.assignments)
      expectClose(proportions, expected?.proportions.flat() ?? [], 1e-5)
      expectClose(rates, expected?.rates.flat() ?? [], 1e-5)
    }
  })
})

describe.each(['all', 'vote'] as const)('decoder %s against BindsNET', (kind) => {
  it('predicts the same classes after two intervals', () => {
    const decoder = createDecoder(kind, options)
    learnFrom(decoder, 0, 40)
    learnFrom(decoder, 40, 60)
    expect(predictions(decoder)).toEqual(golden.predictions[kind])
  })
})

describe.each(['2gram', '2gram-order'] as const)('decoder %s against BindsNET', (kind) => {
  const decoder = createDecoder(kind, options)
  learnFrom(decoder, 0, 60)

  it('has the same scores', () => {
    const { bigramPairs, bigramScores } = decoder.tensors()
    const found = Array.from({ length: bigramPairs?.shape[0] ?? 0 }, (_, row) => [
      [...(bigramPairs?.values.subarray(2 * row, 2 * row + 2) ?? [])].join('-'),
      [...(bigramScores?.values.subarray(row * golden.classes, (row + 1) * golden.classes) ?? [])],
    ])
    expect(Object.fromEntries(found)).toEqual(golden.ngramScores)
  })

  it('predicts the same classes', () => {
    expect(predictions(decoder)).toEqual(golden.predictions['2gram'])
  })
})

describe.each(goldenLinear.cases)('decoder $decoder, C $regularisation, against scikit-learn', (expected) => {
  const decoder = createDecoder(expected.decoder, { ...options, regularisation: expected.regularisation })
  learnFrom(decoder, 0, 60)

  it('finds the same weights', () => {
    expectClose(decoder.tensors()['decoderWeights'], expected.weights.flat(), 1e-3)
  })

  it('finds the same differences between intercepts', () => {
    const found = [...(decoder.tensors()['decoderIntercepts']?.values ?? [])]
    found.forEach((intercept, label) => {
      const difference = (expected.intercepts[label] ?? NaN) - (expected.intercepts[0] ?? NaN)
      expect(Math.abs(intercept - (found[0] ?? NaN) - difference)).toBeLessThan(0.01)
    })
  })

  it('predicts the same classes', () => {
    expect(predictions(decoder)).toEqual(expected.predictions)
  })
})
