import { describe, expect, it } from 'vitest'
import type { NumericParameter, Sampler } from '../../../src-core/space/parameter.ts'
import { sampleValue } from '../../../src-core/space/space.ts'
import { cumulative, densityAt, densityCurve, densityText, isDrawable } from '../../../src-renderer/editor/density.ts'

const parameter = (sampler: Sampler): NumericParameter => ({ type: 'real', low: 2, high: 50, sampler })
const samplers: readonly Sampler[] = ['uniform', 'log-uniform', 'reversed-log-uniform']

/** Of p over [low, to], by the trapezoid rule. */
const integral = (one: NumericParameter, to: number): number => {
  const steps = 4000
  const width = (to - one.low) / steps
  const heights = Array.from({ length: steps + 1 }, (_, index) => densityAt(one, one.low + index * width))
  return heights.reduce((sum, height, index) => sum + height * width * (index === 0 || index === steps ? 0.5 : 1), 0)
}

describe('the density of a sampler', () => {
  it.each(samplers)('%s: integrates to its cumulative distribution', (sampler) => {
    const one = parameter(sampler)
    expect(integral(one, 50)).toBeCloseTo(1, 4)
    for (const share of [0.1, 0.5, 0.9]) {
      const value = Number(sampleValue(one, share))
      expect(integral(one, value)).toBeCloseTo(share, 4)
      expect(cumulative(one, value)).toBeCloseTo(share, 10)
    }
  })

  it('is flat on the scale on which its sampler is uniform', () => {
    for (const height of densityCurve(parameter('log-uniform'), 'log', 9)) expect(height).toBeCloseTo(1, 10)
    for (const height of densityCurve(parameter('reversed-log-uniform'), 'reversed-log', 9)) {
      expect(height).toBeCloseTo(1, 10)
    }
    const falling = densityCurve(parameter('log-uniform'), 'linear', 9)
    expect(falling[0]).toBe(1)
    expect(falling[8]).toBeCloseTo(2 / 50, 10)
  })

  it('is said in words', () => {
    expect(densityText(parameter('log-uniform'))).toBe(
      'log-uniform: 80 % of the draws lie in the lower half of the range',
    )
  })

  it('is drawn only where there is one', () => {
    expect(isDrawable({ ...parameter('log-uniform'), low: 0 })).toBe(false)
    expect(isDrawable({ ...parameter('uniform'), low: -3 })).toBe(true)
    expect(isDrawable({ ...parameter('uniform'), low: -3, scale: 'log' })).toBe(false)
    expect(isDrawable({ ...parameter('uniform'), low: 50 })).toBe(false)
  })
})
