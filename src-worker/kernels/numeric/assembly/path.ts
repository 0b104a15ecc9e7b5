/**
 * Sample paths of a Gaussian process (Wilson et al. 2020, eq. 10 and 13): a weighted sum of random cosines, and a weighted
 * sum of covariances with the told points.
 */
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
  // Two queries share what is read of the tables; an odd last one is its own neighbour.
  for (let row = 0; row < rows; row += 2) {
    const first = queries + <usize>row * queryStride
    const second = row + 1 < rows ? first + queryStride : first
    const prior = cosines(first, second, dimensions, frequencies, frequencyStride, features, phases, weights)
    const update = covariances(first, second, dimensions, table, tableStride, n, updates)
    const values = f64x2.add(f64x2.splat(offset), f64x2.add(prior, update))
    const at = out + ((<usize>row) << 3)
    store<f64>(at, f64x2.extract_lane(values, 0))
    if (row + 1 < rows) store<f64>(at, f64x2.extract_lane(values, 1), 8)
  }
}

/** The weighted cosines at two queries. */
function cosines(
  first: usize,
  second: usize,
  dimensions: i32,
  frequencies: usize,
  stride: usize,
  features: i32,
  phases: usize,
  weights: usize,
): v128 {
  let firstSum = f64x2.splat(0)
  let secondSum = f64x2.splat(0)
  for (let from = 0; from < features; from += 4) {
    const at = (<usize>from) << 3
    let a0 = v128.load(phases + at)
    let a1 = v128.load(phases + at, 16)
    let b0 = a0
    let b1 = a1
    let column = frequencies + at
    for (let place: usize = 0; place < (<usize>dimensions) << 3; place += 8) {
      const f0 = v128.load(column)
      const f1 = v128.load(column, 16)
      const a = v128.load64_splat(first + place)
      a0 = f64x2.add(a0, f64x2.mul(f0, a))
      a1 = f64x2.add(a1, f64x2.mul(f1, a))
      const b = v128.load64_splat(second + place)
      b0 = f64x2.add(b0, f64x2.mul(f0, b))
      b1 = f64x2.add(b1, f64x2.mul(f1, b))
      column += stride
    }
    const w0 = v128.load(weights + at)
    const w1 = v128.load(weights + at, 16)
    firstSum = f64x2.add(firstSum, f64x2.mul(w0, Pair.cosineOfTurns(a0)))
    firstSum = f64x2.add(firstSum, f64x2.mul(w1, Pair.cosineOfTurns(a1)))
    secondSum = f64x2.add(secondSum, f64x2.mul(w0, Pair.cosineOfTurns(b0)))
    secondSum = f64x2.add(secondSum, f64x2.mul(w1, Pair.cosineOfTurns(b1)))
  }
  return f64x2(Lanes.sumOf(firstSum), Lanes.sumOf(secondSum))
}

/** The weighted covariances at two queries. */
function covariances(
  first: usize,
  second: usize,
  dimensions: i32,
  table: usize,
  stride: usize,
  n: i32,
  updates: usize,
): v128 {
  let firstSum = f64x2.splat(0)
  let secondSum = f64x2.splat(0)
  for (let from = 0; from < n; from += 4) {
    const at = (<usize>from) << 3
    let a0 = f64x2.splat(0)
    let a1 = f64x2.splat(0)
    let b0 = f64x2.splat(0)
    let b1 = f64x2.splat(0)
    let column = table + at
    for (let place: usize = 0; place < (<usize>dimensions) << 3; place += 8) {
      const x0 = v128.load(column)
      const x1 = v128.load(column, 16)
      const a = v128.load64_splat(first + place)
      const b = v128.load64_splat(second + place)
      const da0 = f64x2.sub(x0, a)
      const da1 = f64x2.sub(x1, a)
      const db0 = f64x2.sub(x0, b)
      const db1 = f64x2.sub(x1, b)
      a0 = f64x2.add(a0, f64x2.mul(da0, da0))
      a1 = f64x2.add(a1, f64x2.mul(da1, da1))
      b0 = f64x2.add(b0, f64x2.mul(db0, db0))
      b1 = f64x2.add(b1, f64x2.mul(db1, db1))
      column += stride
    }
    const u0 = v128.load(updates + at)
    const u1 = v128.load(updates + at, 16)
    firstSum = f64x2.add(firstSum, f64x2.mul(u0, Pair.matern(a0)))
    firstSum = f64x2.add(firstSum, f64x2.mul(u1, Pair.matern(a1)))
    secondSum = f64x2.add(secondSum, f64x2.mul(u0, Pair.matern(b0)))
    secondSum = f64x2.add(secondSum, f64x2.mul(u1, Pair.matern(b1)))
  }
  return f64x2(Lanes.sumOf(firstSum), Lanes.sumOf(secondSum))
}
