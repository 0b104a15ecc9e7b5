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
