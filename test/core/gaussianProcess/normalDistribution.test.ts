import { describe, expect, it } from 'vitest'
import {
  logNormalCumulative,
  normalCumulative,
  normalQuantile,
} from '../../../src-core/gaussianProcess/normalDistribution.ts'

describe('the normal distribution', () => {
  // Abramowitz & Stegun 1964, table 26.1 and 26.2, and the asymptotic tail.
  it.each([
    [0, 0.5],
    [0.5, 0.691462461274013],
    [1, 0.841344746068543],
    [-1.96, 0.024997895148220435],
    [3, 0.99865010196837],
    [-4, 3.167124183311992e-5],
    [-8, 6.220960574271785e-16],
  ])('below %f has probability %f', (x, probability) => {
    expect(Math.abs(normalCumulative(x) / probability - 1)).toBeLessThan(1e-12)
  })

  it('has a logarithm of it far out', () => {
    expect(logNormalCumulative(-4)).toBeCloseTo(Math.log(3.167124183311992e-5), 12)
    // ln(density / x) (1 - 1/x^2 + ...) at 50.
    expect(logNormalCumulative(-50)).toBeCloseTo(
      -1250 - Math.log(50 * Math.sqrt(2 * Math.PI)) + Math.log(1 - 1 / 2500),
      5,
    )
  })

  it('has quantiles that invert it', () => {
    for (const probability of [1e-12, 1e-5, 0.01, 0.02, 0.3, 0.5, 0.8, 0.99, 1 - 1e-6]) {
      expect(Math.abs(normalCumulative(normalQuantile(probability)) / probability - 1)).toBeLessThan(1e-10)
    }
    expect(normalQuantile(0)).toBe(-Infinity)
    expect(normalQuantile(1)).toBe(Infinity)
  })
})
