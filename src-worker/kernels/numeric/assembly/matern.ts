/** Covariance matrices of Matern's kernel, nu = 5/2, on coordinates that are already divided by their lengthscales. */
import { Eight, squared } from './distance'
import { Pair } from './functions'

/**
 * The covariance of each of `rows` queries (row-major) with the `n` points of a table.
 * Rows of `out` have room for `n` rounded up to a multiple of eight.
 */
export function maternRows(
  table: usize,
  tableStride: usize,
  n: i32,
  dimensions: i32,
  queries: usize,
  rows: i32,
  queryStride: usize,
  outputScale: f64,
  out: usize,
  outStride: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const query = queries + <usize>row * queryStride
    covariances(table, tableStride, n, dimensions, query, outputScale, out + <usize>row * outStride)
  }
}

/** The covariance matrix of `n` points, given as a table and row-major, with `noise` on the diagonal: its lower triangle. */
export function maternMatrix(
  table: usize,
  tableStride: usize,
  n: i32,
  dimensions: i32,
  points: usize,
  pointStride: usize,
  outputScale: f64,
  noise: f64,
  out: usize,
  outStride: usize,
): void {
  for (let row = 0; row < n; row++) {
    const line = out + <usize>row * outStride
    covariances(table, tableStride, row, dimensions, points + <usize>row * pointStride, outputScale, line)
    store<f64>(line + ((<usize>row) << 3), outputScale + noise)
  }
}

function covariances(
  table: usize,
  tableStride: usize,
  n: i32,
  dimensions: i32,
  query: usize,
  outputScale: f64,
  out: usize,
): void {
  const scale = f64x2.splat(outputScale)
  for (let from = 0; from < n; from += 8) {
    const at = (<usize>from) << 3
    Eight.squaredDistances(query, table + at, tableStride, dimensions)
    for (let pair: usize = 0; pair < 64; pair += 16) {
      v128.store(out + at + pair, f64x2.mul(scale, Pair.matern(v128.load(squared + pair))))
    }
  }
}
