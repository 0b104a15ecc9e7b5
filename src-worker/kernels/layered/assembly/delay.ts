/** Shifts in time: by one step, and by the whole steps of the delay of each channel. */

/** Per channel, at `scratch`: by how many bytes it is shifted. */
function prepare(delays: usize, channels: i32, steps: i32, stepBytes: usize, scratch: usize): void {
  for (let channel = 0; channel < channels; channel++) {
    const shift = min(<usize>steps, 1 + <usize>floor<f32>(load<f32>(delays + ((<usize>channel) << 2))))
    store<u32>(scratch + ((<usize>channel) << 2), <u32>(shift * stepBytes))
  }
}

/** @param delays 0: none @param scratch `channels` numbers */
export function delayForward(
  steps: i32,
  width: i32,
  channels: i32,
  spikes: usize,
  delays: usize,
  delayed: usize,
  scratch: usize,
): void {
  const stepBytes = (<usize>width) << 2
  if (delays == 0) {
    memory.fill(delayed, 0, stepBytes)
    memory.copy(delayed + stepBytes, spikes, <usize>(steps - 1) * stepBytes)
    return
  }
  prepare(delays, channels, steps, stepBytes, scratch)
  let at: usize = 0
  for (let step = 0; step < steps; step++) {
    // Numbers from here on have a step to come from when they are shifted by less.
    const begin = <usize>step * stepBytes
    for (let place = 0; place < width; place += channels) {
      for (let channel = 0; channel < channels; channel++, at += 4) {
        const shift = <usize>load<u32>(scratch + ((<usize>channel) << 2))
        store<f32>(delayed + at, shift <= begin ? load<f32>(spikes + at - shift) : 0)
      }
    }
  }
}

/** @param delays 0: none @param delayGradient 0: not wanted @param scratch 3 * `channels` + 2 numbers */
export function delayBackward(
  steps: i32,
  width: i32,
  channels: i32,
  gradient: usize,
  delays: usize,
  delayed: usize,
  spikeGradient: usize,
  delayGradient: usize,
  scratch: usize,
): void {
  const stepBytes = (<usize>width) << 2
  if (delays == 0) {
    memory.copy(spikeGradient, gradient + stepBytes, <usize>(steps - 1) * stepBytes)
    memory.fill(spikeGradient + <usize>(steps - 1) * stepBytes, 0, stepBytes)
  } else {
    prepare(delays, channels, steps, stepBytes, scratch)
    let at: usize = 0
    for (let step = 0; step < steps; step++) {
      const left = <usize>(steps - 1 - step) * stepBytes
      for (let place = 0; place < width; place += channels) {
        for (let channel = 0; channel < channels; channel++, at += 4) {
          const shift = <usize>load<u32>(scratch + ((<usize>channel) << 2))
          store<f32>(spikeGradient + at, shift <= left ? load<f32>(gradient + at + shift) : 0)
        }
      }
    }
  }
  if (delayGradient)
    gradientOfDelays(
      steps,
      width,
      channels,
      gradient,
      delayed,
      delayGradient,
      (scratch + ((<usize>channels) << 2) + 7) & ~7,
    )
}

/** Adds the products of four channels to their sums, where there are changes: 0 times infinity would be none. */
function addProducts(gradient: v128, difference: v128, changes: v128, sums: usize): void {
  const low = f64x2.mul(f64x2.promote_low_f32x4(gradient), f64x2.promote_low_f32x4(difference))
  const upperGradient = f64x2.promote_low_f32x4(v128.shuffle<u32>(gradient, gradient, 2, 3, 2, 3))
  const upperDifference = f64x2.promote_low_f32x4(v128.shuffle<u32>(difference, difference, 2, 3, 2, 3))
  const high = f64x2.mul(upperGradient, upperDifference)
  v128.store(sums, f64x2.add(v128.load(sums), v128.and(low, i64x2.extend_low_i32x4_s(changes))))
  v128.store(sums, f64x2.add(v128.load(sums, 16), v128.and(high, i64x2.extend_high_i32x4_s(changes))), 16)
}

function gradientOfDelays(
  steps: i32,
  width: i32,
  channels: i32,
  gradient: usize,
  delayed: usize,
  delayGradient: usize,
  sums: usize,
): void {
  const stepBytes = (<usize>width) << 2
  memory.fill(sums, 0, (<usize>channels) << 3)
  // Nothing arrives in the first step.
  let at = stepBytes
  for (let step = 1; step < steps; step++) {
    for (let place = 0; place < width; place += channels) {
      let channel = 0
      for (; channel + 4 <= channels; channel += 4, at += 16) {
        const difference = f32x4.sub(v128.load(delayed + at), v128.load(delayed + at - stepBytes))
        const changes = f32x4.ne(difference, f32x4.splat(0))
        // Spikes are few: most often none of four has changed.
        if (v128.any_true(changes))
          addProducts(v128.load(gradient + at), difference, changes, sums + ((<usize>channel) << 3))
      }
      for (; channel < channels; channel++, at += 4) {
        const difference = load<f32>(delayed + at) - load<f32>(delayed + at - stepBytes)
        if (difference == 0) continue
        const to = sums + ((<usize>channel) << 3)
        store<f64>(to, load<f64>(to) + <f64>load<f32>(gradient + at) * <f64>difference)
      }
    }
  }
  for (let channel = 0; channel < channels; channel++) {
    store<f32>(delayGradient + ((<usize>channel) << 2), -(<f32>load<f64>(sums + ((<usize>channel) << 3))))
  }
}
