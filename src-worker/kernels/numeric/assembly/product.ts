/**
 * Products of a matrix with a transposed one, C = C -+ A B^T: both are read along their rows. The innermost block is
 * four rows by two columns, whose eight pairs of sums stay in registers; the depth is cut so that a block of B stays in
 * the second-level cache.
 */
import { Lanes, dot } from './vector'

const depthOfCut = 256

/** Subtracts from C (`rows` x `columns`) the product of A (`rows` x `depth`) and the transposed B (`columns` x `depth`). */
export function subtractProduct(
  c: usize,
  cStride: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  rows: i32,
  columns: i32,
  depth: i32,
): void {
  for (let from = 0; from < depth; from += depthOfCut) {
    const at = (<usize>from) << 3
    subtractCut(c, cStride, a + at, aStride, b + at, bStride, rows, columns, min(depthOfCut, depth - from))
  }
}

function subtractCut(
  c: usize,
  cStride: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  rows: i32,
  columns: i32,
  depth: i32,
): void {
  const evenColumns = columns & ~1
  let row = 0
  for (; row + 4 <= rows; row += 4) {
    const aRow = a + <usize>row * aStride
    const cRow = c + <usize>row * cStride
    for (let column = 0; column < evenColumns; column += 2) {
      subtractBlock(cRow + ((<usize>column) << 3), cStride, aRow, aStride, b + <usize>column * bStride, bStride, depth)
    }
    if (evenColumns < columns) {
      subtractScalars(cRow, cStride, aRow, aStride, b, bStride, 4, evenColumns, columns, depth)
    }
  }
  const left = rows - row
  const aLeft = a + <usize>row * aStride
  subtractScalars(c + <usize>row * cStride, cStride, aLeft, aStride, b, bStride, left, 0, columns, depth)
}

function subtractScalars(
  c: usize,
  cStride: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  rows: i32,
  fromColumn: i32,
  columns: i32,
  depth: i32,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = fromColumn; column < columns; column++) {
      const at = c + <usize>row * cStride + ((<usize>column) << 3)
      store<f64>(at, load<f64>(at) - dot(a + <usize>row * aStride, b + <usize>column * bStride, depth))
    }
  }
}

function subtractBlock(c: usize, cStride: usize, a: usize, aStride: usize, b: usize, bStride: usize, depth: i32): void {
  let s00 = f64x2.splat(0)
  let s01 = f64x2.splat(0)
  let s10 = f64x2.splat(0)
  let s11 = f64x2.splat(0)
  let s20 = f64x2.splat(0)
  let s21 = f64x2.splat(0)
  let s30 = f64x2.splat(0)
  let s31 = f64x2.splat(0)
  let a0 = a
  let a1 = a0 + aStride
  let a2 = a1 + aStride
  let a3 = a2 + aStride
  let b0 = b
  let b1 = b0 + bStride
  const end = a + ((<usize>(depth & ~1)) << 3)
  while (a0 < end) {
    const x0 = v128.load(b0)
    const x1 = v128.load(b1)
    const y0 = v128.load(a0)
    s00 = f64x2.add(s00, f64x2.mul(y0, x0))
    s01 = f64x2.add(s01, f64x2.mul(y0, x1))
    const y1 = v128.load(a1)
    s10 = f64x2.add(s10, f64x2.mul(y1, x0))
    s11 = f64x2.add(s11, f64x2.mul(y1, x1))
    const y2 = v128.load(a2)
    s20 = f64x2.add(s20, f64x2.mul(y2, x0))
    s21 = f64x2.add(s21, f64x2.mul(y2, x1))
    const y3 = v128.load(a3)
    s30 = f64x2.add(s30, f64x2.mul(y3, x0))
    s31 = f64x2.add(s31, f64x2.mul(y3, x1))
    a0 += 16
    a1 += 16
    a2 += 16
    a3 += 16
    b0 += 16
    b1 += 16
  }
  if (depth & 1) {
    const x0 = v128.load64_zero(b0)
    const x1 = v128.load64_zero(b1)
    const y0 = v128.load64_zero(a0)
    s00 = f64x2.add(s00, f64x2.mul(y0, x0))
    s01 = f64x2.add(s01, f64x2.mul(y0, x1))
    const y1 = v128.load64_zero(a1)
    s10 = f64x2.add(s10, f64x2.mul(y1, x0))
    s11 = f64x2.add(s11, f64x2.mul(y1, x1))
    const y2 = v128.load64_zero(a2)
    s20 = f64x2.add(s20, f64x2.mul(y2, x0))
    s21 = f64x2.add(s21, f64x2.mul(y2, x1))
    const y3 = v128.load64_zero(a3)
    s30 = f64x2.add(s30, f64x2.mul(y3, x0))
    s31 = f64x2.add(s31, f64x2.mul(y3, x1))
  }
  Sums.subtractPair(c, s00, s01)
  Sums.subtractPair(c + cStride, s10, s11)
  Sums.subtractPair(c + 2 * cStride, s20, s21)
  Sums.subtractPair(c + 3 * cStride, s30, s31)
}

/** C = A A^T (`rows` x `rows`, the lower triangle) of A (`rows` x `depth`). */
export function symmetricProduct(a: usize, aStride: usize, rows: i32, depth: i32, c: usize, cStride: usize): void {
  const block = 64
  for (let row = 0; row < rows; row += block) {
    const height = min(block, rows - row)
    const width = row + height
    const cRow = c + <usize>row * cStride
    const aRow = a + <usize>row * aStride
    for (let line = 0; line < height; line++) memory.fill(cRow + <usize>line * cStride, 0, (<usize>width) << 3)
    subtractProduct(cRow, cStride, aRow, aStride, a, aStride, height, width, depth)
    for (let line = 0; line < height; line++) negate(cRow + <usize>line * cStride, width)
  }
}

/** Changes the sign of `count` numbers. */
export function negate(at: usize, count: i32): void {
  for (let index = 0; index < count; index++) {
    const number = at + ((<usize>index) << 3)
    store<f64>(number, -load<f64>(number))
  }
}

abstract class Sums {
  // @ts-ignore: decorator
  @inline
  static subtractPair(at: usize, first: v128, second: v128): void {
    // The two sums side by side, one addition for both.
    const sums = f64x2.add(v128.shuffle<f64>(first, second, 0, 2), v128.shuffle<f64>(first, second, 1, 3))
    v128.store(at, f64x2.sub(v128.load(at), sums))
  }
}
