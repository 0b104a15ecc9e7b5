/** The gradient of a sample path at one query. */
import { Eight, squared } from './distance'
import { Pair } from './functions'
import { Lanes, dot } from './vector'

/**
 * The gradient by the (scaled) coordinates of the path that `evaluatePath` evaluates, at one query.
 * @param coefficients room for `features` and for `n`, each rounded up to a multiple of eight
 * @param out `dimensions` numbers
 */
export function pathGradient(
  dimensions: i32,
  frequencies: usize,
  frequencyStride: usize,
  features: i32,
  phases: usize,
  weights: usize,
  table: usize,
  tableStride: usize,
  n: i32,
  updates: usize,
  query: usize,
  coefficients: usize,
  out: usize,
): void {
  // d cos(2 pi u) = -2 pi sin(2 pi u) du, and sin(2 pi u) = cos(2 pi (u - 1/4)).
  const factor = f64x2.splat(-6.283185307179586)
  for (let from = 0; from < features; from += 2) {
    const at = (<usize>from) << 3
    let turns = f64x2.sub(v128.load(phases + at), f64x2.splat(0.25))
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const coordinate = v128.load64_splat(query + ((<usize>dimension) << 3))
      turns = f64x2.add(turns, f64x2.mul(v128.load(frequencies + <usize>dimension * frequencyStride + at), coordinate))
    }
    v128.store(coefficients + at, f64x2.mul(f64x2.mul(factor, v128.load(weights + at)), Pair.cosineOfTurns(turns)))
  }
  const roundedFeatures = (features + 7) & ~7
  const pull = coefficients + ((<usize>roundedFeatures) << 3)
  let total = f64x2.splat(0)
  for (let from = 0; from < n; from += 8) {
    const at = (<usize>from) << 3
    Eight.squaredDistances(query, table + at, tableStride, dimensions)
    for (let pair: usize = 0; pair < 64; pair += 16) {
      const coefficient = f64x2.mul(v128.load(updates + at + pair), Pair.maternSlope(v128.load(squared + pair)))
      v128.store(pull + at + pair, coefficient)
      total = f64x2.add(total, coefficient)
    }
  }
  const pulls = Lanes.sumOf(total)
  const rounded = (n + 7) & ~7
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const place = (<usize>dimension) << 3
    const prior = dot(coefficients, frequencies + <usize>dimension * frequencyStride, features)
    const update = dot(pull, table + <usize>dimension * tableStride, rounded) - pulls * load<f64>(query + place)
    store<f64>(out + place, prior + update)
  }
}
