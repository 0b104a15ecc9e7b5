/** Gradients of convolutions, tile by tile: of the input, and of the weights from dense activity. */
import {
  inputChannels,
  inputColumns,
  inputRows,
  kernel,
  outputChannels,
  outputColumns,
  outputRows,
  pad,
  paddedSize,
  padding,
  run,
  stride,
  unpad,
} from './convSize'
import { addTransposedTileTo } from './dense'
import { packColumns, packTransposed, putFew } from './panels'
import { addTile } from './tiles'

const tile = memory.data(128, 16)

/**
 * The gradient of the input: each pixel's gradient, times the weights of a row of the kernel, is added to that row of its
 * window. Four pixels go together whose windows do not overlap in a row of the kernel: four below one another, and of the rows
 * that are left over the same pixel of four samples. A few samples share the weights while these are at hand.
 *
 * What a sum begins with is a part of the result, to the last bit: the products of whole panels are added one by one to what
 * is there, but summed first in the rows that are left over.
 * @param samplesAtOnce a multiple of four
 * @param scratch kernel * (run + 8) * output channels + samplesAtOnce * padded input numbers
 */
export function convInputGradient(
  samples: i32,
  gradient: usize,
  weights: usize,
  inputGradient: usize,
  samplesAtOnce: i32,
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
  const targetBytes = (<usize>paddedSize()) << 2
  const gradientBytes = (<usize>(outputRows * outputColumns * outputChannels)) << 2
  const wholeRows = outputRows & ~3
  for (let from = 0; from < samples; from += samplesAtOnce) {
    const count = min(samplesAtOnce, samples - from)
    const to = inputGradient + <usize>from * sampleBytes
    const target = padding > 0 ? room : to
    memory.fill(target, 0, <usize>count * targetBytes)
    const g = gradient + <usize>from * gradientBytes
    for (let line = 0; line < kernel; line++) {
      const panels = scratch + <usize>(line * runPanels) * panelBytes
      for (let sample = 0; wholeRows > 0 && sample < count; sample++) {
        const at = g + <usize>sample * gradientBytes
        for (let panel = 0; panel < runPanels; panel++) {
          spreadFours(at, panels + <usize>panel * panelBytes, target + <usize>sample * targetBytes, line, panel << 3)
        }
      }
      for (let panel = 0; wholeRows < outputRows && panel < runPanels; panel++) {
        spreadRest(g, count, panels + <usize>panel * panelBytes, target, line, panel << 3)
      }
    }
    if (padding == 0) continue
    for (let sample = 0; sample < count; sample++) {
      unpad(room + <usize>sample * targetBytes, to + <usize>sample * sampleBytes)
    }
  }
}

/** Where a number of the run of a row of the kernel falls for the first pixel of a row. */
function windowAt(target: usize, row: i32, line: i32, from: i32): usize {
  return target + ((<usize>((row * stride + line) * (inputColumns + 2 * padding) * inputChannels + from)) << 2)
}

/** The rows of a sample that are whole fours. */
function spreadFours(gradient: usize, panel: usize, target: usize, line: i32, from: i32): void {
  const gradientRow = (<usize>(outputColumns * outputChannels)) << 2
  const windowRow = windowAt(0, 1, 0, 0)
  for (let row = 0; row + 4 <= outputRows; row += 4) {
    const to = windowAt(target, row, line, from)
    spreadRow(gradient + <usize>row * gradientRow, gradientRow, 4, panel, to, windowRow, min(8, run - from), true)
  }
}

/** The rows that are left over, of all samples at hand. */
function spreadRest(gradient: usize, samples: i32, panel: usize, target: usize, line: i32, from: i32): void {
  const gradientRow = (<usize>(outputColumns * outputChannels)) << 2
  const gradientBytes = <usize>outputRows * gradientRow
  const targetBytes = (<usize>paddedSize()) << 2
  const have = min(8, run - from)
  for (let row = outputRows & ~3; row < outputRows; row++) {
    for (let sample = 0; sample < samples; sample += 4) {
      const g = gradient + <usize>sample * gradientBytes + <usize>row * gradientRow
      const to = windowAt(target + <usize>sample * targetBytes, row, line, from)
      spreadRow(g, gradientBytes, min(4, samples - sample), panel, to, targetBytes, have, false)
    }
  }
}

/** Adds a row of a tile. */
function putRow(from: usize, to: usize, have: i32): void {
  if (have < 8) return putFew(from, to, have, true)
  v128.store(to, f32x4.add(v128.load(to), v128.load(from)))
  v128.store(to, f32x4.add(v128.load(to, 16), v128.load(from, 16)), 16)
}

/**
 * A row of pixels, `count` such rows at a time, up to four.
 * @param gradientStep bytes from the gradients of one row to those of the next
 * @param targetStep bytes from its windows to those of the next
 * @param there whether sums begin with what is there
 */
function spreadRow(
  gradient: usize,
  gradientStep: usize,
  count: i32,
  panel: usize,
  target: usize,
  targetStep: usize,
  have: i32,
  there: bool,
): void {
  const stepBytes = (<usize>(stride * inputChannels)) << 2
  const second: usize = count > 1 ? gradientStep : 0
  const third: usize = count > 2 ? 2 * gradientStep : 0
  const fourth: usize = count > 3 ? 3 * gradientStep : 0
  let g = gradient
  let c = target
  for (let column = 0; column < outputColumns; column++) {
    const c1 = c + targetStep
    const c2 = c1 + targetStep
    const c3 = c2 + targetStep
    if (there && have == 8) {
      addTile(g, g + second, g + third, g + fourth, outputChannels, panel, 32, c, c1, c2, c3, true)
    } else {
      const t2 = tile + 64
      addTile(g, g + second, g + third, g + fourth, outputChannels, panel, 32, tile, tile + 32, t2, t2 + 32, false)
      putRow(tile, c, have)
      if (count > 1) putRow(tile + 32, c1, have)
      if (count > 2) putRow(tile + 64, c2, have)
      if (count > 3) putRow(tile + 96, c3, have)
    }
    g += (<usize>outputChannels) << 2
    c += stepBytes
  }
}

/**
 * The gradient of the weights from dense activity: a few samples at a time are one long product.
 *
 * What a sum begins with is a part of the result, to the last bit: whole tiles are summed onto the gradient, the others from 0
 * over one sample, and then added.
 * @param scratch samplesAtOnce * (pixels * (output channels + 12) + padded input numbers)
 */
export function convWeightGradient(
  samples: i32,
  input: usize,
  gradient: usize,
  weightGradient: usize,
  samplesAtOnce: i32,
  scratch: usize,
): void {
  const pixels = outputRows * outputColumns
  const columnPanels = (outputChannels + 7) >> 3
  const panelBytes = (<usize>(samplesAtOnce * pixels)) << 5
  const quad = scratch + <usize>columnPanels * panelBytes
  const room = quad + ((<usize>(samplesAtOnce * pixels)) << 4)
  const roomBytes = (<usize>paddedSize()) << 2
  if (padding > 0) memory.fill(room, 0, <usize>samplesAtOnce * roomBytes)
  const sampleBytes = (<usize>(inputRows * inputColumns * inputChannels)) << 2
  const rowBytes = (<usize>((inputColumns + 2 * padding) * inputChannels)) << 2
  const stepBytes = (<usize>(stride * inputChannels)) << 2
  const weightBytes = (<usize>outputChannels) << 2
  for (let from = 0; from < samples; from += samplesAtOnce) {
    const count = min(samplesAtOnce, samples - from)
    const g = gradient + <usize>(from * pixels) * weightBytes
    for (let column = 0; column < columnPanels; column++) {
      packColumns(g, count * pixels, outputChannels, column << 3, 2, scratch + <usize>column * panelBytes)
    }
    for (let sample = 0; padding > 0 && sample < count; sample++) {
      pad(input + <usize>(from + sample) * sampleBytes, room + <usize>sample * roomBytes)
    }
    const windows = padding > 0 ? room : input + <usize>from * sampleBytes
    for (let line = 0; line < kernel; line++) {
      for (let position = 0; position < run; position += 4) {
        for (let sample = 0; sample < count; sample++) {
          const at = windows + <usize>sample * roomBytes + <usize>line * rowBytes + ((<usize>position) << 2)
          packQuad(at, rowBytes, stepBytes, quad + ((<usize>(sample * pixels)) << 4))
        }
        const to = weightGradient + <usize>(line * run + position) * weightBytes
        for (let column = 0; column < columnPanels; column++) {
          const panel = scratch + <usize>column * panelBytes
          const rows = run - position
          const columns = outputChannels - (column << 3)
          const c = to + ((<usize>column) << 5)
          // Whole tiles in one product, the others sample by sample.
          const parts = rows >= 4 && columns >= 8 ? 1 : count
          const depth = (count / parts) * pixels
          for (let part = 0; part < parts; part++) {
            const first = <usize>(part * depth)
            const add = from + part > 0
            addTransposedTileTo(quad + (first << 4), depth, panel + (first << 5), c, weightBytes, rows, columns, add)
          }
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
