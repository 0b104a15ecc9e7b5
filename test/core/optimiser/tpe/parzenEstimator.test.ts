import { describe, expect, it } from 'vitest'
import { createGenerator } from '../../../../src-core/random/generator.ts'
import { bandwidths, parzenEstimator } from '../../../../src-core/optimiser/tpe/parzenEstimator.ts'
import {
  choiceKernel,
  gaussianKernel,
  placeOfNumber,
  uniformKernel,
} from '../../../../src-core/optimiser/tpe/kernels.ts'
import type { IntegerParameter, SearchSpace } from '../../../../src-core/space/parameter.ts'

const at = (unit: number) => ({ from: unit, to: unit })
/** The integral over [0, 1] by the midpoint rule. */
const integral = (density: (unit: number) => number, steps = 2000): number =>
  Array.from({ length: steps }, (_, index) => density((index + 0.5) / steps)).reduce((sum, value) => sum + value, 0) /
  steps

describe('kernels of numbers', () => {
  it.each([
    [0.5, 0.1],
    [0, 0.03],
    [1, 1],
    [0.2, 0.5],
  ])('a Gaussian round %f of deviation %f integrates to 1', (mean, deviation) => {
    const kernel = gaussianKernel(mean, deviation)
    expect(integral((unit) => Math.exp(kernel.logAt(at(unit))))).toBeCloseTo(1, 5)
  })

  it('agree with the closed form', () => {
    // Half of a Gaussian is cut off at 0: twice the density. Phi(1) - Phi(0) = 0.341344746...
    expect(Math.exp(gaussianKernel(0, 0.05).logAt(at(0)))).toBeCloseTo(2 / (Math.sqrt(2 * Math.PI) * 0.05), 8)
    expect(Math.exp(gaussianKernel(0, 1).logAt(at(1)))).toBeCloseTo(0.24197072451914337 / 0.3413447460685429, 10)
    expect(uniformKernel.logAt(at(0.3))).toBe(0)
  })

  it.each([
    ['linear', { type: 'integer', low: -3, high: 9, sampler: 'uniform' }],
    ['log', { type: 'integer', low: 1, high: 60, sampler: 'log-uniform' }],
    ['reversed-log', { type: 'integer', low: 1, high: 60, sampler: 'reversed-log-uniform' }],
    ['linear, of 20,000', { type: 'integer', low: 1, high: 20_000, sampler: 'uniform' }],
  ] as [string, IntegerParameter][])('give all integers of a %s scale probability 1 together', (_scale, parameter) => {
    for (const kernel of [uniformKernel, gaussianKernel(0.05, 0.03), gaussianKernel(0.7, 0.4)]) {
      let sum = 0
      for (let value = parameter.low; value <= parameter.high; value++) {
        sum += Math.exp(kernel.logAt(placeOfNumber(parameter, value)))
      }
      expect(sum).toBeCloseTo(1, 6)
    }
  })

  it('have a finite logarithm far out and over the narrowest intervals', () => {
    const huge: IntegerParameter = { type: 'integer', low: -(2 ** 52), high: 2 ** 52, sampler: 'uniform' }
    const kernel = gaussianKernel(0, 0.01)
    expect(kernel.logAt({ from: 0.9, to: 1 })).toBeLessThan(-1000)
    expect(Number.isFinite(kernel.logAt({ from: 0.9, to: 1 }))).toBe(true)
    for (const value of [huge.low, 0, 1, huge.high]) {
      expect(Number.isFinite(kernel.logAt(placeOfNumber(huge, value)))).toBe(true)
    }
  })

  it('draw as their density says', () => {
    const generator = createGenerator(1)
    const kernel = gaussianKernel(0.9, 0.3)
    const count = 20_000
    const drawn = Array.from({ length: count }, () => kernel.draw(generator))
    for (const limit of [0.3, 0.6, 0.9]) {
      const expected = integral((unit) => (unit < limit ? Math.exp(kernel.logAt(at(unit))) : 0))
      const share = drawn.filter((unit) => unit < limit).length / count
      // Four standard deviations of a share.
      expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / count) + 1e-3)
    }
    expect(drawn.every((unit) => unit >= 0 && unit <= 1)).toBe(true)
  })
})

describe('kernels of choices', () => {
  it('share what they leave among the other choices', () => {
    const kernel = choiceKernel(1, 3, 9)
    const shares = [0, 1, 2].map((index) => Math.exp(kernel.logAt(at(index))))
    expect(shares[0]).toBeCloseTo(1 / 13, 12)
    expect(shares[1]).toBeCloseTo(11 / 13, 12)
    expect(shares[2]).toBeCloseTo(1 / 13, 12)
    expect(Math.exp(choiceKernel(0, 1, 5).logAt(at(0)))).toBe(1)
  })

  it('draw as their probabilities say', () => {
    const generator = createGenerator(2)
    const kernel = choiceKernel(2, 4, 3)
    const drawn = Array.from({ length: 20_000 }, () => kernel.draw(generator))
    for (const index of [0, 1, 2, 3]) {
      const share = drawn.filter((one) => one === index).length / drawn.length
      expect(Math.abs(share - Math.exp(kernel.logAt(at(index))))).toBeLessThan(0.015)
    }
    const only = choiceKernel(0, 1, 3)
    expect(Array.from({ length: 50 }, () => only.draw(generator)).every((index) => index === 0)).toBe(true)
  })
})

describe('bandwidths', () => {
  it('are the distances to the farther neighbour, ends included', () => {
    const twenty = Array.from({ length: 20 }, (_, index) => 0.5 + index / 100)
    expect(bandwidths([0.5])).toEqual([0.5])
    expect(bandwidths([0.6, 0.1])[0]).toBeCloseTo(0.5, 12)
    expect(bandwidths([0.6, 0.1])[1]).toBeCloseTo(0.5, 12)
    expect(bandwidths([])).toEqual([])
    expect(bandwidths(twenty)[10]).toBeCloseTo(1 / 21, 12)
    expect(bandwidths(twenty)[19]).toBeCloseTo(0.31, 12)
    expect(bandwidths(Array.from({ length: 200 }, () => 0.5))[100]).toBe(0.03)
  })
})

describe('a Parzen estimator', () => {
  const space: SearchSpace = {
    rate: { type: 'real', low: 0.001, high: 1, sampler: 'log-uniform', when: { mode: ['fine'] } },
    mode: { type: 'categorical', choices: ['plain', 'fine', 'coarse'] },
    count: { type: 'integer', low: 1, high: 3, sampler: 'uniform' },
  }
  const trials = [
    { rate: 0.01, mode: 'fine', count: 1 },
    { rate: 0.5, mode: 'fine', count: 2 },
    { mode: 'plain', count: 3 },
    { mode: 'coarse', count: 3 },
  ]
  const counts = [1, 2, 3]

  it.each([0, 1, 4])('of %i trials integrates to 1 over the space', (count) => {
    const { logDensity } = parzenEstimator(space, trials.slice(0, count))
    const withRate = integral(
      (unit) =>
        counts.reduce(
          (sum, one) => sum + Math.exp(logDensity({ rate: 0.001 ** (1 - unit), mode: 'fine', count: one })),
          0,
        ),
      1000,
    )
    const without = ['plain', 'coarse'].flatMap((mode) =>
      counts.map((one) => Math.exp(logDensity({ mode, count: one }))),
    )
    expect(withRate + without.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5)
  })

  it('is the prior before the first trial', () => {
    const { logDensity } = parzenEstimator(space, [])
    expect(logDensity({ rate: 0.2, mode: 'fine', count: 2 })).toBeCloseTo(Math.log(1 / 9), 12)
    expect(logDensity({ mode: 'plain', count: 2 })).toBeCloseTo(Math.log(1 / 9), 12)
  })

  it('is a mixture of the trials and the prior', () => {
    const line: SearchSpace = { x: { type: 'real', low: 0, high: 2, sampler: 'uniform' } }
    const { logDensity } = parzenEstimator(line, [{ x: 0.4 }, { x: 1.2 }])
    const [first, second] = bandwidths([0.2, 0.6]) as [number, number]
    const kernels = [gaussianKernel(0.2, first), gaussianKernel(0.6, second), uniformKernel]
    const expected = kernels.reduce((sum, kernel) => sum + Math.exp(kernel.logAt(at(0.3))), 0) / 3
    expect(Math.exp(logDensity({ x: 0.6 }))).toBeCloseTo(expected, 12)
  })

  it('models a conditional parameter from the trials in which it applied', () => {
    const conditional: SearchSpace = {
      rate: { type: 'real', low: 0, high: 1, sampler: 'uniform', when: { mode: ['fine'] } },
      mode: { type: 'categorical', choices: ['plain', 'fine'] },
    }
    const { logDensity } = parzenEstimator(conditional, [{ rate: 0.3, mode: 'fine' }, { mode: 'plain' }])
    const choice = (index: number, mode: number) => Math.exp(choiceKernel(index, 2, 2).logAt(at(mode)))
    const rate = (unit: number) => Math.exp(gaussianKernel(0.3, 0.7).logAt(at(unit)))
    for (const unit of [0.1, 0.3, 0.9]) {
      const expected = (1 / 2 + choice(1, 1) * rate(unit) + choice(0, 1)) / 3
      expect(Math.exp(logDensity({ rate: unit, mode: 'fine' }))).toBeCloseTo(expected, 12)
    }
    expect(Math.exp(logDensity({ mode: 'plain' }))).toBeCloseTo((1 / 2 + choice(1, 0) + choice(0, 0)) / 3, 12)
  })

  it('draws as often as it says', () => {
    const estimator = parzenEstimator(space, trials)
    const generator = createGenerator(3)
    const drawn = Array.from({ length: 20_000 }, () => estimator.draw(generator))
    for (const mode of ['plain', 'coarse']) {
      for (const count of counts) {
        const expected = Math.exp(estimator.logDensity({ mode, count }))
        const share = drawn.filter((one) => one.mode === mode && one.count === count).length / drawn.length
        expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / drawn.length))
      }
    }
    expect(drawn.every((one) => Object.hasOwn(one, 'rate') === (one.mode === 'fine'))).toBe(true)
  })
})
