/** Solutions of triangular systems, in place. */
import { blockSize, multiplyBelow } from './cholesky'
import { negativeInverse } from './diagonalBlock'
import { allocate, release } from './memory'
import { subtractProduct } from './product'
import { addScaled, dot } from './vector'

/** Solves L x = b. */
export function solveLower(l: usize, n: i32, stride: usize, b: usize): void {
  for (let row = 0; row < n; row++) {
    const line = l + <usize>row * stride
    const at = b + ((<usize>row) << 3)
    store<f64>(at, (load<f64>(at) - dot(line, b, row)) / load<f64>(line + ((<usize>row) << 3)))
  }
}

/** Solves L^T x = b. */
export function solveLowerTransposed(l: usize, n: i32, stride: usize, b: usize): void {
  for (let row = n - 1; row >= 0; row--) {
    const line = l + <usize>row * stride
    const at = b + ((<usize>row) << 3)
    const solved = load<f64>(at) / load<f64>(line + ((<usize>row) << 3))
    store<f64>(at, solved)
    addScaled(-solved, line, b, row)
  }
}

/** Solves L x = b for many right-hand sides, each a row of B (`rows` x `n`). */
export function solveLowerRows(l: usize, n: i32, stride: usize, b: usize, rows: i32, bStride: usize): void {
  const inverseStride: usize = blockSize << 3
  const inverse = allocate(inverseStride * blockSize)
  const panel = allocate(inverseStride * <usize>rows)
  for (let from = 0; from < n; from += blockSize) {
    const width = min(blockSize, n - from)
    const row = l + <usize>from * stride
    const column = b + ((<usize>from) << 3)
    subtractProduct(column, bStride, b, bStride, row, stride, rows, width, from)
    negativeInverse(row + ((<usize>from) << 3), width, stride, inverse, inverseStride)
    multiplyBelow(column, bStride, rows, width, inverse, panel)
  }
  release(panel)
  release(inverse)
}
