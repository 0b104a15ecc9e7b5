/** Elementary functions of four numbers at once. */

/** 1.5 * 2^23: added and subtracted it rounds to a whole number, which its lowest bits then hold. */
const roundingConstant: f32 = 12582912

export abstract class Four {
  /**
   * exp(x) for x <= 0 with a relative error below 3e-7; below -87 it is exp(-87). Reduction by multiples of ln 2 in two
   * parts (Cody & Waite), then a polynomial on |r| <= ln(2)/2: Taylor's of degree 7, whose rest is below 1e-8.
   */
  // @ts-ignore: decorator
  @inline
  static exponential(x: v128): v128 {
    const clamped = f32x4.pmax(f32x4.splat(-87), x)
    const shifted = f32x4.add(f32x4.mul(clamped, f32x4.splat(1.44269504)), f32x4.splat(roundingConstant))
    const n = f32x4.sub(shifted, f32x4.splat(roundingConstant))
    let r = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)))
    r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.1219444e-4)))
    const q = f32x4.mul(r, r)
    const odd3 = f32x4.add(f32x4.mul(f32x4.splat(1.0 / 5040), q), f32x4.splat(1.0 / 120))
    const odd2 = f32x4.add(f32x4.mul(odd3, q), f32x4.splat(1.0 / 6))
    const odd1 = f32x4.add(f32x4.mul(odd2, q), f32x4.splat(1))
    const even3 = f32x4.add(f32x4.mul(f32x4.splat(1.0 / 720), q), f32x4.splat(1.0 / 24))
    const even2 = f32x4.add(f32x4.mul(even3, q), f32x4.splat(0.5))
    const even1 = f32x4.add(f32x4.mul(even2, q), f32x4.splat(1))
    const p = f32x4.add(f32x4.mul(odd1, r), even1)
    // Times 2^n: n goes into the exponent.
    return i32x4.add(p, i32x4.shl(shifted, 23))
  }

  /** The two lower numbers as doubles. */
  // @ts-ignore: decorator
  @inline
  static low(x: v128): v128 {
    return f64x2.promote_low_f32x4(x)
  }

  /** The two upper numbers as doubles. */
  // @ts-ignore: decorator
  @inline
  static high(x: v128): v128 {
    return f64x2.promote_low_f32x4(v128.shuffle<u64>(x, x, 1, 0))
  }

  /** Two pairs of doubles as four numbers. */
  // @ts-ignore: decorator
  @inline
  static joined(low: v128, high: v128): v128 {
    return v128.shuffle<u64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
  }
}
