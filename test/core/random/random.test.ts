import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGenerator, shuffled } from '../../../src-core/random/generator.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'

describe('createGenerator', () => {
  it('gives the numbers of the published sfc32, counter 1, state (0x9e3779b9, 0x243f6a88, seed)', () => {
    // An independent evaluation with exact integers instead of Math.imul and shifts.
    const modulus = 2n ** 32n
    let [a, b, c, counter] = [0x9e3779b9n, 0x243f6a88n, 12345n, 1n]
    const step = (): bigint => {
      const sum = (a + b + counter) % modulus
      counter = (counter + 1n) % modulus
      a = b ^ (b >> 9n)
      b = (c + ((c << 3n) % modulus)) % modulus
      c = ((((c << 21n) | (c >> 11n)) % modulus) + sum) % modulus
      return sum
    }
    for (let round = 0; round < 15; round++) step()
    const generator = createGenerator(12345)
    for (let index = 0; index < 1000; index++) expect(generator.next() * 2 ** 32).toBe(Number(step()))
  })

  it('is uniform: chi-square over 64 bins of 64,000 draws, seed 1', () => {
    const generator = createGenerator(1)
    const bins = new Array<number>(64).fill(0)
    for (let draw = 0; draw < 64_000; draw++) {
      const bin = generator.below(64)
      bins[bin] = (bins[bin] ?? 0) + 1
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    // 63 degrees of freedom: the 0.1 % and 99.9 % quantiles.
    expect(chiSquare).toBeGreaterThan(32.0)
    expect(chiSquare).toBeLessThan(103.5)
  })

  it('gives different streams for neighbouring seeds', () => {
    const firstNumbers = new Set(Array.from({ length: 1000 }, (_, seed) => createGenerator(seed).next()))
    expect(firstNumbers.size).toBe(1000)
  })
})

describe('shuffled', () => {
  it('keeps the elements and the argument, and repeats for the same seed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
        const before = [...items]
        const result = shuffled(items, createGenerator(seed))
        expect(items).toEqual(before)
        expect([...result].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b))
        expect(shuffled(items, createGenerator(seed))).toEqual(result)
      }),
      { seed: 7 },
    )
  })

  it('reaches every order of three elements about equally often, seed 3', () => {
    const generator = createGenerator(3)
    const counts = new Map<string, number>()
    for (let round = 0; round < 6000; round++) {
      const order = shuffled([0, 1, 2], generator).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120)
  })
})

describe('deriveSeed', () => {
  it('separates labels, so that no two ways of writing them collide', () => {
    const seeds = [
      deriveSeed(1),
      deriveSeed(1, 'trial', 1),
      deriveSeed(1, 'trial', 11),
      deriveSeed(1, 'trial1', 1),
      deriveSeed(11, 'trial', 1),
      deriveSeed(1, 'train', 0, 1),
      deriveSeed(1, 'train', 1, 0),
    ]
    expect(new Set(seeds).size).toBe(seeds.length)
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true)
  })

  it('has few collisions over a hundred thousand trials: about what chance gives', () => {
    const seeds = new Set(Array.from({ length: 100_000 }, (_, trial) => deriveSeed(1, 'trial', trial)))
    // Birthday bound: 1e10 / 2^33 = 1.2 expected collisions.
    expect(100_000 - seeds.size).toBeLessThan(8)
  })
})
