import { describe, expect, it } from 'vitest'
import {
  logExpectedImprovement,
  logFeasibility,
  logImprovement,
} from '../../../../src-core/optimiser/expectedImprovement/expectedImprovement.ts'
import { createGenerator } from '../../../../src-core/random/generator.ts'
import { createNormal } from '../../../../src-core/random/normal.ts'

describe('expected improvement', () => {
  it('is the mean of what is better, over draws', () => {
    const normal = createNormal(createGenerator(4))
    const draws = Array.from({ length: 200_000 }, () => Math.max(0, 0.3 + 0.5 * normal() - 0.6))
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length
    const [found = NaN] = logExpectedImprovement({ mean: Float64Array.of(0.3), variance: Float64Array.of(0.25) }, 0.6)
    expect(Math.exp(found)).toBeCloseTo(mean, 2)
    expect(Math.exp(found) / mean).toBeCloseTo(1, 1)
  })

  it('is phi(0) at the incumbent, and z far above it', () => {
    expect(logImprovement(0)).toBeCloseTo(-Math.log(2 * Math.PI) / 2, 12)
    expect(logImprovement(50)).toBeCloseTo(Math.log(50), 12)
  })

  it('has an order where it is too small to be a number', () => {
    // phi(z) / z^2 (1 - 3/z^2 + ...) far below.
    expect(logImprovement(-60)).toBeCloseTo(-1800 - Math.log(2 * Math.PI) / 2 - 2 * Math.log(60) - 3 / 3600, 4)
    const around = [-2.9, -2.99, -2.999, -3, -3.001, -3.01, -100, -1000, -1e5].map(logImprovement)
    expect([...around].sort((a, b) => b - a)).toEqual(around)
    expect(around.every(Number.isFinite)).toBe(true)
  })
})

it('the probability of feasibility is that of the normal distribution at the threshold', () => {
  const prediction = { mean: Float64Array.of(0, 1), variance: Float64Array.of(1, 0.25) }
  const found = Array.from(logFeasibility(prediction, 1), Math.exp)
  expect(found[0]).toBeCloseTo(0.841344746068543, 12)
  expect(found[1]).toBeCloseTo(0.5, 12)
})
