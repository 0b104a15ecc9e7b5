/**
 * Cholesky's factorisation A = L L^T by block columns, left-looking (Golub & Van Loan, Matrix Computations, 4th ed.,
 * section 4.2): each block column is first reduced by all columns before it in one product, then its diagonal block is
 * factorised, and what lies below is multiplied by the inverse of that small block.
 */
import { negativeInverse } from './diagonalBlock'
import { allocate, release } from './memory'
import { subtractProduct } from './product'
import { dot } from './vector'

export const blockSize = 64
const blockStride: usize = blockSize << 3

/** Factorises in place. @returns 0, or 1 + the index of the first pivot that is not positive */
export function cholesky(a: usize, n: i32, stride: usize): i32 {
  const inverse = allocate(blockStride * blockSize)
  const panel = allocate(blockStride * <usize>n)
  let failed = 0
  for (let from = 0; from < n && failed == 0; from += blockSize) {
    const width = min(blockSize, n - from)
    const row = a + <usize>from * stride
    const block = row + ((<usize>from) << 3)
    subtractProduct(block, stride, row, stride, row, stride, n - from, width, from)
    const pivot = factorise(block, width, stride)
    if (pivot > 0) failed = from + pivot
    else if (from + width < n) {
      negativeInverse(block, width, stride, inverse, blockStride)
      multiplyBelow(block + <usize>width * stride, stride, n - from - width, width, inverse, panel)
    }
  }
  release(panel)
  release(inverse)
  return failed
}

/** Multiplies `rows` rows of `width` by the transposed inverse of the diagonal block, which is given with its sign changed. */
export function multiplyBelow(
  below: usize,
  stride: usize,
  rows: i32,
  width: i32,
  negativeInverse: usize,
  panel: usize,
): void {
  const bytes = (<usize>width) << 3
  for (let row = 0; row < rows; row++) {
    const at = below + <usize>row * stride
    memory.copy(panel + <usize>row * blockStride, at, bytes)
    memory.fill(at, 0, bytes)
  }
  subtractProduct(below, stride, panel, blockStride, negativeInverse, blockStride, rows, width, width)
}

/** Factorises a small block by rows. @returns 0, or 1 + the index of the pivot that is not positive */
function factorise(block: usize, width: i32, stride: usize): i32 {
  for (let row = 0; row < width; row++) {
    if (!reduceRow(block, row, stride)) return row + 1
  }
  return 0
}

/** Turns row `row` of A into that of L, given the rows before it. @returns whether its pivot is positive and finite */
function reduceRow(l: usize, row: i32, stride: usize): bool {
  const at = l + <usize>row * stride
  for (let column = 0; column < row; column++) {
    const other = l + <usize>column * stride
    const entry = at + ((<usize>column) << 3)
    store<f64>(entry, (load<f64>(entry) - dot(at, other, column)) / load<f64>(other + ((<usize>column) << 3)))
  }
  const diagonal = at + ((<usize>row) << 3)
  const pivot = load<f64>(diagonal) - dot(at, at, row)
  if (!(pivot > 0) || pivot == Infinity) return false
  store<f64>(diagonal, Math.sqrt(pivot))
  return true
}

/** Extends L by one row, which holds that row of A: O(n^2). @returns 0, or `n` + 1 when its pivot is not positive */
export function appendRow(l: usize, n: i32, stride: usize): i32 {
  return reduceRow(l, n, stride) ? 0 : n + 1
}
