/** Adam (Kingma & Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2), and checks. */

/**
 * One step in place.
 * @param rate learning rate / (1 - beta1^step) @param correction 1 / sqrt(1 - beta2^step)
 * @param shrink 1 - learning rate * decay @param share1 1 - beta1 @param share2 1 - beta2
 */
export function adam(
  values: usize,
  gradient: usize,
  first: usize,
  second: usize,
  count: i32,
  rate: f32,
  correction: f32,
  shrink: f32,
  share1: f32,
  beta2: f32,
  share2: f32,
  epsilon: f32,
  gradientScale: f32,
  minimum: f32,
  maximum: f32,
): void {
  const end = values + ((<usize>(count & ~3)) << 2)
  const toGradient = gradient - values
  const toFirst = first - values
  const toSecond = second - values
  let at = values
  for (; at < end; at += 16) {
    const g = f32x4.mul(v128.load(at + toGradient), f32x4.splat(gradientScale))
    const m0 = v128.load(at + toFirst)
    const m = f32x4.add(m0, f32x4.mul(f32x4.sub(g, m0), f32x4.splat(share1)))
    const square = f32x4.mul(f32x4.mul(g, g), f32x4.splat(share2))
    const v = f32x4.add(f32x4.mul(v128.load(at + toSecond), f32x4.splat(beta2)), square)
    v128.store(at + toFirst, m)
    v128.store(at + toSecond, v)
    const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(v), f32x4.splat(correction)), f32x4.splat(epsilon))
    const change = f32x4.div(f32x4.mul(m, f32x4.splat(rate)), denominator)
    const value = f32x4.sub(f32x4.mul(v128.load(at), f32x4.splat(shrink)), change)
    v128.store(at, f32x4.pmin(f32x4.pmax(value, f32x4.splat(minimum)), f32x4.splat(maximum)))
  }
  for (let index = count & ~3; index < count; index++, at += 4) {
    const g = load<f32>(at + toGradient) * gradientScale
    const m0 = load<f32>(at + toFirst)
    const m = m0 + (g - m0) * share1
    const v = load<f32>(at + toSecond) * beta2 + g * g * share2
    store<f32>(at + toFirst, m)
    store<f32>(at + toSecond, v)
    const change = (m * rate) / (sqrt<f32>(v) * correction + epsilon)
    store<f32>(at, min(max(load<f32>(at) * shrink - change, minimum), maximum))
  }
}

/** Sum of squares, in double precision. */
export function squaredNorm(values: usize, count: i32): f64 {
  let even = f64x2.splat(0)
  let odd = f64x2.splat(0)
  const end = values + ((<usize>(count & ~3)) << 2)
  let at = values
  for (; at < end; at += 16) {
    const x = v128.load(at)
    const low = f64x2.promote_low_f32x4(x)
    const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 0))
    even = f64x2.add(even, f64x2.mul(low, low))
    odd = f64x2.add(odd, f64x2.mul(high, high))
  }
  const both = f64x2.add(even, odd)
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1)
  for (let index = count & ~3; index < count; index++, at += 4) {
    const x = <f64>load<f32>(at)
    sum += x * x
  }
  return sum
}

export function allFinite(values: usize, count: i32): bool {
  let bad = i32x4.splat(0)
  const end = values + ((<usize>(count & ~3)) << 2)
  let at = values
  for (; at < end; at += 16) {
    const x = v128.load(at)
    // x - x is 0 unless x is infinite or no number.
    bad = v128.or(bad, f32x4.ne(f32x4.sub(x, x), f32x4.splat(0)))
  }
  if (v128.any_true(bad)) return false
  for (let index = count & ~3; index < count; index++, at += 4) {
    if (!isFinite(load<f32>(at))) return false
  }
  return true
}
