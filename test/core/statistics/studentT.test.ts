import { describe, expect, it } from 'vitest'
import { studentQuantile, studentWithin } from '../../../src-core/statistics/studentT.ts'

describe("Student's t distribution", () => {
  // Two-sided 95 % and 99 %: NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2.
  it.each([
    [1, 12.706, 63.657],
    [2, 4.303, 9.925],
    [4, 2.776, 4.604],
    [9, 2.262, 3.25],
    [30, 2.042, 2.75],
    [100, 1.984, 2.626],
  ])('has the quantiles of the tables for %d degrees of freedom', (degrees, at95, at99) => {
    expect(studentQuantile(0.95, degrees)).toBeCloseTo(at95, 3)
    expect(studentQuantile(0.99, degrees)).toBeCloseTo(at99, 3)
  })

  it('is the Cauchy distribution for one degree, and algebraic for two', () => {
    for (const t of [0.1, 1, 3, 40]) {
      expect(studentWithin(t, 1)).toBeCloseTo((2 / Math.PI) * Math.atan(t), 14)
      expect(studentWithin(t, 2)).toBeCloseTo(t / Math.sqrt(2 + t * t), 14)
    }
  })
})
