import { deriveSeed } from '../../random/seed.ts'
import type { Seed } from '../../random/seed.ts'

const rounds = 6

/**
 * A pseudorandom order of 0 to `size` - 1 that is computed number by number, however many there are: a Feistel network
 * over the next even power of two, walked on until it falls inside (Luby & Rackoff 1988; Black & Rogaway 2002,
 * "Ciphers with Arbitrary Finite Domains", section 3).
 * @returns the number at a place; every number has exactly one place
 */
export const permutation = (size: bigint, seed: Seed): ((place: bigint) => bigint) => {
  const half = BigInt(Math.max(1, Math.ceil((size - 1n).toString(2).length / 2)))
  const mask = (1n << half) - 1n
  const shuffle = (number: bigint): bigint => {
    let left = number >> half
    let right = number & mask
    for (let round = 0; round < rounds; round++) {
      const mixed = left ^ randomBits(half, deriveSeed(seed, 'grid', round, right.toString()))
      left = right
      right = mixed
    }
    return (left << half) | right
  }
  return (place) => {
    if (place < 0n || place >= size) throw new Error(`no place ${place} among ${size}`)
    let number = shuffle(place)
    // At least one number in four lies inside, so a few steps do; the cycle ends at the place itself at the latest.
    while (number >= size) number = shuffle(number)
    return number
  }
}

/** So many bits of a seed and what follows from it. */
const randomBits = (bits: bigint, seed: Seed): bigint => {
  let value = BigInt(seed)
  for (let have = 32n, word = 1; have < bits; have += 32n, word++) {
    value = (value << 32n) | BigInt(deriveSeed(seed, word))
  }
  return value & ((1n << bits) - 1n)
}
