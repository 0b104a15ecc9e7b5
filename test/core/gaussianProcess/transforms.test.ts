import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../../../src-core/gaussianProcess/normalDistribution.ts'
import {
  bilog,
  compressed,
  constraintTransform,
  copula,
  standardise,
} from '../../../src-core/gaussianProcess/transforms.ts'

describe('standardise', () => {
  it('gives zero mean and unit variance', () => {
    const { targets, apply } = standardise([1, 2, 3, 6])
    // Mean 3, variance 14/3.
    expect(Array.from(targets)).toEqual(
      [-2, -1, 0, 3].map((value) => expect.closeTo(value / Math.sqrt(14 / 3), 12) as number),
    )
    expect(apply(3)).toBeCloseTo(0, 12)
  })

  it.each([[[]], [[5]], [[5, 5, 5]], [[1e308, -1e308]], [[Number.MAX_VALUE, Number.MAX_VALUE]]])(
    'stays finite: %j',
    (values) => {
      const { targets } = standardise(values)
      expect(Array.from(targets).every(Number.isFinite)).toBe(true)
    },
  )
  it('sees no variation in the rounding of equal values', () => {
    const { targets, apply } = standardise(Array.from({ length: 7 }, () => -0.2))
    expect(Math.max(...targets.map(Math.abs))).toBeLessThan(1e-12)
    expect(apply(0)).toBeCloseTo(0.2, 12)
  })
})

describe('copula', () => {
  it('gives the normal quantiles of the ranks', () => {
    const { targets } = copula([30, 10, 1e9, 20])
    const quantiles = [0.625, 0.125, 0.875, 0.375].map((rank) => expect.closeTo(normalQuantile(rank), 12) as number)
    expect(Array.from(targets)).toEqual(quantiles)
  })

  it('gives equal values equal targets, and keeps the order of all', () => {
    const { targets, apply } = copula([2, 1, 2, 3])
    expect(targets[0]).toBe(targets[2])
    expect(targets[0]).toBeCloseTo(0, 12)
    expect(apply(2.5)).toBeGreaterThan(targets[0] ?? NaN)
    expect(apply(2.5)).toBeLessThan(targets[3] ?? NaN)
    expect(Number.isFinite(apply(-1e300))).toBe(true)
    expect(Number.isFinite(apply(1e300))).toBe(true)
  })
})

describe('compressed', () => {
  it('leaves the better half in proportion, and draws the other together', () => {
    const { targets } = compressed([0, 1, 2, 4, -1e6])
    const [low = NaN, middle = NaN, better = NaN, best = NaN, worst = NaN] = targets
    expect((best - middle) / (better - middle)).toBeCloseTo(3, 10)
    expect(low).toBeLessThan(middle)
    // The better ones lie 2 above the median on average: ln(1 + 1e6 / 2) such units below it.
    expect((middle - worst) / (better - middle)).toBeCloseTo(2 * Math.log1p((1e6 + 1) / 2), 10)
  })

  it.each([[[]], [[5]], [[5, 5, 5]], [[1e308, -1e308, 0]]])('stays finite: %j', (values) => {
    expect(Array.from(compressed(values).targets).every(Number.isFinite)).toBe(true)
  })
})

describe('transforms of constraints', () => {
  it('bilog keeps sign and order, and draws large values together', () => {
    expect([-1e6, -1, 0, 1, 1e6].map(bilog)).toEqual(
      [-1e6, -1, 0, 1, 1e6].map((c) => expect.closeTo(Math.sign(c) * Math.log(1 + Math.abs(c)), 12) as number),
    )
  })

  it('keep what is feasible below the threshold, and nothing else', () => {
    for (const kind of ['auto', 'bilog', 'none'] as const) {
      const values = [-3, -0.1, 0, 0.2, 900]
      const { targets, apply } = constraintTransform(values, kind)
      expect(Array.from(targets, (target) => target <= apply(0))).toEqual([true, true, true, false, false])
    }
  })
})

describe('the standard error of a target', () => {
  const values = [0.1, 0.2, 0.5, 0.6, 0.9]

  it('is scaled as the values are', () => {
    const { errorOf, apply } = standardise(values)
    expect(errorOf(0.5, 0.03)).toBeCloseTo(apply(0.53) - apply(0.5), 12)
  })

  it('of a rank is by the slope between the targets around it, not by the step from one rank to the next', () => {
    const { errorOf, targets } = copula(values)
    const slope = ((targets[3] ?? NaN) - (targets[2] ?? NaN)) / 0.1
    expect(errorOf(0.55, 0.01)).toBeCloseTo(slope * 0.01, 12)
    expect(errorOf(0.55, 1e-6)).toBeCloseTo(slope * 1e-6, 12)
    expect(errorOf(0.55, 0)).toBe(0)
    // Beyond the best as steep as before it.
    const last = ((targets[4] ?? NaN) - (targets[3] ?? NaN)) / 0.3
    expect(errorOf(0.9, 0.05)).toBeCloseTo(last * 0.05, 12)
  })

  it('of bilog and of what is drawn together is a difference about the value', () => {
    for (const { apply, errorOf } of [constraintTransform([-3, 0.2, 900], 'bilog'), compressed([0, 1, 2, 4, -1e6])]) {
      expect(errorOf(0.7, 0.2)).toBeCloseTo((apply(0.9) - apply(0.5)) / 2, 12)
      expect(errorOf(0.7, 0.2)).toBeGreaterThan(0)
    }
  })

  it('is none where all values are equal', () => {
    expect(copula([1, 1, 1]).errorOf(1, 0.1)).toBe(0)
  })
})
