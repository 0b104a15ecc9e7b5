/** The inverse of A = L L^T by way of X = L^-T: A^-1 = X X^T. */
import { blockSize, multiplyBelow } from './cholesky'
import { negativeInverse } from './diagonalBlock'
import { allocate, release } from './memory'
import { negate, subtractProduct } from './product'

/** X = L^-T, upper triangular, by blocks; below the diagonal blocks X is not touched. */
export function inverseTransposed(l: usize, n: i32, stride: usize, x: usize, xStride: usize): void {
  const inverseStride: usize = blockSize << 3
  const inverse = allocate(inverseStride * blockSize)
  const panel = allocate(inverseStride * blockSize)
  for (let column = 0; column < n; column += blockSize) {
    const width = min(blockSize, n - column)
    const lRow = l + <usize>column * stride
    negativeInverse(lRow + ((<usize>column) << 3), width, stride, inverse, inverseStride)
    for (let row = 0; row <= column; row += blockSize) {
      const height = min(blockSize, n - row)
      const block = x + <usize>row * xStride + ((<usize>column) << 3)
      for (let line = 0; line < height; line++) {
        memory.fill(block + <usize>line * xStride, 0, (<usize>width) << 3)
        if (row == column) store<f64>(block + <usize>line * xStride + ((<usize>line) << 3), 1)
      }
      const from = (<usize>row) << 3
      const xRow = x + <usize>row * xStride + from
      subtractProduct(block, xStride, xRow, xStride, lRow + from, stride, height, width, column - row)
      multiplyBelow(block, xStride, height, width, inverse, panel)
    }
  }
  release(panel)
  release(inverse)
}

/** C = X X^T (the lower triangle) of an upper triangular X as `inverseTransposed` leaves it. */
export function multiplyInverse(x: usize, n: i32, xStride: usize, c: usize, cStride: usize): void {
  for (let row = 0; row < n; row += blockSize) {
    const height = min(blockSize, n - row)
    const width = row + height
    const cRow = c + <usize>row * cStride
    const from = (<usize>row) << 3
    for (let line = 0; line < height; line++) memory.fill(cRow + <usize>line * cStride, 0, (<usize>width) << 3)
    // Columns before `row` of these rows of X are zero, or not touched.
    subtractProduct(cRow, cStride, x + <usize>row * xStride + from, xStride, x + from, xStride, height, width, n - row)
    for (let line = 0; line < height; line++) negate(cRow + <usize>line * cStride, width)
  }
}
