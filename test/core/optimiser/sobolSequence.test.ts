import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { mostSobolDimensions, sobolSequence, type SobolSequence } from '../../../src-core/optimiser/sobolSequence.ts'

const golden = z
  .object({ indices: z.array(z.number()), points: z.array(z.array(z.number())) })
  .parse(JSON.parse(readFileSync(new URL('../../golden/sobol.json', import.meta.url), 'utf8')))

const firstPoints = (sequence: SobolSequence, count: number): (readonly number[])[] =>
  Array.from({ length: count }, (_, number) => sequence(number))

/** Points in each of the 2^i x 2^j boxes of two coordinates. */
const boxCounts = (points: readonly (readonly number[])[], x: number, y: number, i: number, j: number): number[] => {
  const counts = Array.from({ length: 2 ** (i + j) }, () => 0)
  for (const point of points) {
    const box = Math.floor((point[x] ?? NaN) * 2 ** i) * 2 ** j + Math.floor((point[y] ?? NaN) * 2 ** j)
    counts[box] = (counts[box] ?? 0) + 1
  }
  return counts
}

describe('the Sobol sequence', () => {
  it('is that of scipy in 128 dimensions', () => {
    expect(mostSobolDimensions).toBe(128)
    const sequence = sobolSequence(128, null)
    golden.indices.forEach((number, index) => {
      expect(sequence(number).map((coordinate) => coordinate * 2 ** 32)).toEqual(golden.points[index])
    })
  })

  it('refuses what it does not have', () => {
    expect(() => sobolSequence(129, null)).toThrow('at most 128 dimensions')
    expect(() => sobolSequence(1, null)(-1)).toThrow('no Sobol point -1')
    expect(() => sobolSequence(1, null)(2 ** 32)).toThrow('no Sobol point 4294967296')
  })
})

describe.each([1, 2, 12345])('the scrambled Sobol sequence, seed %i', (seed) => {
  const dimensions = 24
  const points = firstPoints(sobolSequence(dimensions, seed), 1024)

  it('stratifies every coordinate: 2^m points, one in each of 2^m intervals', () => {
    for (const count of [1, 2, 64, 1024]) {
      for (let dimension = 0; dimension < dimensions; dimension++) {
        const intervals = points.slice(0, count).map((point) => Math.floor((point[dimension] ?? NaN) * count))
        expect(new Set(intervals).size).toBe(count)
      }
    }
  })

  it('does so from any multiple of 2^m on', () => {
    const intervals = points.slice(256, 512).map(([, , third]) => Math.floor((third ?? NaN) * 256))
    expect(new Set(intervals).size).toBe(256)
  })

  it('is a (0, m, 2)-net in the first two dimensions', () => {
    for (let i = 0; i <= 10; i++) expect(new Set(boxCounts(points, 0, 1, i, 10 - i))).toEqual(new Set([1]))
  })

  it('balances halves in every pair of dimensions', () => {
    for (let x = 0; x < dimensions; x++) {
      for (let y = x + 1; y < dimensions; y++) {
        expect(new Set(boxCounts(points, x, y, 1, 1))).toEqual(new Set([256]))
      }
    }
  })

  it('stays within [0, 1), and has no point of the plain one', () => {
    expect(points.flat().every((coordinate) => coordinate >= 0 && coordinate < 1)).toBe(true)
    expect(points[0]).not.toContain(0)
    expect(points.slice(0, 16)).not.toEqual(firstPoints(sobolSequence(dimensions, null), 16))
  })

  it('has a coordinate that does not depend on the dimensions behind it', () => {
    const fewer = sobolSequence(3, seed)
    expect(fewer(77)).toEqual(points[77]?.slice(0, 3))
  })
})

it('scrambling moves the mean of a coordinate of one point over all of [0, 1]', () => {
  const first = Array.from({ length: 2000 }, (_, seed) => sobolSequence(1, seed)(0)[0] ?? NaN)
  const mean = first.reduce((sum, one) => sum + one, 0) / first.length
  // Four standard errors of a uniform mean.
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * first.length))
})

it('integrates better than random points', () => {
  // The product of |4x - 2| over 5 dimensions has the integral 1.
  const error = (seed: number): number => {
    const values = firstPoints(sobolSequence(5, seed), 4096).map((point) =>
      point.reduce((product, x) => product * Math.abs(4 * x - 2), 1),
    )
    return values.reduce((sum, value) => sum + value, 0) / values.length - 1
  }
  const squares = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => error(seed) ** 2)
  const rms = Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length)
  const variance = (4 / 3) ** 5 - 1
  expect(rms).toBeLessThan(Math.sqrt(variance / 4096) / 5)
})
