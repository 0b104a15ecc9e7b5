/**
 * Convolutions over places whose channels lie side by side, weights [kernel row][kernel column][input channel][output
 * channel]. In a row of the kernel, column and input channel together are one run of `kernel * input channels` numbers, in
 * the weights as in the input: what is computed for a row of the kernel is a plain product.
 */

export let inputChannels: i32 = 0
export let inputRows: i32 = 0
export let inputColumns: i32 = 0
export let outputChannels: i32 = 0
export let outputRows: i32 = 0
export let outputColumns: i32 = 0
export let kernel: i32 = 0
export let stride: i32 = 0
export let padding: i32 = 0
export let run: i32 = 0

/** Sets the sizes of what is computed next. */
export function setConv(
  channels: i32,
  rows: i32,
  columns: i32,
  toChannels: i32,
  toRows: i32,
  toColumns: i32,
  size: i32,
  step: i32,
  pad: i32,
): void {
  inputChannels = channels
  inputRows = rows
  inputColumns = columns
  outputChannels = toChannels
  outputRows = toRows
  outputColumns = toColumns
  kernel = size
  stride = step
  padding = pad
  run = size * channels
}

/** Numbers of a sample with its padding. */
export function paddedSize(): i32 {
  return (inputRows + 2 * padding) * (inputColumns + 2 * padding) * inputChannels
}

/** A sample with zeros around it, in `room`, which holds zeros there already; without padding the sample itself. */
export function pad(sample: usize, room: usize): usize {
  if (padding == 0) return sample
  const bytes = (<usize>(inputColumns * inputChannels)) << 2
  const rowBytes = (<usize>((inputColumns + 2 * padding) * inputChannels)) << 2
  let to = room + <usize>padding * rowBytes + ((<usize>(padding * inputChannels)) << 2)
  let from = sample
  for (let row = 0; row < inputRows; row++) {
    memory.copy(to, from, bytes)
    to += rowBytes
    from += bytes
  }
  return room
}

/** Back from `room` to the sample. */
export function unpad(room: usize, sample: usize): void {
  const bytes = (<usize>(inputColumns * inputChannels)) << 2
  const rowBytes = (<usize>((inputColumns + 2 * padding) * inputChannels)) << 2
  let from = room + <usize>padding * rowBytes + ((<usize>(padding * inputChannels)) << 2)
  let to = sample
  for (let row = 0; row < inputRows; row++) {
    memory.copy(to, from, bytes)
    from += rowBytes
    to += bytes
  }
}
