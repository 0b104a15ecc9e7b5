import { describe, expect, it } from 'vitest'
import { quantile } from '../../../src-core/statistics/quantile.ts'
import { boxStatistics } from '../../../src-renderer/charts/boxStatistics.ts'
import { plainColour } from '../../../src-renderer/charts/svgColours.ts'
import { durationLabel, durationTicks, steadyEnd } from '../../../src-renderer/charts/timeAxis.ts'

describe('plainColour', () => {
  it.each([
    ['rgb(0 158 115 / 7%)', { colour: '#009e73', opacity: 0.07 }],
    ['rgba(1, 2, 3, 0.5)', { colour: '#010203', opacity: 0.5 }],
    ['rgb(255,0,16)', { colour: '#ff0010', opacity: 1 }],
  ])('takes %s apart', (text, expected) => {
    expect(plainColour(text)).toEqual(expected)
  })

  it('leaves what needs no change', () => {
    expect(['#0072b2', 'none', ''].map(plainColour)).toEqual([null, null, null])
  })
})

describe('boxStatistics', () => {
  it('has the quartiles of R, and whiskers that end at values', () => {
    // quantile(c(1, 2, 4, 8, 16, 100), c(.25, .5, .75)) in R: 2.5, 6, 14
    expect(boxStatistics([100, 1, 2, 4, 8, 16])).toEqual({
      count: 6,
      mean: 131 / 6,
      median: 6,
      lowerQuartile: 2.5,
      upperQuartile: 14,
      lowerWhisker: 1,
      upperWhisker: 16,
    })
  })

  it('is a line of one value, and nothing of none', () => {
    expect(boxStatistics([3])).toMatchObject({ lowerQuartile: 3, median: 3, upperQuartile: 3, upperWhisker: 3 })
    expect(boxStatistics([])).toBe(null)
    expect(quantile([], 0.5)).toBeNaN()
  })
})

describe('an axis of time', () => {
  it('has a few round ticks from the first to the last', () => {
    expect(durationTicks(0, 95_000)).toEqual([0, 30_000, 60_000, 90_000])
    expect(durationTicks(3_600_000, 3_600_000 * 6)).toEqual([1, 2, 3, 4, 5, 6].map((hours) => hours * 3_600_000))
    expect(durationTicks(0, 0.4 * 86_400_000 * 365).length).toBeLessThanOrEqual(7)
  })

  it('says them in the largest unit that they fill', () => {
    expect([0, 500, 30_000, 90_000, 7_200_000, 172_800_000].map(durationLabel)).toEqual([
      '0',
      '0.5\u00a0s',
      '30\u00a0s',
      '1.5\u00a0min',
      '2\u00a0h',
      '2\u00a0d',
    ])
  })

  it('moves its end now and then while time goes on, never by much', () => {
    const ends = Array.from({ length: 1000 }, (_, second) => steadyEnd(100_000 + second * 100))
    expect(new Set(ends).size).toBeLessThan(70)
    for (const [second, end] of ends.entries()) {
      expect(end).toBeGreaterThan(100_000 + second * 100)
      expect(end).toBeLessThanOrEqual((100_000 + second * 100) * 1.04)
    }
  })
})
