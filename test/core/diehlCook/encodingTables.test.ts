import { describe, expect, it } from 'vitest'
import {
  bernoulliIntervalProbabilities,
  drawRange,
  intervalTables,
  poissonIntervalProbabilities,
} from '../../../src-core/diehlCook/encodingTables.ts'

/** The cumulative distribution from its closed form, term by term in logarithms. */
const poissonCumulative = (mean: number, limit: number): number => {
  let sum = 0
  let logFactorial = 0
  for (let count = 0; count <= limit; count++) {
    if (count > 0) logFactorial += Math.log(count)
    sum += Math.exp(count * Math.log(mean) - mean - logFactorial)
  }
  return sum
}

describe('Poisson intervals', () => {
  it.each([0.2, 1, 7.8125, 31.9, 99.5, 150])(
    'follow the closed form at a mean of %d steps, 0 counting as 1',
    (mean) => {
      const probabilities = poissonIntervalProbabilities(mean, 100)
      expect(probabilities).toHaveLength(100)
      probabilities.forEach((probability, index) => {
        expect(probability).toBeCloseTo(poissonCumulative(mean, index + 1), 12)
      })
    },
  )

  it('neither fail nor linger at means far beyond the presentation', () => {
    for (const mean of [400, 2000, 1e9, 1e300]) {
      expect(poissonIntervalProbabilities(mean, 100).every((probability) => probability < 1e-12)).toBe(true)
    }
    expect(poissonIntervalProbabilities(2000, 2000)[1999]).toBeCloseTo(poissonCumulative(2000, 2000), 9)
  })
})

describe('Bernoulli intervals', () => {
  it('are geometric', () => {
    const probabilities = bernoulliIntervalProbabilities(0.128, 100)
    probabilities.forEach((probability, index) => expect(probability).toBeCloseTo(1 - 0.872 ** (index + 1), 12))
  })
})

describe('interval tables', () => {
  it('have the rate of a level grow with the level, and silence at 0', () => {
    const { cumulative, audible, steps } = intervalTables({ kind: 'poisson', maximumRateHz: 128, steps: 100 }, 1)
    const at = (level: number, interval: number): number =>
      (cumulative[level * steps + interval - 1] ?? NaN) / drawRange
    expect(at(255, 8)).toBeCloseTo(poissonCumulative(1000 / 128, 8), 8)
    expect(at(128, 16)).toBeCloseTo(poissonCumulative((1000 / 128) * (255 / 128), 16), 8)
    expect([audible[0], audible[1], audible[255]]).toEqual([0, 0, 1])
    // A level is silent where less than half of one in 2^31 presentations would have a spike.
    const quietest = audible.indexOf(1)
    expect(poissonCumulative((1000 / 128) * (255 / quietest), 100)).toBeGreaterThanOrEqual(0.5 / drawRange)
    expect(poissonCumulative((1000 / 128) * (255 / (quietest - 1)), 100)).toBeLessThan(0.5 / drawRange)
  })

  it('count steps, not milliseconds', () => {
    const halves = intervalTables({ kind: 'poisson', maximumRateHz: 128, steps: 50 }, 0.5)
    const wholes = intervalTables({ kind: 'poisson', maximumRateHz: 64, steps: 50 }, 1)
    expect(halves.cumulative).toEqual(wholes.cumulative)
  })

  it('spike in every step at a Bernoulli probability of 1 or more', () => {
    const { cumulative } = intervalTables({ kind: 'bernoulli', maximumRateHz: 2000, steps: 3 }, 1)
    expect([...cumulative.subarray(255 * 3)]).toEqual([drawRange, drawRange, drawRange])
  })

  it('are silent at a rate of 0', () => {
    expect(intervalTables({ kind: 'poisson', maximumRateHz: 0, steps: 5 }, 1).audible).toEqual(new Uint8Array(256))
  })

  it('refuse steps and rates that mean nothing', () => {
    const tables = (maximumRateHz: number, steps: number) => () =>
      intervalTables({ kind: 'poisson', maximumRateHz, steps }, 1)
    expect(tables(128, 0)).toThrow('1 or more whole steps, not 0')
    expect(tables(128, 2.5)).toThrow('1 or more whole steps, not 2.5')
    expect(tables(-1, 10)).toThrow('0 Hz or more, not -1')
    expect(tables(NaN, 10)).toThrow('0 Hz or more, not NaN')
  })
})
