import type { Seed } from './seed.ts'

/** A stream of pseudo-random numbers; the same seed gives the same stream on every host. */
export interface RandomGenerator {
  /** Uniform on [0, 1), with 32 random bits. */
  next(): number
  /** Uniform integer in [0, bound). */
  below(bound: number): number
}

/**
 * Small fast counter generator sfc32 (Doty-Humphrey, PractRand 2010), seeded by one 32-bit number and warmed up by
 * 15 rounds.
 */
export const createGenerator = (seed: Seed): RandomGenerator => {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = seed >>> 0
  let counter = 1
  const nextUint32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let round = 0; round < 15; round++) nextUint32()
  const next = (): number => nextUint32() / 0x100000000
  return { next, below: (bound) => Math.floor(next() * bound) }
}

/** Shuffles a copy of `items` (Fisher & Yates 1938, Durstenfeld 1964). */
export const shuffled = <Item>(items: Iterable<Item>, generator: RandomGenerator): Item[] => {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = generator.below(last + 1)
    const kept = result[last] as Item
    result[last] = result[other] as Item
    result[other] = kept
  }
  return result
}
