/** Elementary functions of two numbers at once. */

/** 1.5 * 2^52: added and subtracted it rounds to an integer, which its lowest bits then hold. */
const roundingConstant: f64 = 6755399441055744

/** Functions of a pair; the methods of a class can be inlined. */
export abstract class Pair {
  /**
   * exp(x) for x <= 0; below -708 it is exp(-708). Reduction by multiples of ln 2 (in two parts, after W. J. Cody), then
   * Taylor's polynomial of degree 12 on |r| <= ln(2)/2, whose rest is below 2e-16 of the value.
   */
  // @ts-ignore: decorator
  @inline
  static exponential(x: v128): v128 {
    const clamped = f64x2.pmax(f64x2.splat(-708), x)
    const shifted = f64x2.add(f64x2.mul(clamped, f64x2.splat(1.4426950408889634)), f64x2.splat(roundingConstant))
    const n = f64x2.sub(shifted, f64x2.splat(roundingConstant))
    let r = f64x2.sub(clamped, f64x2.mul(n, f64x2.splat(6.93145751953125e-1)))
    r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(1.42860682030941723212e-6)))
    // Even and odd powers side by side: half as long a chain.
    const q = f64x2.mul(r, r)
    let even = f64x2.splat(1.0 / 479001600)
    let odd = f64x2.splat(1.0 / 39916800)
    even = f64x2.add(f64x2.mul(even, q), f64x2.splat(1.0 / 3628800))
    odd = f64x2.add(f64x2.mul(odd, q), f64x2.splat(1.0 / 362880))
    even = f64x2.add(f64x2.mul(even, q), f64x2.splat(1.0 / 40320))
    odd = f64x2.add(f64x2.mul(odd, q), f64x2.splat(1.0 / 5040))
    even = f64x2.add(f64x2.mul(even, q), f64x2.splat(1.0 / 720))
    odd = f64x2.add(f64x2.mul(odd, q), f64x2.splat(1.0 / 120))
    even = f64x2.add(f64x2.mul(even, q), f64x2.splat(1.0 / 24))
    odd = f64x2.add(f64x2.mul(odd, q), f64x2.splat(1.0 / 6))
    even = f64x2.add(f64x2.mul(even, q), f64x2.splat(0.5))
    odd = f64x2.add(f64x2.mul(odd, q), f64x2.splat(1))
    even = f64x2.add(f64x2.mul(even, q), f64x2.splat(1))
    const p = f64x2.add(even, f64x2.mul(odd, r))
    // Times 2^n: n goes into the exponent.
    return i64x2.add(p, i64x2.shl(shifted, 52))
  }

  /**
   * sin(2 pi h) for |h| <= 1/4, Taylor's polynomial of degree 15, whose rest is below 1e-11: random functions need no more.
   */
  // @ts-ignore: decorator
  @inline
  static sineOfTurns(h: v128): v128 {
    const z = f64x2.mul(h, f64x2.splat(6.283185307179586))
    const s = f64x2.mul(z, z)
    const q = f64x2.mul(s, s)
    let even = f64x2.splat(1.0 / 6227020800)
    let odd = f64x2.splat(-1.0 / 1307674368000)
    even = f64x2.add(f64x2.mul(even, q), f64x2.splat(1.0 / 362880))
    odd = f64x2.add(f64x2.mul(odd, q), f64x2.splat(-1.0 / 39916800))
    even = f64x2.add(f64x2.mul(even, q), f64x2.splat(1.0 / 120))
    odd = f64x2.add(f64x2.mul(odd, q), f64x2.splat(-1.0 / 5040))
    even = f64x2.add(f64x2.mul(even, q), f64x2.splat(1))
    odd = f64x2.add(f64x2.mul(odd, q), f64x2.splat(-1.0 / 6))
    const p = f64x2.add(even, f64x2.mul(odd, s))
    return f64x2.mul(p, z)
  }

  /** cos(2 pi u) for |u| < 2^50: an angle in turns loses nothing by leaving out the whole ones. */
  // @ts-ignore: decorator
  @inline
  static cosineOfTurns(u: v128): v128 {
    const whole = f64x2.sub(f64x2.add(u, f64x2.splat(roundingConstant)), f64x2.splat(roundingConstant))
    return Pair.sineOfTurns(f64x2.sub(f64x2.splat(0.25), f64x2.abs(f64x2.sub(u, whole))))
  }

  /** Matern's correlation with nu = 5/2 at the squared distance: (1 + s + s^2/3) exp(-s), s = sqrt(5 d2). */
  // @ts-ignore: decorator
  @inline
  static matern(squaredDistance: v128): v128 {
    const squared = f64x2.mul(squaredDistance, f64x2.splat(5))
    const s = f64x2.sqrt(squared)
    const polynomial = f64x2.add(f64x2.add(f64x2.splat(1), s), f64x2.mul(squared, f64x2.splat(1.0 / 3)))
    return f64x2.mul(polynomial, Pair.exponential(f64x2.neg(s)))
  }

  /** Minus twice the derivative of `matern` by the squared distance: 5/3 (1 + s) exp(-s). */
  // @ts-ignore: decorator
  @inline
  static maternSlope(squaredDistance: v128): v128 {
    const s = f64x2.sqrt(f64x2.mul(squaredDistance, f64x2.splat(5)))
    const polynomial = f64x2.mul(f64x2.splat(5.0 / 3), f64x2.add(f64x2.splat(1), s))
    return f64x2.mul(polynomial, Pair.exponential(f64x2.neg(s)))
  }
}
