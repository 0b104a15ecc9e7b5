/** Sums over windows of each channel, times one weight. The last windows may reach beyond the input, where nothing is. */

export function poolForward(
  samples: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  toRows: i32,
  toColumns: i32,
  kernel: i32,
  stride: i32,
  weight: f32,
  input: usize,
  out: usize,
): void {
  const place = (<usize>channels) << 2
  const factor = f32x4.splat(weight)
  const whole = (<usize>(channels & ~3)) << 2
  let to = out
  for (let sample = 0; sample < samples; sample++) {
    const from = input + <usize>sample * <usize>(rows * columns) * place
    for (let row = 0; row < toRows; row++) {
      const lines = min(kernel, rows - row * stride)
      for (let column = 0; column < toColumns; column++) {
        const places = min(kernel, columns - column * stride)
        const corner = from + <usize>(row * stride * columns + column * stride) * place
        let channel: usize = 0
        for (; channel < whole; channel += 16) {
          let sum = f32x4.splat(0)
          for (let line = 0; line < lines; line++) {
            let at = corner + <usize>(line * columns) * place + channel
            for (let offset = 0; offset < places; offset++, at += place) sum = f32x4.add(sum, v128.load(at))
          }
          v128.store(to + channel, f32x4.mul(sum, factor))
        }
        for (; channel < place; channel += 4) {
          let sum: f32 = 0
          for (let line = 0; line < lines; line++) {
            let at = corner + <usize>(line * columns) * place + channel
            for (let offset = 0; offset < places; offset++, at += place) sum += load<f32>(at)
          }
          store<f32>(to + channel, sum * weight)
        }
        to += place
      }
    }
  }
}

export function poolInputGradient(
  samples: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  toRows: i32,
  toColumns: i32,
  kernel: i32,
  stride: i32,
  weight: f32,
  gradient: usize,
  inputGradient: usize,
): void {
  const place = (<usize>channels) << 2
  const factor = f32x4.splat(weight)
  const whole = (<usize>(channels & ~3)) << 2
  const sampleBytes = <usize>(rows * columns) * place
  let from = gradient
  for (let sample = 0; sample < samples; sample++) {
    const to = inputGradient + <usize>sample * sampleBytes
    memory.fill(to, 0, sampleBytes)
    for (let row = 0; row < toRows; row++) {
      const lines = min(kernel, rows - row * stride)
      for (let column = 0; column < toColumns; column++) {
        const places = min(kernel, columns - column * stride)
        for (let line = 0; line < lines; line++) {
          let at = to + <usize>((row * stride + line) * columns + column * stride) * place
          for (let offset = 0; offset < places; offset++, at += place) {
            let channel: usize = 0
            for (; channel < whole; channel += 16) {
              const sum = f32x4.add(v128.load(at + channel), f32x4.mul(v128.load(from + channel), factor))
              v128.store(at + channel, sum)
            }
            for (; channel < place; channel += 4) {
              store<f32>(at + channel, load<f32>(at + channel) + load<f32>(from + channel) * weight)
            }
          }
        }
        from += place
      }
    }
  }
}
