/**
 * Sobol sequences in base 2, plain and scrambled.
 *
 *   x[n] = XOR over the bits b of gray(n) of v[b],  gray(n) = n ^ (n >> 1)          (Antonov & Saleev 1979)
 *   v[k] = m[k] / 2^k; m[k] = XOR over i = 1..s-1 of 2^i a[i] m[k-i], 2^s m[k-s], m[k-s]      (Sobol 1967)
 *
 * with the polynomials (degree s, coefficients a) and m[1..s] of Joe & Kuo 2008. Scrambled by a random linear matrix and
 * a digital shift for each dimension (Matousek, J. Complexity 14, 527-556, 1998): each point is uniform, the balance of
 * the sequence stays. Points hold 32 bits: multiples of 2^-32 in [0, 1).
 */
import { createGenerator } from '../random/generator.ts'
import { deriveSeed, type Seed } from '../random/seed.ts'
import { directionNumbers } from './joeKuoDirectionNumbers.ts'

const bits = 32
export const mostSobolDimensions = directionNumbers.length + 1

/** A sequence of points, numbered from 0 to 2^32 - 1. */
export type SobolSequence = (number: number) => readonly number[]

/**
 * Dimension d is the same whatever the number of dimensions.
 * @param seed scrambles the sequence; null: the plain one, whose point 0 is the origin
 */
export const sobolSequence = (dimensions: number, seed: Seed | null): SobolSequence =>
  sequenceOf(
    Array.from({ length: dimensions }, (_, dimension) =>
      seed === null ? { directions: directionsOf(dimension), shift: 0 } : scrambled(dimension, seed),
    ),
  )

interface Dimension {
  /** v[1] to v[32] as 32-bit integers. */
  readonly directions: Uint32Array
  readonly shift: number
}

const sequenceOf =
  (dimensions: readonly Dimension[]): SobolSequence =>
  (number) => {
    if (!Number.isInteger(number) || number < 0 || number >= 2 ** bits) throw new Error(`no Sobol point ${number}`)
    const gray = (number ^ (number >>> 1)) >>> 0
    return dimensions.map(({ directions, shift }) => {
      let point = shift
      for (let bit = 0; bit < bits; bit++) if ((gray >>> bit) & 1) point ^= directions[bit] ?? 0
      return (point >>> 0) / 2 ** bits
    })
  }

const directionsOf = (dimension: number): Uint32Array => {
  const directions = new Uint32Array(bits)
  if (dimension === 0) return directions.map((_, bit) => (1 << (bits - 1 - bit)) >>> 0)
  const row = directionNumbers[dimension - 1]
  if (!row) throw new Error(`Sobol sequences have at most ${mostSobolDimensions} dimensions here`)
  const [a, ...initial] = row
  const degree = initial.length
  for (let bit = 0; bit < bits; bit++) {
    if (bit < degree) {
      directions[bit] = (initial[bit] ?? 0) << (bits - 1 - bit)
      continue
    }
    const oldest = directions[bit - degree] ?? 0
    let direction = oldest ^ (oldest >>> degree)
    for (let back = 1; back < degree; back++) {
      if ((a >>> (degree - 1 - back)) & 1) direction ^= directions[bit - back] ?? 0
    }
    directions[bit] = direction
  }
  return directions
}

const scrambled = (dimension: number, seed: Seed): Dimension => {
  const generator = createGenerator(deriveSeed(seed, 'sobol', dimension))
  const random32 = (): number => generator.next() * 2 ** bits
  const shift = random32()
  // Row r of a lower triangular matrix: output bit r is itself and a random set of the more significant bits.
  const rows = Array.from({ length: bits }, (_, row) => {
    const diagonal = (1 << (bits - 1 - row)) >>> 0
    const above = row === 0 ? 0 : (-1 << (bits - row)) >>> 0
    return ((random32() & above) | diagonal) >>> 0
  })
  const directions = directionsOf(dimension).map((direction) =>
    rows.reduce((result, row, index) => result | (parity(row & direction) << (bits - 1 - index)), 0),
  )
  return { directions, shift }
}

const parity = (word: number): number => {
  let folded = word
  for (const shift of [16, 8, 4, 2, 1]) folded ^= folded >>> shift
  return folded & 1
}
