import { describe, expect, it } from 'vitest'
import { spreadOf } from '../../../src-core/statistics/spread.ts'

describe('spreadOf', () => {
  it('is mean, sample standard deviation and standard error', () => {
    // Mean 5, squared deviations 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32 over 7.
    const { mean, standardDeviation, standardError } = spreadOf([2, 4, 4, 4, 5, 5, 7, 9]) ?? {}
    expect(mean).toBe(5)
    expect(standardDeviation).toBeCloseTo(Math.sqrt(32 / 7), 14)
    expect(standardError).toBeCloseTo(Math.sqrt(32 / 7 / 8), 14)
  })

  it('knows no deviation of one value, and nothing of none', () => {
    expect(spreadOf([0.3])).toEqual({ mean: 0.3, standardDeviation: null, standardError: null })
    expect(spreadOf([])).toBeNull()
  })
})
