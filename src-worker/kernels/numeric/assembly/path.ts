/**
 * Sample paths of a Gaussian process (Wilson et al. 2020, eq. 10 and 13): a weighted sum of random cosines, and a weighted
 * sum of covariances with the told points.
 */
import { Eight, squared } from './distance'
import { Pair } from './functions'
import { Lanes } from './vector'

/**
 * The path at `rows` queries: `offset` + sum_j weight_j cos(2 pi (frequency_j . x + phase_j)) + sum_i update_i k(x, x_i),
 * k Matern's correlation; output scales are in the weights. Weights and updates are zero up to the next multiple of
 * eight behind their last. With 0 features or 0 points that sum is left out.
 * @param frequencies a table, in turns; `phases` in turns
 */
export function evaluatePath(
  dimensions: i32,
  offset: f64,
  frequencies: usize,
  frequencyStride: usize,
  features: i32,
  phases: usize,
  weights: usize,
  table: usize,
  tableStride: usize,
  n: i32,
  updates: usize,
  queries: usize,
  rows: i32,
  queryStride: usize,
  out: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const query = queries + <usize>row * queryStride
    const prior = cosines(query, dimensions, frequencies, frequencyStride, features, phases, weights)
    const update = covariances(query, dimensions, table, tableStride, n, updates)
    store<f64>(out + ((<usize>row) << 3), offset + prior + update)
  }
}

function cosines(
  query: usize,
  dimensions: i32,
  frequencies: usize,
  stride: usize,
  features: i32,
  phases: usize,
  weights: usize,
): f64 {
  let sum = f64x2.splat(0)
  for (let from = 0; from < features; from += 8) {
    const at = (<usize>from) << 3
    let u0 = v128.load(phases + at)
    let u1 = v128.load(phases + at, 16)
    let u2 = v128.load(phases + at, 32)
    let u3 = v128.load(phases + at, 48)
    let column = frequencies + at
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const coordinate = v128.load64_splat(query + ((<usize>dimension) << 3))
      u0 = f64x2.add(u0, f64x2.mul(v128.load(column), coordinate))
      u1 = f64x2.add(u1, f64x2.mul(v128.load(column, 16), coordinate))
      u2 = f64x2.add(u2, f64x2.mul(v128.load(column, 32), coordinate))
      u3 = f64x2.add(u3, f64x2.mul(v128.load(column, 48), coordinate))
      column += stride
    }
    sum = f64x2.add(sum, f64x2.mul(v128.load(weights + at), Pair.cosineOfTurns(u0)))
    sum = f64x2.add(sum, f64x2.mul(v128.load(weights + at, 16), Pair.cosineOfTurns(u1)))
    sum = f64x2.add(sum, f64x2.mul(v128.load(weights + at, 32), Pair.cosineOfTurns(u2)))
    sum = f64x2.add(sum, f64x2.mul(v128.load(weights + at, 48), Pair.cosineOfTurns(u3)))
  }
  return Lanes.sumOf(sum)
}

function covariances(query: usize, dimensions: i32, table: usize, stride: usize, n: i32, updates: usize): f64 {
  let sum = f64x2.splat(0)
  for (let from = 0; from < n; from += 8) {
    const at = (<usize>from) << 3
    Eight.squaredDistances(query, table + at, stride, dimensions)
    for (let pair: usize = 0; pair < 64; pair += 16) {
      sum = f64x2.add(sum, f64x2.mul(v128.load(updates + at + pair), Pair.matern(v128.load(squared + pair))))
    }
  }
  return Lanes.sumOf(sum)
}
