import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anySeed, blockOf, type ContractPart, expectClose, numbers, runs, unwritten, value } from './support.ts'

export const describeWeights: ContractPart = (subject) => {
  describe('weights', () => {
    it('are rounded to multiples of 2/64, halves to even ones, and clamped', () => {
      const kernels = subject()
      // in multiples of 2/64
      const cases = [
        [0, 0],
        [0.4999, 0],
        [0.5, 0],
        [0.5001, 1],
        [1.5, 2],
        [2.5, 2],
        [-0.5, 0],
        [-1.5, -2],
        [-2.5, -2],
        [-0.7, -1],
        [126.4, 126],
        [127, 127],
        [127.5, 127],
        [1000, 127],
        [-128, -128],
        [-129, -128],
        [-1e9, -128],
      ] as const
      const quantised = unwritten(kernels, [cases.length])
      const weights = blockOf(
        kernels,
        [cases.length],
        cases.map(([weight]) => weight / 32),
      )
      kernels.weights.quantise(weights, quantised)
      expect([...kernels.read(quantised)].map((weight) => weight * 32 + 0)).toEqual(
        cases.map(([, expected]) => expected),
      )
    })

    it('are rounded to the nearest, everywhere', () => {
      const kernels = subject()
      const weights = numbers(1003, 8, 5)
      const quantised = unwritten(kernels, [17, 59])
      kernels.weights.quantise(blockOf(kernels, [17, 59], weights), quantised)
      const expected = weights.map((weight) => Math.min(Math.max(Math.round(weight * 32), -128), 127) / 32 + 0)
      expect(kernels.read(quantised).map((weight) => weight + 0)).toEqual(expected)
    })

    it('are normalised for each output channel, with both gradients', () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 40 }),
          fc.integer({ min: 1, max: 13 }),
          anySeed,
          (inputs, channels, seed) => {
            const kernels = subject()
            const directions = numbers(inputs * channels, seed).map((entry) => entry + Math.sign(entry) * 0.1)
            const lengths = numbers(channels, seed + 1, 3)
            const gradient = numbers(inputs * channels, seed + 2)
            const [shape, lengthShape] = [[inputs, channels], [channels]]
            const columns = (values: Float32Array): number[][] =>
              Array.from({ length: channels }, (_, channel) =>
                [...values].filter((_, index) => index % channels === channel),
              )
            const dot = (left: readonly number[], right: readonly number[]): number =>
              left.reduce((sum, entry, index) => sum + entry * value(right, index), 0)
            const units = columns(directions).map((column) =>
              column.map((entry) => entry / Math.sqrt(dot(column, column))),
            )
            const norms = columns(directions).map((column) => Math.sqrt(dot(column, column)))
            const along = columns(gradient).map((column, channel) => dot(column, units[channel] ?? []))
            const each = (entry: (input: number, channel: number) => number): number[] =>
              Array.from(directions, (_, index) => entry(Math.floor(index / channels), index % channels))
            const unit = (input: number, channel: number): number => units[channel]?.[input] ?? Number.NaN

            const directionBlock = blockOf(kernels, shape, directions)
            const lengthBlock = blockOf(kernels, lengthShape, lengths)
            const normalised = unwritten(kernels, shape)
            kernels.weights.normalise(directionBlock, lengthBlock, normalised)
            expectClose(
              kernels.read(normalised),
              each((input, channel) => value(lengths, channel) * unit(input, channel)),
            )
            const [toDirections, toLengths] = [unwritten(kernels, shape), unwritten(kernels, lengthShape)]
            const gradientBlock = blockOf(kernels, shape, gradient)
            kernels.weights.normaliseGradient(directionBlock, lengthBlock, gradientBlock, toDirections, toLengths)
            expectClose(kernels.read(toLengths), along)
            // gradient less its part along the direction, times length / norm
            const expected = each((input, channel) => {
              const across = value(gradient, input * channels + channel) - value(along, channel) * unit(input, channel)
              return (value(lengths, channel) / value(norms, channel)) * across
            })
            expectClose(kernels.read(toDirections), expected, 1e-4)
          },
        ),
        runs,
      )
    })
  })
}
