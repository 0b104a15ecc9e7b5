/** Sums over activity [steps][batch][neurons]; `width` is batch * neurons unless it says otherwise. */

const columnsAtOnce = 1024

/** out[column] = factor * the sum over the steps. */
export function meanOverSteps(activity: usize, steps: i32, width: i32, factor: f32, out: usize): void {
  const stride = (<usize>width) << 2
  for (let from = 0; from < width; from += columnsAtOnce) {
    const count = min(columnsAtOnce, width - from)
    const to = out + ((<usize>from) << 2)
    memory.fill(to, 0, (<usize>count) << 2)
    for (let step = 0; step < steps; step++) addTo(to, activity + <usize>step * stride + ((<usize>from) << 2), count)
    scale(to, count, factor)
  }
}

/** out[step] = factor * from, for every step. */
export function repeatOverSteps(from: usize, steps: i32, width: i32, factor: f32, out: usize): void {
  const stride = (<usize>width) << 2
  memory.copy(out, from, stride)
  scale(out, width, factor)
  for (let step = 1; step < steps; step++) memory.copy(out + <usize>step * stride, out, stride)
}

/** to += from. */
function addTo(to: usize, from: usize, count: i32): void {
  const whole = (<usize>(count & ~3)) << 2
  let at: usize = 0
  for (; at < whole; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)))
  for (; at < (<usize>count) << 2; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at))
}

function scale(to: usize, count: i32, factor: f32): void {
  const whole = (<usize>(count & ~3)) << 2
  let at: usize = 0
  for (; at < whole; at += 16) v128.store(to + at, f32x4.mul(v128.load(to + at), f32x4.splat(factor)))
  for (; at < (<usize>count) << 2; at += 4) store<f32>(to + at, load<f32>(to + at) * factor)
}

/** activity[step] *= mask, for steps in [fromStep, toStep). */
export function maskSteps(activity: usize, fromStep: i32, toStep: i32, width: i32, mask: usize): void {
  const stride = (<usize>width) << 2
  const whole = (<usize>(width & ~3)) << 2
  for (let step = fromStep; step < toStep; step++) {
    const to = activity + <usize>step * stride
    let at: usize = 0
    for (; at < whole; at += 16) v128.store(to + at, f32x4.mul(v128.load(to + at), v128.load(mask + at)))
    for (; at < stride; at += 4) store<f32>(to + at, load<f32>(to + at) * load<f32>(mask + at))
  }
}

export function addConstant(to: usize, count: i32, value: f32): void {
  const whole = (<usize>(count & ~3)) << 2
  let at: usize = 0
  for (; at < whole; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.splat(value)))
  for (; at < (<usize>count) << 2; at += 4) store<f32>(to + at, load<f32>(to + at) + value)
}

export function fill(to: usize, count: i32, value: f32): void {
  const whole = (<usize>(count & ~3)) << 2
  let at: usize = 0
  for (; at < whole; at += 16) v128.store(to + at, f32x4.splat(value))
  for (; at < (<usize>count) << 2; at += 4) store<f32>(to + at, value)
}

/** out[sample] = the sum over its neurons and all steps. */
export function sumSamples(activity: usize, steps: i32, batch: i32, neurons: i32, out: usize): void {
  memory.fill(out, 0, (<usize>batch) << 2)
  let at = activity
  for (let step = 0; step < steps; step++) {
    for (let sample = 0; sample < batch; sample++) {
      const to = out + ((<usize>sample) << 2)
      store<f32>(to, load<f32>(to) + sum(at, neurons))
      at += (<usize>neurons) << 2
    }
  }
}

function sum(from: usize, count: i32): f32 {
  let sums = f32x4.splat(0)
  const end = from + ((<usize>(count & ~3)) << 2)
  let at = from
  for (; at < end; at += 16) sums = f32x4.add(sums, v128.load(at))
  let total = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)
  total += f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3)
  for (let index = count & ~3; index < count; index++, at += 4) total += load<f32>(at)
  return total
}
