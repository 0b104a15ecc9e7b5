import { describe, expect, it } from 'vitest'
import { leaveOneOutErrors } from '../../../src-core/diagnostics/calibration.ts'

const numbers = (...values: number[]): Float64Array => Float64Array.from(values)

describe('leave-one-out errors', () => {
  it('are what one computes by hand', () => {
    const errors = leaveOneOutErrors({
      observed: numbers(1, 2, 3, 6),
      mean: numbers(1, 1, 4, 4),
      variance: numbers(1, 1, 1, 4),
    })
    expect(errors.rows).toBe(4)
    expect(errors.rootMeanSquareError).toBeCloseTo(Math.sqrt(6 / 4), 14)
    expect(errors.q2).toBeCloseTo(1 - 6 / 14, 14)
    const logDensities = [0, -0.5, -0.5, -0.5 - Math.log(2)].map((part) => part - Math.log(2 * Math.PI) / 2)
    expect(errors.meanLogPredictiveDensity).toBeCloseTo(logDensities.reduce((sum, value) => sum + value) / 4, 14)
  })

  it('say 1 for perfect predictions and 0 for the mean', () => {
    const observed = numbers(-2, 0, 5)
    const variance = numbers(1, 1, 1)
    expect(leaveOneOutErrors({ observed, mean: observed, variance }).q2).toBe(1)
    expect(leaveOneOutErrors({ observed, mean: numbers(1, 1, 1), variance }).q2).toBe(0)
  })

  it('have no Q2 where nothing varies, and throw where nothing was observed', () => {
    const same = numbers(0.1, 0.1, 0.1)
    expect(leaveOneOutErrors({ observed: same, mean: same, variance: numbers(1, 1, 1) }).q2).toBeNull()
    expect(() => leaveOneOutErrors({ observed: numbers(), mean: numbers(), variance: numbers() })).toThrow()
  })
})
