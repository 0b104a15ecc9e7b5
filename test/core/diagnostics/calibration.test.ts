import { describe, expect, it } from 'vitest'
import { calibration } from '../../../src-core/diagnostics/calibration.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'

/** Observations that are standard normal, predicted as normal with this deviation and shift. */
const normals = (rows: number, deviation: number, shift = 0, seed = 7) => {
  const generator = createGenerator(seed)
  const observed = Float64Array.from({ length: rows }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - generator.next()))
    return radius * Math.cos(2 * Math.PI * generator.next())
  })
  return { observed, mean: observed.map(() => shift), variance: observed.map(() => deviation ** 2) }
}
const shares = (rows: number, deviation: number): number[] =>
  calibration(normals(rows, deviation)).intervals.map(({ share }) => share)

describe('calibration', () => {
  it('finds the nominal shares where predictions are true', () => {
    const { intervals, histogram } = calibration(normals(20_000, 1))
    for (const { nominal, share } of intervals) expect(Math.abs(share - nominal)).toBeLessThan(0.012)
    for (const share of histogram) expect(Math.abs(share - 0.1)).toBeLessThan(0.01)
  })

  it('stays below the usual distance in 95 of 100 models whose predictions are true', () => {
    const usual = Array.from({ length: 1000 }, (_, seed) => calibration(normals(50, 1, 0, seed))).filter(
      ({ distance, usualDistance }) => distance < usualDistance,
    )
    expect(Math.abs(usual.length / 1000 - 0.95)).toBeLessThan(0.02)
  })

  it('sees too much and too little certainty by the shares that follow from the deviation', () => {
    // P(|y| <= z sd) of a standard normal y, z the quantile of the central half: 0.6745.
    expect(shares(20_000, 0.5)[0]).toBeCloseTo(0.2641, 1)
    expect(shares(20_000, 2)[0]).toBeCloseTo(0.8226, 1)
    const sure = calibration(normals(20_000, 0.5))
    expect(sure.histogram[0]).toBeGreaterThan(2 * (sure.histogram[5] ?? 1))
    expect(sure.distance).toBeGreaterThan(sure.usualDistance)
  })

  it('measures the distance of a shift: the largest difference of two normal distributions', () => {
    // 2 Phi(1/2) - 1
    expect(calibration(normals(20_000, 1, 1)).distance).toBeCloseTo(0.3829, 1)
  })

  it('has the closed form for a single observation in the middle', () => {
    const one = calibration({ observed: Float64Array.of(3), mean: Float64Array.of(3), variance: Float64Array.of(2) })
    expect(one.distance).toBe(0.5)
    expect(one.histogram).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
    expect(one.intervals.map(({ share }) => share)).toEqual([1, 1, 1, 1])
  })

  it('counts every observation once, at the ends too', () => {
    const observed = Float64Array.of(-1e9, 1e9, 0)
    const { histogram } = calibration({ observed, mean: new Float64Array(3), variance: Float64Array.of(1, 1, 1) })
    expect(histogram.map((share) => Math.round(share * 3))).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 1])
  })
})
