import { describe, expect, it } from 'vitest'
import type { RateEncoding } from '../../../src-core/diehlCook/diehlCookNetwork.ts'
import {
  bernoulliIntervalProbabilities,
  intervalTables,
  poissonIntervalProbabilities,
  drawInterval,
} from '../../../src-core/diehlCook/encodingTables.ts'
import { encodeImage } from '../../oracles/diehlCook/inputSpikes.ts'
import { createPcg32 } from '../../../src-core/random/pcg32.ts'
import { chiSquareZ } from './statistics.ts'

const seed = 42
const draws = 20_000
const steps = 100
const encoding = (kind: RateEncoding['kind']): RateEncoding => ({ kind, maximumRateHz: 128, steps })

/** Expected numbers of intervals 1..steps and of longer ones among `draws`. */
const expectedCounts = (cumulative: Float64Array): number[] =>
  [...cumulative, 1].map((probability, index, all) => draws * (probability - (all[index - 1] ?? 0)))

describe(`rate encoders (seed ${seed})`, () => {
  it.each([255, 128, 40, 20])('draw Poisson intervals at level %d', (level) => {
    const tables = intervalTables(encoding('poisson'), 1)
    const generator = createPcg32(level, seed)
    const observed = new Array<number>(steps + 1).fill(0)
    for (let draw = 0; draw < draws; draw++) {
      const interval = drawInterval(level, tables, generator)
      observed[interval - 1] = (observed[interval - 1] ?? 0) + 1
    }
    const expected = expectedCounts(poissonIntervalProbabilities((1000 / 128) * (255 / level), steps))
    expect(Math.abs(chiSquareZ(observed, expected))).toBeLessThan(3)
  })

  it.each([255, 60])('draw geometric intervals at level %d for Bernoulli', (level) => {
    const tables = intervalTables(encoding('bernoulli'), 1)
    const generator = createPcg32(level, seed)
    const observed = new Array<number>(steps + 1).fill(0)
    for (let draw = 0; draw < draws; draw++) {
      const interval = drawInterval(level, tables, generator)
      observed[interval - 1] = (observed[interval - 1] ?? 0) + 1
    }
    const expected = expectedCounts(bernoulliIntervalProbabilities((0.128 * level) / 255, steps))
    expect(Math.abs(chiSquareZ(observed, expected))).toBeLessThan(3)
  })

  it.each(['poisson', 'bernoulli'] as const)('give a full pixel 128 spikes per second (%s)', (kind) => {
    const pixels = 2000
    const spikes = encodeImage(
      new Uint8Array(pixels).fill(255),
      intervalTables(encoding(kind), 1),
      createPcg32(1, seed),
    )
    const perPixel = spikes.flat().length / pixels
    // Renewals in t steps (Feller 1949): t / m + (variance + m - m^2) / (2 m^2), deviation sqrt(t variance / m^3).
    // That 0 counts as 1 moves the mean of the Poisson intervals by e^-m only.
    const mean = 1000 / 128
    const variance = kind === 'poisson' ? mean : mean ** 2 - mean
    const expected = steps / mean + (variance + mean - mean ** 2) / (2 * mean ** 2)
    const deviation = Math.sqrt((steps * variance) / mean ** 3)
    expect(Math.abs(perPixel - expected)).toBeLessThan((3 * deviation) / Math.sqrt(pixels))
  })

  it('make Poisson intervals more regular than a Poisson process', () => {
    const tables = intervalTables(encoding('poisson'), 1)
    const generator = createPcg32(2, seed)
    const intervals = Array.from({ length: draws }, () => drawInterval(255, tables, generator))
    const mean = intervals.reduce((sum, interval) => sum + interval, 0) / draws
    const variance = intervals.reduce((sum, interval) => sum + (interval - mean) ** 2, 0) / draws
    expect(variance / mean).toBeGreaterThan(0.95)
    expect(variance / mean).toBeLessThan(1.05)
    expect(variance / mean ** 2).toBeLessThan(0.2)
  })

  it('list each pixel at most once in a step, ascending, and never a silent one', () => {
    const image = Uint8Array.from({ length: 300 }, (_, pixel) => (pixel % 3 === 0 ? 0 : 200))
    const spikes = encodeImage(image, intervalTables(encoding('poisson'), 1), createPcg32(3, seed))
    expect(spikes).toHaveLength(steps)
    for (const inputs of spikes) {
      expect(inputs).toEqual([...new Set(inputs)].sort((a, b) => a - b))
      expect(inputs.some((input) => input % 3 === 0)).toBe(false)
    }
  })
})
