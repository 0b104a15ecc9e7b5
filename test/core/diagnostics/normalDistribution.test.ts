import { describe, expect, it } from 'vitest'
import { normalCumulative, normalLogDensity } from '../../../src-core/diagnostics/normalDistribution.ts'

describe('the cumulative normal distribution', () => {
  // Abramowitz & Stegun 1964, tables 26.1 and 26.2, to more digits.
  it.each([
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [1, 0.8413447460685429],
    [1.959963984540054, 0.975],
    [3, 0.9986501019683699],
    [-1, 0.15865525393145707],
    [-5, 2.866515718791933e-7],
    [-8, 6.22096057427178e-16],
  ])('is at %f what the tables say', (x, expected) => {
    expect(Math.abs(normalCumulative(x) - expected)).toBeLessThan(1e-15)
    expect(normalCumulative(x) / expected).toBeCloseTo(1, 7)
  })

  it('is symmetric, increasing and ends at 0 and 1', () => {
    const grid = Array.from({ length: 2001 }, (_, index) => (index - 1000) / 100)
    for (const [index, x] of grid.entries()) {
      expect(normalCumulative(x) + normalCumulative(-x)).toBeCloseTo(1, 15)
      if (index > 0) expect(normalCumulative(x)).toBeGreaterThanOrEqual(normalCumulative(grid[index - 1] ?? NaN))
    }
    expect([-Infinity, Infinity, -50, 50].map(normalCumulative)).toEqual([0, 1, 0, 1])
    expect(normalCumulative(NaN)).toBeNaN()
  })

  it('is the integral of the density', () => {
    const steps = 4000
    const width = 3 / steps
    let integral = 0
    for (let step = 0; step < steps; step++) integral += Math.exp(normalLogDensity((step + 0.5) * width, 0, 1)) * width
    expect(normalCumulative(3) - normalCumulative(0)).toBeCloseTo(integral, 8)
  })
})
