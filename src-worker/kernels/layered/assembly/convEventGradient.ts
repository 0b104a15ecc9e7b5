/**
 * The gradient of a convolution's weights from sparse activity: for some columns of a row of the kernel, the pixels that each
 * of their weights meets an event in are listed, and their gradients summed. So few lists are made at a time that they stay in
 * the first-level cache, and of a piece of the pixels, so that their gradients do.
 *
 * What a sum begins with is a part of the result, to the last bit: channels of whole panels are summed onto the gradient, the
 * others from 0 over `samplesAtOnce` samples, and then added.
 */
import { findPlaces } from './convEvents'
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

/** Lists at a time, unless a place of the input has more channels. */
const mostLists = 96

/** u32 [samples][places + 1]: where the events of each place begin. */
let places: usize = 0
/** u32 [events]: column and channel of each, from `firstEvent` on. */
let entries: usize = 0
let firstEvent: u32 = 0
/** The lists at hand, one for each weight row, and u32 [lists]: where each ends; values lie `valueOffset` bytes on. */
let lists: usize = 0
let listBytes: usize = 0
let ends: usize = 0
let valueOffset: usize = 0
/** Channels of whole panels, which come first, and groups of four of the others, whose sums are apart. */
let whole: i32 = 0
let rest: i32 = 0
let sums: usize = 0
/** The gradients of a piece of `pieceRows` pixels: in panels, or as they are. */
let packed: bool = false
let piece: usize = 0
let pieceRows: i32 = 0

/**
 * The gradient of the weights. A line is a row of pixels of the output.
 * @param linesAtOnce in a piece; `rows` is that times the columns of the output
 * @param packs whether the gradients of a piece are put into panels first: it pays where each is met often
 * @param scratch samplesAtOnce * (rows * columns of the input + 1) + the events of as many samples + (input channels + 96) * (1 +
 * rows, twice that with values) + (rows + weight rows) * (output channels + 48) numbers
 */
export function convWeightGradientEvents(
  samples: i32,
  starts: usize,
  indices: usize,
  values: usize,
  gradient: usize,
  weightGradient: usize,
  samplesAtOnce: i32,
  linesAtOnce: i32,
  packs: bool,
  scratch: usize,
): void {
  const columnsAtOnce = max(1, min(kernel, mostLists / inputChannels))
  const listCount = <usize>(columnsAtOnce * inputChannels)
  const placeBytes = (<usize>(inputRows * inputColumns + 1)) << 2
  splitChannels()
  packed = packs
  listBytes = (<usize>(linesAtOnce * outputColumns)) << 2
  valueOffset = values ? listCount * listBytes : 0
  sums = scratch + (packs ? listBytes * <usize>(whole + (rest << 2)) : 0)
  ends = sums + ((<usize>(kernel * run * rest)) << 4)
  lists = ends + (listCount << 2)
  places = lists + listCount * listBytes + valueOffset
  entries = places + <usize>samplesAtOnce * placeBytes
  for (let from = 0; from < samples; from += samplesAtOnce) {
    const count = min(samples - from, samplesAtOnce)
    firstEvent = load<u32>(starts + ((<usize>from) << 2))
    for (let sample = 0; sample < count; sample++) {
      const at = starts + ((<usize>(from + sample)) << 2)
      findPlaces(indices, load<u32>(at), load<u32>(at, 4), places + <usize>sample * placeBytes)
    }
    splitIndices(indices, load<u32>(starts + ((<usize>(from + count)) << 2)))
    const lines = count * outputRows
    for (let line = 0; line < lines; line += linesAtOnce) {
      const end = min(lines, line + linesAtOnce)
      const pixel = <usize>((from * outputRows + line) * outputColumns)
      pieceRows = (end - line) * outputColumns
      piece = gradient + ((pixel * <usize>outputChannels) << 2)
      if (packs) packPanels(scratch)
      for (let kernelRow = 0; kernelRow < kernel; kernelRow++) {
        for (let column = 0; column < kernel; column += columnsAtOnce) {
          const columns = min(kernel - column, columnsAtOnce)
          const row = (kernelRow * kernel + column) * inputChannels
          if (values) {
            listPixels<f32>(line, end, kernelRow, column, columns, values)
            sumLists<f32>(row, columns * inputChannels, weightGradient, from + line > 0, line > 0)
          } else {
            listPixels<i32>(line, end, kernelRow, column, columns, 0)
            sumLists<i32>(row, columns * inputChannels, weightGradient, from + line > 0, line > 0)
          }
        }
      }
    }
    if (rest > 0) addSums(weightGradient, from > 0)
  }
}

function splitChannels(): void {
  whole = 0
  while (outputChannels - whole >= panelWidth((outputChannels - whole + 3) >> 2) << 2 && whole < outputChannels) {
    whole += panelWidth((outputChannels - whole + 3) >> 2) << 2
  }
  rest = panelWidth((outputChannels - whole + 3) >> 2)
}

/** The panels of a piece one after the other, the last one padded. */
function packPanels(panels: usize): void {
  let panel = panels
  for (let from = 0; from < outputChannels;) {
    const groups = panelWidth((outputChannels - from + 3) >> 2)
    packColumns(piece, pieceRows, outputChannels, from, groups, panel)
    panel += (<usize>pieceRows * <usize>groups) << 4
    from += groups << 2
  }
  piece = panels
}

/** Column and channel of each event up to `last`, in one number. */
function splitIndices(indices: usize, last: u32): void {
  let to = entries
  for (let event = firstEvent; event < last; event++) {
    const index = <i32>load<u32>(indices + ((<usize>event) << 2))
    const place = index / inputChannels
    store<u32>(to, ((<u32>(place % inputColumns)) << 16) | (<u32>(index - place * inputChannels)))
    to += 4
  }
}

/** Lists the pixels of the lines of a piece that see an event at `columns` places of a row of the kernel, by the weight met. */
function listPixels<F>(
  firstLine: i32,
  lastLine: i32,
  kernelRow: i32,
  firstColumn: i32,
  columns: i32,
  values: usize,
): void {
  for (let list = 0; list < columns * inputChannels; list++) {
    store<u32>(ends + ((<usize>list) << 2), <u32>(lists + <usize>list * listBytes))
  }
  const reach = (outputColumns - 1) * stride
  const fromColumn = max(0, firstColumn - padding)
  const toColumn = min(inputColumns, firstColumn + columns - padding + reach)
  if (fromColumn >= toColumn) return
  let sample = firstLine / outputRows
  let row = firstLine % outputRows
  let pixel = 0
  for (let line = firstLine; line < lastLine; line++, pixel += outputColumns) {
    const inputRow = row * stride + kernelRow - padding
    if (inputRow >= 0 && inputRow < inputRows) {
      const place = places + ((<usize>(sample * (inputRows * inputColumns + 1) + inputRow * inputColumns)) << 2)
      const endOfLine = load<u32>(place + ((<usize>toColumn) << 2))
      for (let event = load<u32>(place + ((<usize>fromColumn) << 2)); event < endOfLine; event++) {
        const entry = load<u32>(entries + ((<usize>(event - firstEvent)) << 2))
        const eventColumn = <i32>(entry >>> 16) + padding
        let end = ends + ((<usize>(entry & 0xffff)) << 2)
        let offset = firstColumn
        let last = firstColumn
        if (columns > 1) {
          offset = max(firstColumn, eventColumn - reach)
          last = min(firstColumn + columns - 1, eventColumn)
          end += (<usize>((offset - firstColumn) * inputChannels)) << 2
        }
        do {
          const before = eventColumn - offset
          if (stride == 1 || before % stride == 0) {
            const at = <usize>load<u32>(end)
            store<u32>(at, pixel + (stride == 1 ? before : before / stride))
            if (isFloat<F>()) store<f32>(at + valueOffset, load<f32>(values + ((<usize>event) << 2)))
            store<u32>(end, <u32>at + 4)
          }
          end += (<usize>inputChannels) << 2
        } while (++offset <= last)
      }
    }
    if (++row == outputRows) {
      row = 0
      sample++
    }
  }
}

/** Sums the lists at hand into `count` weight rows from `row` on. @param adds the same of the sums apart */
function sumLists<F>(row: i32, count: i32, weightGradient: usize, add: bool, adds: bool): void {
  const rowBytes = (<usize>outputChannels) << 2
  const to = weightGradient + <usize>row * rowBytes
  let panel = piece
  for (let from = 0; from < whole;) {
    const groups = panelWidth((outputChannels - from + 3) >> 2)
    sumPanel<F>(groups, panel, count, to + ((<usize>from) << 2), rowBytes, add)
    panel += packed ? (<usize>pieceRows * <usize>groups) << 4 : (<usize>groups) << 4
    from += groups << 2
  }
  // What lies beyond the last channel is summed too, and not used.
  if (rest > 0) sumPanel<F>(rest, panel, count, sums + ((<usize>(row * rest)) << 4), (<usize>rest) << 4, adds)
}

function sumPanel<F>(groups: i32, panel: usize, count: i32, to: usize, toBytes: usize, add: bool): void {
  const panelStride = packed ? (<usize>groups) << 4 : (<usize>outputChannels) << 2
  let list = lists
  for (let index = 0; index < count; index++) {
    const end = <usize>load<u32>(ends + ((<usize>index) << 2))
    if (end > list || !add) addRows<F>(groups, list, end, valueOffset, panel, panelStride, to, add)
    to += toBytes
    list += listBytes
  }
}

/** Adds or writes what was summed apart. */
function addSums(weightGradient: usize, add: bool): void {
  let from = sums
  let to = weightGradient + ((<usize>whole) << 2)
  for (let row = 0; row < kernel * run; row++) {
    putFew(from, to, outputChannels - whole, add)
    from += (<usize>rest) << 4
    to += (<usize>outputChannels) << 2
  }
}
