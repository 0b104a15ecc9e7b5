import { describe, expect, it } from 'vitest'
import { blockOf, type ContractPart, expectClose, numbers } from './support.ts'

const settings = {
  learningRate: 0.01,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  step: 1,
  gradientScale: 1,
  minimum: -Infinity,
  maximum: Infinity,
}

export const describeOptimiser: ContractPart = (subject) => {
  describe('optimiser', () => {
    it.each([
      ['Adam', { weightDecay: 0, gradientScale: 1, minimum: -Infinity, maximum: Infinity }],
      ['AdamW', { weightDecay: 0.2, gradientScale: 1, minimum: -Infinity, maximum: Infinity }],
      ['a clipped gradient', { weightDecay: 0, gradientScale: 0.03, minimum: -Infinity, maximum: Infinity }],
      ['bounds', { weightDecay: 0.1, gradientScale: 1, minimum: -0.5, maximum: 0.25 }],
    ] as const)('takes steps of %s', (_, variant) => {
      const kernels = subject()
      const length = 1027
      let values = [...numbers(length, 1)]
      let [first, second] = [values.map(() => 0), values.map(() => 0)]
      const block = blockOf(kernels, [length], values)
      const [firstBlock, secondBlock, gradientBlock] = [
        kernels.block([length]),
        kernels.block([length]),
        kernels.block([length]),
      ]
      for (let step = 1; step <= 5; step++) {
        const gradient = numbers(length, 10 + step)
        kernels.write(gradientBlock, gradient)
        kernels.optimiser.adam(block, gradientBlock, firstBlock, secondBlock, { ...settings, ...variant, step })
        const scaled = [...gradient].map((entry) => entry * variant.gradientScale)
        first = first.map((moment, index) => 0.9 * moment + 0.1 * (scaled[index] ?? 0))
        second = second.map((moment, index) => 0.999 * moment + 0.001 * (scaled[index] ?? 0) ** 2)
        values = values.map((before, index) => {
          const mean = (first[index] ?? 0) / (1 - 0.9 ** step)
          const spread = Math.sqrt((second[index] ?? 0) / (1 - 0.999 ** step))
          const after = before - 0.01 * variant.weightDecay * before - (0.01 * mean) / (spread + 1e-8)
          return Math.min(Math.max(after, variant.minimum), variant.maximum)
        })
      }
      expectClose(kernels.read(block), values, 1e-5)
      expectClose(kernels.read(firstBlock), first, 1e-4)
      expectClose(kernels.read(secondBlock), second, 1e-3)
    })

    it('leaves values alone whose gradient is 0', () => {
      const kernels = subject()
      const [values, gradient, first, second] = [
        blockOf(kernels, [3], [0.5, -2, 0]),
        kernels.block([3]),
        kernels.block([3]),
        kernels.block([3]),
      ]
      kernels.optimiser.adam(values, gradient, first, second, settings)
      expect([...kernels.read(values)]).toEqual([0.5, -2, 0])
    })

    it('sums squares', () => {
      const kernels = subject()
      const values = numbers(100_003, 4)
      const expected = values.reduce((sum, entry) => sum + entry * entry, 0)
      expect(Math.abs(kernels.optimiser.squaredNorm(blockOf(kernels, [100_003], values)) / expected - 1)).toBeLessThan(
        1e-4,
      )
      expect(kernels.optimiser.squaredNorm(kernels.block([5]))).toBe(0)
    })

    it.each([Number.NaN, Infinity, -Infinity])('finds %d wherever it is', (bad) => {
      const kernels = subject()
      for (const place of [0, 3, 4, 6]) {
        const values = new Float32Array(7).fill(3e38)
        expect(kernels.optimiser.isFinite(blockOf(kernels, [7], values))).toBe(true)
        values[place] = bad
        expect(kernels.optimiser.isFinite(blockOf(kernels, [7], values))).toBe(false)
      }
    })
  })
}
