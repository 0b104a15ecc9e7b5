/**
 * Gradients of convolutions by the convolution theorem, for stride 1: what is a sum over a window for each pixel is one product
 * for each frequency of the padded input. Rows and columns are small, and channels many, so that the discrete Fourier transform
 * of a row is a product with a small matrix, for all channels at once; any number of rows and columns will do.
 *
 * A spectrum is [frequency][sample][real, imaginary][channel], frequency = column's * rows + row's, of columns 0 to half: the
 * activity is real, and the others are their conjugates. Transforms are matrices that the caller makes
 * (src-worker/engines/layered/wasm/fourierMatrices.ts).
 */
import {
  inputChannels,
  inputColumns,
  inputRows,
  kernel,
  outputChannels,
  outputColumns,
  outputRows,
  padding,
} from './convSize'
import { denseTransposedProduct, multiplyPanel, multiplyPanels } from './dense'
import { packTransposed, putFew } from './panels'
import { addTile } from './tiles'

const tile = memory.data(128, 16)

/** Rows and columns of the frequencies. */
let frequencyRows: i32 = 0
let frequencyColumns: i32 = 0
/** Rows of a plane between the two steps of a transform: a multiple of eight channels, so that tiles are whole. */
let plane: usize = 0

/** @returns how many frequencies there are */
function setFrequencies(): i32 {
  frequencyRows = inputRows + 2 * padding
  frequencyColumns = ((inputColumns + 2 * padding) >> 1) + 1
  return frequencyRows * frequencyColumns
}

function aligned(pointer: usize): usize {
  return (pointer + 63) & ~63
}

/** Numbers of `width` channels that fill whole tiles. */
function whole(width: i32): usize {
  return <usize>((width + 7) & ~7)
}

/**
 * The spectrum of `rows` x `columns` places of `width` channels.
 * @param byColumn [2 frequency columns][columns]
 * @param byRow [2 frequency rows][2 rows]
 * @param spectrum of this sample at frequency 0; the next frequency is `step` bytes on
 */
function transform(
  source: usize,
  rows: i32,
  columns: i32,
  width: i32,
  byColumn: usize,
  byRow: usize,
  spectrum: usize,
  step: usize,
): void {
  const widthBytes = (<usize>width) << 2
  const planeBytes = whole(width) << 2
  // [frequency column][real, imaginary][row][channel]
  const outs = frequencyColumns << 1
  const outBytes = <usize>rows * planeBytes
  for (let row = 0; row < rows; row++) {
    for (let channel: usize = 0; channel < widthBytes; channel += 32) {
      const from = source + <usize>(row * columns) * widthBytes + channel
      const to = plane + <usize>row * planeBytes + channel
      multiplyPanel(byColumn, outs, columns, from, widthBytes, to, outBytes, 8, false)
    }
  }
  for (let column = 0; column < frequencyColumns; column++) {
    const from = plane + <usize>(column << 1) * outBytes
    const to = spectrum + <usize>(column * frequencyRows) * step
    for (let channel: usize = 0; channel < widthBytes; channel += 32) {
      const have = <i32>min(8, (widthBytes - channel) >> 2)
      for (let row = 0; row < frequencyRows; row += 2) {
        const a = byRow + ((<usize>(row * 4 * rows)) << 2)
        const c = to + <usize>row * step + channel
        multiplyTwo(a, frequencyRows - row, rows << 1, from + channel, planeBytes, c, widthBytes, step, have)
      }
    }
  }
}

/** Real and imaginary part of up to two rows of frequencies. */
function multiplyTwo(
  a: usize,
  rows: i32,
  depth: i32,
  b: usize,
  bStride: usize,
  c: usize,
  partBytes: usize,
  step: usize,
  have: i32,
): void {
  const depthBytes = (<usize>depth) << 2
  const a2 = rows > 1 ? a + 2 * depthBytes : a
  const c2 = c + step
  if (rows > 1 && have == 8) {
    addTile(a, a + depthBytes, a2, a2 + depthBytes, depth, b, bStride, c, c + partBytes, c2, c2 + partBytes, false)
    return
  }
  addTile(a, a + depthBytes, a2, a2 + depthBytes, depth, b, bStride, tile, tile + 32, tile + 64, tile + 96, false)
  putFew(tile, c, have, false)
  putFew(tile + 32, c + partBytes, have, false)
  if (rows < 2) return
  putFew(tile + 64, c2, have, false)
  putFew(tile + 96, c2 + partBytes, have, false)
}

/**
 * Back from a spectrum to `rows` x `columns` places.
 * @param byRow [real, imaginary of the spectrum][2 rows][frequency rows]
 * @param byColumn [columns][2 frequency columns]
 */
function invert(
  spectrum: usize,
  step: usize,
  rows: i32,
  columns: i32,
  width: i32,
  byRow: usize,
  byColumn: usize,
  target: usize,
): void {
  const widthBytes = (<usize>width) << 2
  const planeBytes = whole(width) << 2
  // [row][frequency column][real, imaginary][channel]
  const parts = frequencyColumns << 1
  const rowBytes = <usize>parts * planeBytes
  const imaginary = byRow + ((<usize>(2 * rows * frequencyRows)) << 2)
  for (let column = 0; column < frequencyColumns; column++) {
    const from = spectrum + <usize>(column * frequencyRows) * step
    for (let channel: usize = 0; channel < widthBytes; channel += 32) {
      const to = plane + <usize>(column << 1) * planeBytes + channel
      for (let row = 0; row < rows; row += 2) {
        const offset = (<usize>(row * 2 * frequencyRows)) << 2
        const c = to + <usize>row * rowBytes
        addTwo(byRow + offset, rows - row, from + channel, step, c, planeBytes, rowBytes, false)
        addTwo(imaginary + offset, rows - row, from + widthBytes + channel, step, c, planeBytes, rowBytes, true)
      }
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let channel: usize = 0; channel < widthBytes; channel += 32) {
      const have = <i32>min(8, (widthBytes - channel) >> 2)
      const from = plane + <usize>row * rowBytes + channel
      const to = target + <usize>(row * columns) * widthBytes + channel
      multiplyPanel(byColumn, columns, parts, from, planeBytes, to, widthBytes, have, false)
    }
  }
}

/** Real and imaginary part of up to two rows of places; planes are whole tiles. */
function addTwo(
  a: usize,
  rows: i32,
  b: usize,
  bStride: usize,
  c: usize,
  partBytes: usize,
  rowBytes: usize,
  add: bool,
): void {
  const depthBytes = (<usize>frequencyRows) << 2
  const two = rows > 1
  const a2 = two ? a + 2 * depthBytes : a
  const c2 = two ? c + rowBytes : tile
  const c3 = two ? c2 + partBytes : tile + 32
  addTile(a, a + depthBytes, a2, a2 + depthBytes, frequencyRows, b, bStride, c, c + partBytes, c2, c3, add)
}

/**
 * The gradient of the input: that of the output times the spectrum of the weights.
 * @param matrices of the gradient, the weights, and back to the input, as `fourierMatrices` gives them
 * @param scratch frequencies * (panels of the products + the larger of the spectra of the weights and of `samplesAtOnce` samples)
 * + a product + the largest plane, numbers
 */
export function convInputGradientFourier(
  samples: i32,
  gradient: usize,
  weights: usize,
  inputGradient: usize,
  samplesAtOnce: i32,
  matrices: usize,
  scratch: usize,
): void {
  const frequencies = setFrequencies()
  // The matrices lie one after the other.
  const gradientByColumn = matrices
  const gradientByRow = gradientByColumn + ((<usize>(2 * frequencyColumns * outputColumns)) << 2)
  const weightsByColumn = gradientByRow + ((<usize>(4 * frequencyRows * outputRows)) << 2)
  const weightsByRow = weightsByColumn + ((<usize>(2 * frequencyColumns * kernel)) << 2)
  const backByRow = weightsByRow + ((<usize>(4 * frequencyRows * kernel)) << 2)
  const backByColumn = backByRow + ((<usize>(4 * frequencyRows * inputRows)) << 2)

  const pairs = inputChannels * outputChannels
  const depth = outputChannels << 1
  const width = inputChannels << 1
  const panelBytes = (<usize>depth) << 5
  const panels = (width + 7) >> 3
  const productBytes = <usize>panels * panelBytes
  // Products, then the spectrum of the weights or those of a piece, then the planes.
  const spectra = scratch + <usize>frequencies * productBytes
  const square = spectra + ((<usize>frequencies * <usize>(pairs << 1)) << 2)
  plane = aligned(square + ((<usize>depth * <usize>width) << 2))
  const weightStep = (<usize>(pairs << 1)) << 2
  transform(weights, kernel, kernel, pairs, weightsByColumn, weightsByRow, spectra, weightStep)
  for (let frequency = 0; frequency < frequencies; frequency++) {
    const to = scratch + <usize>frequency * productBytes
    packProduct(spectra + <usize>frequency * weightStep, square, to)
  }

  const gradientStep = (<usize>(samplesAtOnce * depth)) << 2
  const inputStep = (<usize>(samplesAtOnce * width)) << 2
  const back = spectra + <usize>frequencies * gradientStep
  plane = aligned(back + <usize>frequencies * inputStep)
  const gradientBytes = (<usize>(outputRows * outputColumns * outputChannels)) << 2
  const inputBytes = (<usize>(inputRows * inputColumns * inputChannels)) << 2
  for (let from = 0; from < samples; from += samplesAtOnce) {
    const count = min(samplesAtOnce, samples - from)
    for (let sample = 0; sample < count; sample++) {
      const source = gradient + <usize>(from + sample) * gradientBytes
      const to = spectra + ((<usize>(sample * depth)) << 2)
      transform(source, outputRows, outputColumns, outputChannels, gradientByColumn, gradientByRow, to, gradientStep)
    }
    for (let frequency = 0; frequency < frequencies; frequency++) {
      const a = spectra + <usize>frequency * gradientStep
      const c = back + <usize>frequency * inputStep
      multiplyPanels(count, depth, width, a, c, false, scratch + <usize>frequency * productBytes, panelBytes, 32)
    }
    for (let sample = 0; sample < count; sample++) {
      const source = back + ((<usize>(sample * width)) << 2)
      const to = inputGradient + <usize>(from + sample) * inputBytes
      invert(source, inputStep, inputRows, inputColumns, inputChannels, backByRow, backByColumn, to)
    }
  }
}

/** The product with the weights of one frequency as panels of a real matrix: complex numbers as pairs. */
function packProduct(spectrum: usize, square: usize, panels: usize): void {
  const depth = outputChannels << 1
  const outputBytes = (<usize>outputChannels) << 2
  const imaginary = spectrum + ((<usize>(inputChannels * outputChannels)) << 2)
  const half = (<usize>inputChannels * <usize>depth) << 2
  for (let channel = 0; channel < inputChannels; channel++) {
    const offset = <usize>channel * outputBytes
    const real = square + ((<usize>(channel * depth)) << 2)
    const other = real + half
    memory.copy(real, spectrum + offset, outputBytes)
    memory.copy(other, imaginary + offset, outputBytes)
    memory.copy(other + outputBytes, spectrum + offset, outputBytes)
    for (let at: usize = 0; at < outputBytes; at += 4) {
      store<f32>(real + outputBytes + at, -load<f32>(imaginary + offset + at))
    }
  }
  const width = inputChannels << 1
  const panelBytes = (<usize>depth) << 5
  for (let column = 0; column < width; column += 8) {
    packTransposed(square, width, depth, column, panels + <usize>(column >> 3) * panelBytes)
  }
}

/**
 * The gradient of the weights: the spectrum of the input times the conjugate of that of the gradient, summed over all samples.
 * @param matrices of the input, the gradient, and back to the weights, as `fourierMatrices` gives them
 * @param scratch frequencies * (the sums + the larger of the spectra of the weights and of `samplesAtOnce` samples) + packing + the
 * largest plane, numbers
 */
export function convWeightGradientFourier(
  samples: i32,
  input: usize,
  gradient: usize,
  weightGradient: usize,
  samplesAtOnce: i32,
  matrices: usize,
  scratch: usize,
): void {
  const frequencies = setFrequencies()
  const inputByColumn = matrices
  const inputByRow = inputByColumn + ((<usize>(2 * frequencyColumns * inputColumns)) << 2)
  const gradientByColumn = inputByRow + ((<usize>(4 * frequencyRows * inputRows)) << 2)
  const gradientByRow = gradientByColumn + ((<usize>(2 * frequencyColumns * outputColumns)) << 2)
  const backByRow = gradientByRow + ((<usize>(4 * frequencyRows * outputRows)) << 2)
  const backByColumn = backByRow + ((<usize>(4 * frequencyRows * kernel)) << 2)

  const width = inputChannels << 1
  const depth = outputChannels << 1
  const pairs = inputChannels * outputChannels
  // Sums of all four products of parts, then the spectra of a piece or that of the weights, then packing and planes.
  const sumBytes = (<usize>(width * depth)) << 2
  const inputStep = (<usize>(samplesAtOnce * width)) << 2
  const gradientStep = (<usize>(samplesAtOnce * depth)) << 2
  const spectra = scratch + <usize>frequencies * sumBytes
  const gradients = spectra + <usize>frequencies * inputStep
  const packing = gradients + <usize>frequencies * gradientStep
  plane = aligned(packing + ((<usize>(128 * (width + 16))) << 2))
  const inputBytes = (<usize>(inputRows * inputColumns * inputChannels)) << 2
  const gradientBytes = (<usize>(outputRows * outputColumns * outputChannels)) << 2
  for (let from = 0; from < samples; from += samplesAtOnce) {
    const count = min(samplesAtOnce, samples - from)
    for (let sample = 0; sample < count; sample++) {
      const x = input + <usize>(from + sample) * inputBytes
      const toX = spectra + ((<usize>(sample * width)) << 2)
      transform(x, inputRows, inputColumns, inputChannels, inputByColumn, inputByRow, toX, inputStep)
      const g = gradient + <usize>(from + sample) * gradientBytes
      const toG = gradients + ((<usize>(sample * depth)) << 2)
      transform(g, outputRows, outputColumns, outputChannels, gradientByColumn, gradientByRow, toG, gradientStep)
    }
    for (let frequency = 0; frequency < frequencies; frequency++) {
      const x = spectra + <usize>frequency * inputStep
      const g = gradients + <usize>frequency * gradientStep
      denseTransposedProduct(count, width, depth, x, g, scratch + <usize>frequency * sumBytes, from > 0, packing)
    }
  }
  const weightStep = (<usize>(pairs << 1)) << 2
  plane = aligned(spectra + <usize>frequencies * weightStep)
  for (let frequency = 0; frequency < frequencies; frequency++) {
    takeConjugate(scratch + <usize>frequency * sumBytes, spectra + <usize>frequency * weightStep)
  }
  invert(spectra, weightStep, kernel, kernel, pairs, backByRow, backByColumn, weightGradient)
}

/** x times the conjugate of g, from the sums of the products of their parts. */
function takeConjugate(sums: usize, to: usize): void {
  const outputBytes = (<usize>outputChannels) << 2
  const half = (<usize>(inputChannels * (outputChannels << 1))) << 2
  const imaginary = to + ((<usize>(inputChannels * outputChannels)) << 2)
  for (let channel = 0; channel < inputChannels; channel++) {
    const real = sums + ((<usize>(channel * (outputChannels << 1))) << 2)
    const other = real + half
    const offset = <usize>channel * outputBytes
    for (let at: usize = 0; at < outputBytes; at += 4) {
      store<f32>(to + offset + at, load<f32>(real + at) + load<f32>(other + outputBytes + at))
      store<f32>(imaginary + offset + at, load<f32>(other + at) - load<f32>(real + outputBytes + at))
    }
  }
}
