/** The gradient of the log marginal likelihood by the log lengthscales (Rasmussen & Williams 2006, eq. 5.9). */
import { Eight, squared } from './distance'
import { Pair } from './functions'
import { Lanes } from './vector'

/**
 * Adds up 1/2 sum_ij (alpha_i alpha_j - K^-1_ij) dK_ij / d ln(lengthscale_d) for every dimension d; on scaled coordinates
 * dK_ij / d ln(lengthscale_d) = outputScale * 5/3 (1 + s) exp(-s) (x_id - x_jd)^2.
 * @param inverse lower triangle of K^-1, rows with room for a multiple of eight; what is right of the diagonal is ignored
 * @param weights room for eight numbers
 * @param out `dimensions` numbers
 */
export function likelihoodGradient(
  table: usize,
  tableStride: usize,
  n: i32,
  dimensions: i32,
  points: usize,
  pointStride: usize,
  outputScale: f64,
  alpha: usize,
  inverse: usize,
  inverseStride: usize,
  weights: usize,
  out: usize,
): void {
  for (let dimension = 0; dimension < dimensions; dimension++) store<f64>(out + ((<usize>dimension) << 3), 0)
  for (let row = 1; row < n; row++) {
    const point = points + <usize>row * pointStride
    const line = inverse + <usize>row * inverseStride
    const factor = f64x2.splat(load<f64>(alpha + ((<usize>row) << 3)))
    for (let from = 0; from < row; from += 8) {
      const at = (<usize>from) << 3
      Eight.squaredDistances(point, table + at, tableStride, dimensions)
      for (let pair: usize = 0; pair < 64; pair += 16) {
        const difference = f64x2.sub(f64x2.mul(factor, v128.load(alpha + at + pair)), v128.load(line + at + pair))
        v128.store(weights + pair, f64x2.mul(difference, Pair.maternSlope(v128.load(squared + pair))))
      }
      for (let beyond = row - from; beyond < 8; beyond++) store<f64>(weights + ((<usize>beyond) << 3), 0)
      Weighted.addWeighted(point, table + at, tableStride, dimensions, weights, out)
    }
  }
  // Each pair counts twice, and half of it is asked for.
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const at = out + ((<usize>dimension) << 3)
    store<f64>(at, load<f64>(at) * outputScale)
  }
}

abstract class Weighted {
  // @ts-ignore: decorator
  @inline
  static addWeighted(
    point: usize,
    table: usize,
    tableStride: usize,
    dimensions: i32,
    weights: usize,
    out: usize,
  ): void {
    const w0 = v128.load(weights)
    const w1 = v128.load(weights, 16)
    const w2 = v128.load(weights, 32)
    const w3 = v128.load(weights, 48)
    let column = table
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const place = (<usize>dimension) << 3
      const coordinate = v128.load64_splat(point + place)
      const d0 = f64x2.sub(v128.load(column), coordinate)
      const d1 = f64x2.sub(v128.load(column, 16), coordinate)
      const d2 = f64x2.sub(v128.load(column, 32), coordinate)
      const d3 = f64x2.sub(v128.load(column, 48), coordinate)
      const first = f64x2.add(f64x2.mul(w0, f64x2.mul(d0, d0)), f64x2.mul(w1, f64x2.mul(d1, d1)))
      const second = f64x2.add(f64x2.mul(w2, f64x2.mul(d2, d2)), f64x2.mul(w3, f64x2.mul(d3, d3)))
      store<f64>(out + place, load<f64>(out + place) + Lanes.sumOf(f64x2.add(first, second)))
      column += tableStride
    }
  }
}
