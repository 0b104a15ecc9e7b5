/** The gradient of a convolution's weights from sparse activity. */
import {
  inputChannels,
  inputColumns,
  kernel,
  outputChannels,
  outputColumns,
  outputRows,
  padding,
  run,
  stride,
} from './convSize'
import { packColumns, putFew } from './panels'
import { addRows, panelWidth } from './sums'

const sums = memory.data(192, 16)

/**
 * The gradient of the weights: for a few samples at a time the pixels that each weight row meets an event in are listed,
 * and their gradients summed.
 * @param samplesAtOnce how many; `rows` is that times the pixels of the output
 * @param scratch weight rows * (1 + rows, twice that with values) + rows * 48 numbers
 */
export function convWeightGradientEvents(
  samples: i32,
  starts: usize,
  indices: usize,
  values: usize,
  gradient: usize,
  weightGradient: usize,
  samplesAtOnce: i32,
  scratch: usize,
): void {
  const weightRows = kernel * run
  const pixels = outputRows * outputColumns
  const listBytes = (<usize>(samplesAtOnce * pixels)) << 2
  const panel = scratch
  const ends = panel + listBytes * 48
  const lists = ends + (((<usize>(weightRows + 3)) & ~3) << 2)
  const valueOffset = values ? <usize>weightRows * listBytes : 0
  const rowBytes = (<usize>outputChannels) << 2
  for (let from = 0; from < samples; from += samplesAtOnce) {
    const to = min(samples, from + samplesAtOnce)
    for (let row = 0; row < weightRows; row++) {
      store<u32>(ends + ((<usize>row) << 2), <u32>(lists + <usize>row * listBytes))
    }
    for (let sample = from; sample < to; sample++) {
      const first = load<u32>(starts + ((<usize>sample) << 2))
      const last = load<u32>(starts + ((<usize>sample + 1) << 2))
      const pixel = (sample - from) * pixels
      for (let event = first; event < last; event++) {
        const index = <i32>load<u32>(indices + ((<usize>event) << 2))
        if (values) listPixels<f32>(index, load<f32>(values + ((<usize>event) << 2)), pixel, ends, valueOffset)
        else listPixels<i32>(index, 0, pixel, ends, 0)
      }
    }
    const rows = gradient + <usize>(from * pixels) * rowBytes
    const count = (to - from) * pixels
    if (values) sumPixels<f32>(rows, count, lists, listBytes, ends, valueOffset, weightGradient, panel, from > 0)
    else sumPixels<i32>(rows, count, lists, listBytes, ends, 0, weightGradient, panel, from > 0)
  }
}

/** Enters the pixels in whose windows an event lies into the lists of the weight rows that meet it there. */
function listPixels<F>(index: i32, value: f32, firstPixel: i32, ends: usize, valueOffset: usize): void {
  const place = index / inputChannels
  const channel = index % inputChannels
  const row = place / inputColumns + padding
  const column = (place % inputColumns) + padding
  for (let line = max(0, row - (outputRows - 1) * stride); line <= min(row, kernel - 1); line++) {
    const above = row - line
    if (stride > 1 && above % stride != 0) continue
    const pixel = firstPixel + (stride > 1 ? above / stride : above) * outputColumns
    let offset = max(0, column - (outputColumns - 1) * stride)
    const last = min(column, kernel - 1)
    let end = ends + ((<usize>((line * kernel + offset) * inputChannels + channel)) << 2)
    for (; offset <= last; offset++, end += (<usize>inputChannels) << 2) {
      const before = column - offset
      if (stride > 1 && before % stride != 0) continue
      const at = <usize>load<u32>(end)
      store<u32>(at, pixel + (stride > 1 ? before / stride : before))
      if (isFloat<F>()) store<f32>(at + valueOffset, value)
      store<u32>(end, <u32>at + 4)
    }
  }
}

function sumPixels<F>(
  rows: usize,
  count: i32,
  lists: usize,
  listBytes: usize,
  ends: usize,
  valueOffset: usize,
  weightGradient: usize,
  scratch: usize,
  add: bool,
): void {
  const weightRows = kernel * run
  for (let from = 0; from < outputChannels;) {
    const left = outputChannels - from
    const groups = panelWidth((left + 3) >> 2)
    const whole = left >= groups << 2
    // A gradient as wide as a panel is one.
    const panel = outputChannels == groups << 2 ? rows : scratch
    if (panel == scratch) packColumns(rows, count, outputChannels, from, groups, scratch)
    const panelStride = (<usize>groups) << 4
    let to = weightGradient + ((<usize>from) << 2)
    let list = lists
    for (let row = 0; row < weightRows; row++) {
      const end = <usize>load<u32>(ends + ((<usize>row) << 2))
      if (whole) {
        addRows<F>(groups, list, end, valueOffset, panel, panelStride, to, add)
      } else {
        addRows<F>(groups, list, end, valueOffset, panel, panelStride, sums, false)
        putFew(sums, to, left, add)
      }
      to += (<usize>outputChannels) << 2
      list += listBytes
    }
    from += groups << 2
  }
}
