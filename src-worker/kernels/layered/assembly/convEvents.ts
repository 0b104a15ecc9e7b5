/** Convolutions of sparse activity, forward: sums over the events in each window. */
import {
  inputChannels,
  inputColumns,
  inputRows,
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
export function findPlaces(indices: usize, first: u32, last: u32, places: usize): void {
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
