/** Sums over contiguous numbers. */

/** The scalar product of `count` numbers at `a` and at `b`. */
export function dot(a: usize, b: usize, count: i32): f64 {
  let first = f64x2.splat(0)
  let second = f64x2.splat(0)
  let index = 0
  for (; index + 4 <= count; index += 4) {
    const at = (<usize>index) << 3
    first = f64x2.add(first, f64x2.mul(v128.load(a + at), v128.load(b + at)))
    second = f64x2.add(second, f64x2.mul(v128.load(a + at, 16), v128.load(b + at, 16)))
  }
  let sum = Lanes.sumOf(f64x2.add(first, second))
  for (; index < count; index++) {
    const at = (<usize>index) << 3
    sum += load<f64>(a + at) * load<f64>(b + at)
  }
  return sum
}

/** Adds `factor` times the numbers at `x` to those at `y`. */
export function addScaled(factor: f64, x: usize, y: usize, count: i32): void {
  const factors = f64x2.splat(factor)
  let index = 0
  for (; index + 2 <= count; index += 2) {
    const at = (<usize>index) << 3
    v128.store(y + at, f64x2.add(v128.load(y + at), f64x2.mul(factors, v128.load(x + at))))
  }
  for (; index < count; index++) {
    const at = (<usize>index) << 3
    store<f64>(y + at, load<f64>(y + at) + factor * load<f64>(x + at))
  }
}

/** Both numbers of a pair. */
export abstract class Lanes {
  // @ts-ignore: decorator
  @inline
  static sumOf(pair: v128): f64 {
    return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1)
  }
}
