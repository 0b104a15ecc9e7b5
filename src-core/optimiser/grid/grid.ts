import { deriveSeed, type Seed } from '../../random/seed.ts'
import type { Impossibility } from '../../space/impossibility.ts'
import type { SearchSpace } from '../../space/parameter.ts'
import type { Optimiser } from '../optimiser.ts'
import type { GridSettings } from './gridAxes.ts'
import { gridProduct } from './gridProduct.ts'
import { countText } from './gridText.ts'

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

/** Random bits, as many as asked for, from a seed. */
const randomBits = (bits: bigint, seed: Seed): bigint => {
  let value = BigInt(seed)
  for (let have = 32n, word = 1; have < bits; have += 32n, word++) {
    value = (value << 32n) | BigInt(deriveSeed(seed, word))
  }
  return value & ((1n << bits) - 1n)
}

/**
 * Grid search: the full cross product of evenly spaced numbers and all choices. Trial n gets point n of an order that
 * the seed shuffles, not row by row: a grid that a budget cuts short is then a random sample of its points without
 * repeats. It learns nothing, so it has no state.
 */
export const createGridSearch = (
  space: SearchSpace,
  settings: GridSettings,
  seed: Seed,
  rules?: readonly Impossibility[],
): Optimiser<null> => {
  const { total, at } = gridProduct(space, settings, rules)
  const pointOf = permutation(total, deriveSeed(seed, 'grid'))
  return {
    initial: null,
    tell: () => null,
    ask: (_state, number) => {
      if (BigInt(number) >= total) {
        return { kind: 'exhausted', reason: `all ${countText(total)} points of the grid were tried` }
      }
      const point = pointOf(BigInt(number))
      const explanation = { optimiser: 'grid', place: number, point: plain(point), points: plain(total) }
      return { kind: 'candidate', configuration: at(point), explanation }
    },
  }
}

/** A count as JSON holds it: a number as long as that is exact. */
const plain = (count: bigint): number | string => (count <= Number.MAX_SAFE_INTEGER ? Number(count) : count.toString())
