/**
 * The register tiles of dense products, four rows by eight columns. A packed panel holds eight columns of a matrix row by
 * row in one piece, zeros where it has none.
 */

/**
 * Writes to four rows of eight numbers (at c0 to c3), or adds to them, the products of four rows of `depth` numbers with a
 * panel, whose rows are `panelStride` bytes apart: 32 when it is packed.
 */
export function addTile(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  depth: i32,
  panel: usize,
  panelStride: usize,
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
  const end = panel + <usize>depth * panelStride
  let at: usize = 0
  for (let row = panel; row < end; row += panelStride) {
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

/**
 * The inner products of four rows with two rows, `depth` numbers each: of the first row with both, of the second, ..., at
 * `out`, 8 bytes for each. No row need be packed.
 */
export function innerProducts(a0: usize, aStride: usize, b0: usize, bStride: usize, depth: i32, out: usize): void {
  const a1 = a0 + aStride
  const a2 = a1 + aStride
  const a3 = a2 + aStride
  const b1 = b0 + bStride
  let s00 = f32x4.splat(0)
  let s01 = f32x4.splat(0)
  let s10 = f32x4.splat(0)
  let s11 = f32x4.splat(0)
  let s20 = f32x4.splat(0)
  let s21 = f32x4.splat(0)
  let s30 = f32x4.splat(0)
  let s31 = f32x4.splat(0)
  const whole = (<usize>(depth & ~3)) << 2
  for (let at: usize = 0; at < whole; at += 16) {
    const y0 = v128.load(b0 + at)
    const y1 = v128.load(b1 + at)
    const x0 = v128.load(a0 + at)
    s00 = f32x4.add(s00, f32x4.mul(x0, y0))
    s01 = f32x4.add(s01, f32x4.mul(x0, y1))
    const x1 = v128.load(a1 + at)
    s10 = f32x4.add(s10, f32x4.mul(x1, y0))
    s11 = f32x4.add(s11, f32x4.mul(x1, y1))
    const x2 = v128.load(a2 + at)
    s20 = f32x4.add(s20, f32x4.mul(x2, y0))
    s21 = f32x4.add(s21, f32x4.mul(x2, y1))
    const x3 = v128.load(a3 + at)
    s30 = f32x4.add(s30, f32x4.mul(x3, y0))
    s31 = f32x4.add(s31, f32x4.mul(x3, y1))
  }
  Lanes.storeSums(s00, s01, out)
  Lanes.storeSums(s10, s11, out + 8)
  Lanes.storeSums(s20, s21, out + 16)
  Lanes.storeSums(s30, s31, out + 24)
  const end = (<usize>depth) << 2
  for (let at = whole; at < end; at += 4) {
    for (let row: usize = 0; row < 4; row++) {
      const x = load<f32>(a0 + row * aStride + at)
      const to = out + (row << 3)
      store<f32>(to, load<f32>(to) + x * load<f32>(b0 + at))
      store<f32>(to, load<f32>(to, 4) + x * load<f32>(b1 + at), 4)
    }
  }
}

abstract class Lanes {
  /** The sums of the lanes of two vectors, side by side. */
  // @ts-ignore: decorator
  @inline
  static storeSums(first: v128, second: v128, out: usize): void {
    const pairs = f32x4.add(v128.shuffle<u32>(first, second, 0, 1, 4, 5), v128.shuffle<u32>(first, second, 2, 3, 6, 7))
    const sums = f32x4.add(v128.shuffle<u32>(pairs, pairs, 0, 2, 0, 2), v128.shuffle<u32>(pairs, pairs, 1, 3, 1, 3))
    v128.store64_lane(out, sums, 0)
  }
}
