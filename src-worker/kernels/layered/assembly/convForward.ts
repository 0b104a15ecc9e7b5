/** Convolutions of dense activity, forward: products of windows with the weights. */
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
} from './convSize'
import { packColumns, putFew } from './panels'
import { addTile } from './tiles'

const tile = memory.data(128, 16)

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
