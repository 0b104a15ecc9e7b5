/**
 * Convolutions over places whose channels lie side by side, weights [kernel row][kernel column][input channel][output
 * channel]. In a row of the kernel, column and input channel together are one run of `kernel * input channels` numbers, in
 * the weights as in the input: what is computed for a row of the kernel is a plain product.
 */
import { packColumns, packTransposed, putFew } from './panels'
import { addRows, panelWidth } from './sums'
import { addTransposedTileTo } from './dense'
import { addTile } from './tiles'

const tile = memory.data(128, 16)

let inputChannels: i32 = 0
let inputRows: i32 = 0
let inputColumns: i32 = 0
let outputChannels: i32 = 0
let outputRows: i32 = 0
let outputColumns: i32 = 0
let kernel: i32 = 0
let stride: i32 = 0
let padding: i32 = 0
let run: i32 = 0

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

/**
 * Forward, pixel by pixel of the output: the events in its window are listed with the rows of the weights that they meet,
 * which are then summed.
 * @param scratch (rows * columns of the input + 1) + 2 * weight rows + weight rows * (output channels + 48) numbers
 */
export function convForwardEvents(
  samples: i32,
  starts: usize,
  indices: usize,
  values: usize,
  weights: usize,
  currents: usize,
  scratch: usize,
): void {
  const weightRows = kernel * run
  const places = scratch
  const list = places + (((<usize>(inputRows * inputColumns + 4)) & ~3) << 2)
  const listValues = list + (((<usize>(weightRows + 3)) & ~3) << 2)
  const panels = listValues + (((<usize>(weightRows + 3)) & ~3) << 2)
  packPanels(weights, weightRows, panels)
  let out = currents
  for (let sample = 0; sample < samples; sample++) {
    const first = load<u32>(starts + ((<usize>sample) << 2))
    const last = load<u32>(starts + ((<usize>sample + 1) << 2))
    findPlaces(indices, first, last, places)
    for (let row = 0; row < outputRows; row++) {
      for (let column = 0; column < outputColumns; column++) {
        if (values) {
          const count = listWindow<f32>(row, column, indices, values, places, list, listValues)
          sumPanels<f32>(list, count, listValues - list, weightRows, panels, out)
        } else {
          const count = listWindow<i32>(row, column, indices, values, places, list, listValues)
          sumPanels<i32>(list, count, 0, weightRows, panels, out)
        }
        out += (<usize>outputChannels) << 2
      }
    }
  }
}

function packPanels(weights: usize, weightRows: i32, panels: usize): void {
  let panel = panels
  for (let from = 0; from < outputChannels;) {
    const groups = panelWidth((outputChannels - from + 3) >> 2)
    packColumns(weights, weightRows, outputChannels, from, groups, panel)
    panel += (<usize>(weightRows * groups)) << 4
    from += groups << 2
  }
}

/** Where the events of each place of the input begin, and one more. */
function findPlaces(indices: usize, first: u32, last: u32, places: usize): void {
  const count = inputRows * inputColumns
  let place = 0
  let beyond: u32 = 0
  for (let event = first; event < last; event++) {
    const index = load<u32>(indices + ((<usize>event) << 2))
    while (beyond <= index) {
      store<u32>(places + ((<usize>place) << 2), event)
      place++
      beyond += inputChannels
    }
  }
  for (; place <= count; place++) store<u32>(places + ((<usize>place) << 2), last)
}

function listWindow<F>(
  row: i32,
  column: i32,
  indices: usize,
  values: usize,
  places: usize,
  list: usize,
  listValues: usize,
): usize {
  const left = column * stride - padding
  const from = max(0, left)
  const to = min(inputColumns, left + kernel)
  let count: usize = 0
  if (from >= to) return 0
  for (let line = 0; line < kernel; line++) {
    const inputRow = row * stride - padding + line
    if (inputRow < 0 || inputRow >= inputRows) continue
    const place = inputRow * inputColumns
    let event = <usize>load<u32>(places + ((<usize>(place + from)) << 2))
    const last = <usize>load<u32>(places + ((<usize>(place + to)) << 2))
    const base = line * run - (place + left) * inputChannels
    for (; event < last; event++) {
      store<u32>(list + (count << 2), load<u32>(indices + (event << 2)) + base)
      if (isFloat<F>()) store<f32>(listValues + (count << 2), load<f32>(values + (event << 2)))
      count++
    }
  }
  return count
}

function sumPanels<F>(list: usize, count: usize, offset: usize, weightRows: i32, panels: usize, out: usize): void {
  const last = list + (count << 2)
  let panel = panels
  for (let from = 0; from < outputChannels;) {
    const left = outputChannels - from
    const groups = panelWidth((left + 3) >> 2)
    const to = out + ((<usize>from) << 2)
    if (left >= groups << 2) {
      addRows<F>(groups, list, last, offset, panel, (<usize>groups) << 4, to, false)
    } else {
      addRows<F>(groups, list, last, offset, panel, (<usize>groups) << 4, sums, false)
      putFew(sums, to, left, false)
    }
    panel += (<usize>(weightRows * groups)) << 4
    from += groups << 2
  }
}

const sums = memory.data(192, 16)

/** Numbers of a sample with its padding. */
function paddedSize(): i32 {
  return (inputRows + 2 * padding) * (inputColumns + 2 * padding) * inputChannels
}

/** A sample with zeros around it, in `room`, which holds zeros there already; without padding the sample itself. */
function pad(sample: usize, room: usize): usize {
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

/**
 * Forward of dense activity: four pixels and eight output channels at a time.
 * @param scratch kernel * run * (output channels + 12) + 64 + padded input numbers
 */
export function convForward(samples: i32, input: usize, weights: usize, currents: usize, scratch: usize): void {
  const weightRows = kernel * run
  const panelBytes = (<usize>weightRows) << 5
  const columnPanels = (outputChannels + 7) >> 3
  for (let column = 0; column < columnPanels; column++) {
    packColumns(weights, weightRows, outputChannels, column << 3, 2, scratch + <usize>column * panelBytes)
  }
  const patches = scratch + <usize>columnPanels * panelBytes
  const room = patches + ((((<usize>(weightRows + 3)) & ~3) + 16) << 4)
  if (padding > 0) memory.fill(room, 0, (<usize>paddedSize()) << 2)
  const sampleBytes = (<usize>(inputRows * inputColumns * inputChannels)) << 2
  const pixels = outputRows * outputColumns
  const pixelBytes = (<usize>outputChannels) << 2
  let out = currents
  for (let sample = 0; sample < samples; sample++) {
    const padded = pad(input + <usize>sample * sampleBytes, room)
    for (let pixel = 0; pixel < pixels; pixel += 4) {
      const left = min(4, pixels - pixel)
      packPatches(padded, pixel, left, patches)
      for (let column = 0; column < columnPanels; column++) {
        const have = min(8, outputChannels - (column << 3))
        const to = out + ((<usize>column) << 5)
        multiplyPatches(patches, weightRows, scratch + <usize>column * panelBytes, to, pixelBytes, left, have)
      }
      out += <usize>left * pixelBytes
    }
  }
}

/** The windows of up to four pixels, one after the other. */
function packPatches(padded: usize, pixel: i32, count: i32, patches: usize): void {
  const rowBytes = (<usize>((inputColumns + 2 * padding) * inputChannels)) << 2
  const stepBytes = (<usize>(stride * inputChannels)) << 2
  const runBytes = (<usize>run) << 2
  const patchBytes = ((<usize>(kernel * run + 3)) & ~3) << 2
  for (let index = 0; index < count; index++) {
    let from = padded + windowAt(pixel + index, rowBytes, stepBytes)
    let to = patches + <usize>index * patchBytes
    for (let line = 0; line < kernel; line++) {
      // In fours: what is copied beyond the run is overwritten by the next.
      for (let at: usize = 0; at < runBytes; at += 16) v128.store(to + at, v128.load(from + at))
      from += rowBytes
      to += runBytes
    }
  }
}

function multiplyPatches(
  patches: usize,
  weightRows: i32,
  panel: usize,
  out: usize,
  pixelBytes: usize,
  count: i32,
  have: i32,
): void {
  const patchBytes = ((<usize>(weightRows + 3)) & ~3) << 2
  const a1 = patches + patchBytes
  const a2 = a1 + patchBytes
  const a3 = a2 + patchBytes
  if (count == 4 && have == 8) {
    const c2 = out + 2 * pixelBytes
    addTile(patches, a1, a2, a3, weightRows, panel, 32, out, out + pixelBytes, c2, c2 + pixelBytes, false)
    return
  }
  // Of fewer pixels than four the rest is what was there before, and is not used.
  addTile(patches, a1, a2, a3, weightRows, panel, 32, tile, tile + 32, tile + 64, tile + 96, false)
  for (let index = 0; index < count; index++) {
    putFew(tile + ((<usize>index) << 5), out + <usize>index * pixelBytes, have, false)
  }
}

/** Where the window of a pixel of the output begins in a padded sample. */
function windowAt(pixel: i32, rowBytes: usize, stepBytes: usize): usize {
  return <usize>((pixel / outputColumns) * stride) * rowBytes + <usize>(pixel % outputColumns) * stepBytes
}

/**
 * The gradient of the input: each pixel's gradient, times the weights of a row of the kernel, is added to that row of its
 * window. Four pixels below one another go together: in a row of the kernel their windows do not overlap.
 * @param scratch kernel * (run + 8) * output channels + padded input numbers
 */
export function convInputGradient(
  samples: i32,
  gradient: usize,
  weights: usize,
  inputGradient: usize,
  scratch: usize,
): void {
  const panelBytes = (<usize>outputChannels) << 5
  const runPanels = (run + 7) >> 3
  for (let line = 0; line < kernel; line++) {
    const from = weights + ((<usize>(line * run) * <usize>outputChannels) << 2)
    for (let panel = 0; panel < runPanels; panel++) {
      packTransposed(from, run, outputChannels, panel << 3, scratch + <usize>(line * runPanels + panel) * panelBytes)
    }
  }
  const room = scratch + <usize>(kernel * runPanels) * panelBytes
  const sampleBytes = (<usize>(inputRows * inputColumns * inputChannels)) << 2
  const pixels = outputRows * outputColumns
  const gradientBytes = (<usize>(pixels * outputChannels)) << 2
  for (let sample = 0; sample < samples; sample++) {
    const to = inputGradient + <usize>sample * sampleBytes
    const target = padding > 0 ? room : to
    memory.fill(target, 0, (<usize>paddedSize()) << 2)
    for (let line = 0; line < kernel; line++) {
      for (let panel = 0; panel < runPanels; panel++) {
        const at = scratch + <usize>(line * runPanels + panel) * panelBytes
        spreadPanel(gradient + <usize>sample * gradientBytes, at, target, line, panel << 3)
      }
    }
    if (padding > 0) unpad(room, to)
  }
}

function spreadPanel(gradient: usize, panel: usize, target: usize, line: i32, from: i32): void {
  const rowBytes = (<usize>((inputColumns + 2 * padding) * inputChannels)) << 2
  const have = min(8, run - from)
  const gradientRow = (<usize>(outputColumns * outputChannels)) << 2
  const stepRow = <usize>stride * rowBytes
  for (let row = 0; row < outputRows; row += 4) {
    const left = min(4, outputRows - row)
    const whole = left == 4 && have == 8
    let g0 = gradient + <usize>row * gradientRow
    let c = target + <usize>(row * stride + line) * rowBytes + ((<usize>from) << 2)
    const second: usize = left > 1 ? gradientRow : 0
    const third: usize = left > 2 ? 2 * gradientRow : 0
    const fourth: usize = left > 3 ? 3 * gradientRow : 0
    for (let column = 0; column < outputColumns; column++) {
      const g1 = g0 + second
      const g2 = g0 + third
      const g3 = g0 + fourth
      if (whole) {
        addTile(g0, g1, g2, g3, outputChannels, panel, 32, c, c + stepRow, c + 2 * stepRow, c + 3 * stepRow, true)
      } else {
        addTile(g0, g1, g2, g3, outputChannels, panel, 32, tile, tile + 32, tile + 64, tile + 96, false)
        for (let line = 0; line < left; line++)
          putFew(tile + ((<usize>line) << 5), c + <usize>line * stepRow, have, true)
      }
      g0 += (<usize>outputChannels) << 2
      c += (<usize>(stride * inputChannels)) << 2
    }
  }
}

function unpad(room: usize, sample: usize): void {
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

/**
 * The gradient of the weights from dense activity.
 * @param scratch pixels * (output channels + 12) + padded input numbers
 */
export function convWeightGradient(
  samples: i32,
  input: usize,
  gradient: usize,
  weightGradient: usize,
  scratch: usize,
): void {
  const pixels = outputRows * outputColumns
  const columnPanels = (outputChannels + 7) >> 3
  const panelBytes = (<usize>pixels) << 5
  const quad = scratch + <usize>columnPanels * panelBytes
  const room = quad + ((<usize>pixels) << 4)
  if (padding > 0) memory.fill(room, 0, (<usize>paddedSize()) << 2)
  const sampleBytes = (<usize>(inputRows * inputColumns * inputChannels)) << 2
  const rowBytes = (<usize>((inputColumns + 2 * padding) * inputChannels)) << 2
  const stepBytes = (<usize>(stride * inputChannels)) << 2
  const weightBytes = (<usize>outputChannels) << 2
  for (let sample = 0; sample < samples; sample++) {
    const from = gradient + <usize>sample * <usize>pixels * weightBytes
    for (let column = 0; column < columnPanels; column++) {
      packColumns(from, pixels, outputChannels, column << 3, 2, scratch + <usize>column * panelBytes)
    }
    const padded = pad(input + <usize>sample * sampleBytes, room)
    for (let line = 0; line < kernel; line++) {
      for (let position = 0; position < run; position += 4) {
        packQuad(padded + <usize>line * rowBytes + ((<usize>position) << 2), rowBytes, stepBytes, quad)
        const to = weightGradient + <usize>(line * run + position) * weightBytes
        for (let column = 0; column < columnPanels; column++) {
          addTransposedTileTo(
            quad,
            pixels,
            scratch + <usize>column * panelBytes,
            to + ((<usize>column) << 5),
            weightBytes,
            run - position,
            outputChannels - (column << 3),
            sample > 0,
          )
        }
      }
    }
  }
}

/** Four numbers of the window of every pixel; beyond the run they are of no use, and not used. */
function packQuad(from: usize, rowBytes: usize, stepBytes: usize, quad: usize): void {
  let to = quad
  for (let row = 0; row < outputRows; row++) {
    let at = from + <usize>(row * stride) * rowBytes
    for (let column = 0; column < outputColumns; column++) {
      v128.store(to, v128.load(at))
      to += 16
      at += stepBytes
    }
  }
}
