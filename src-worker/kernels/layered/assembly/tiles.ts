/**
 * The register tiles of dense products, four rows by eight columns. A packed panel holds eight columns of a matrix row by
 * row in one piece, zeros where it has none.
 */

/** A row or a tile that is not wanted goes here. */
export const trash = memory.data(160, 16)

/** Writes to four rows of eight numbers (at c0 to c3), or adds to them, the products of four rows of `depth` numbers with a panel. */
export function addTile(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  depth: i32,
  panel: usize,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  add: bool,
): void {
  let s00 = f32x4.splat(0)
  let s01 = f32x4.splat(0)
  let s10 = f32x4.splat(0)
  let s11 = f32x4.splat(0)
  let s20 = f32x4.splat(0)
  let s21 = f32x4.splat(0)
  let s30 = f32x4.splat(0)
  let s31 = f32x4.splat(0)
  if (add) {
    s00 = v128.load(c0)
    s01 = v128.load(c0, 16)
    s10 = v128.load(c1)
    s11 = v128.load(c1, 16)
    s20 = v128.load(c2)
    s21 = v128.load(c2, 16)
    s30 = v128.load(c3)
    s31 = v128.load(c3, 16)
  }
  const end = panel + ((<usize>depth) << 5)
  let at: usize = 0
  for (let row = panel; row < end; row += 32) {
    const b0 = v128.load(row)
    const b1 = v128.load(row, 16)
    const x0 = v128.load32_splat(a0 + at)
    s00 = f32x4.add(s00, f32x4.mul(x0, b0))
    s01 = f32x4.add(s01, f32x4.mul(x0, b1))
    const x1 = v128.load32_splat(a1 + at)
    s10 = f32x4.add(s10, f32x4.mul(x1, b0))
    s11 = f32x4.add(s11, f32x4.mul(x1, b1))
    const x2 = v128.load32_splat(a2 + at)
    s20 = f32x4.add(s20, f32x4.mul(x2, b0))
    s21 = f32x4.add(s21, f32x4.mul(x2, b1))
    const x3 = v128.load32_splat(a3 + at)
    s30 = f32x4.add(s30, f32x4.mul(x3, b0))
    s31 = f32x4.add(s31, f32x4.mul(x3, b1))
    at += 4
  }
  v128.store(c0, s00)
  v128.store(c0, s01, 16)
  v128.store(c1, s10)
  v128.store(c1, s11, 16)
  v128.store(c2, s20)
  v128.store(c2, s21, 16)
  v128.store(c3, s30)
  v128.store(c3, s31, 16)
}

/**
 * Writes to a tile of four rows, `stride` bytes apart, or adds to it, the product of a transposed quad (`depth` rows of four numbers in one
 * piece) with a panel.
 */
export function addTransposedTile(quad: usize, depth: i32, panel: usize, c: usize, stride: usize, add: bool): void {
  const c1 = c + stride
  const c2 = c1 + stride
  const c3 = c2 + stride
  let s00 = f32x4.splat(0)
  let s01 = f32x4.splat(0)
  let s10 = f32x4.splat(0)
  let s11 = f32x4.splat(0)
  let s20 = f32x4.splat(0)
  let s21 = f32x4.splat(0)
  let s30 = f32x4.splat(0)
  let s31 = f32x4.splat(0)
  if (add) {
    s00 = v128.load(c)
    s01 = v128.load(c, 16)
    s10 = v128.load(c1)
    s11 = v128.load(c1, 16)
    s20 = v128.load(c2)
    s21 = v128.load(c2, 16)
    s30 = v128.load(c3)
    s31 = v128.load(c3, 16)
  }
  const end = panel + ((<usize>depth) << 5)
  let a = quad
  for (let row = panel; row < end; row += 32) {
    const b0 = v128.load(row)
    const b1 = v128.load(row, 16)
    const x0 = v128.load32_splat(a)
    s00 = f32x4.add(s00, f32x4.mul(x0, b0))
    s01 = f32x4.add(s01, f32x4.mul(x0, b1))
    const x1 = v128.load32_splat(a, 4)
    s10 = f32x4.add(s10, f32x4.mul(x1, b0))
    s11 = f32x4.add(s11, f32x4.mul(x1, b1))
    const x2 = v128.load32_splat(a, 8)
    s20 = f32x4.add(s20, f32x4.mul(x2, b0))
    s21 = f32x4.add(s21, f32x4.mul(x2, b1))
    const x3 = v128.load32_splat(a, 12)
    s30 = f32x4.add(s30, f32x4.mul(x3, b0))
    s31 = f32x4.add(s31, f32x4.mul(x3, b1))
    a += 16
  }
  v128.store(c, s00)
  v128.store(c, s01, 16)
  v128.store(c1, s10)
  v128.store(c1, s11, 16)
  v128.store(c2, s20)
  v128.store(c2, s21, 16)
  v128.store(c3, s30)
  v128.store(c3, s31, 16)
}
