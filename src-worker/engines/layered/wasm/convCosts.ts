import type { ConvSize } from '../kernelSet.ts'
import { fourierNumbers, frequenciesOf } from './fourierSizes.ts'

/** Event by event, tile by tile of dense matrices, or by the convolution theorem. */
export type ConvWay = 'events' | 'tiles' | 'fourier'
export type ChooseConvWay = typeof fastestWay

/** Numbers that products of spectra may take to compute in: 256 MiB. */
const mostFourierNumbers = 2 ** 26
/** Nanoseconds of a row of a tile, eight numbers of it. */
const tileRow = 0.44
/** Of one in a transform, where tiles are short. */
const transformRow = 0.7
/** Of four numbers that an event adds to the gradient of the weights. */
const groupOfEvent = 0.42
/** Sums of spectra over the samples take longer than products, whose panels are packed once. */
const sumsOfSpectra = 1.15

/**
 * The fastest way to compute a convolution or one of its gradients. It decides the order of sums and so the last bits of a
 * gradient: it goes by sizes and activity alone, never by the machine. Costs are nanoseconds, fitted to times of an AMD EPYC at
 * 2.6 GHz (bench/slayer/kernels.ts); only their ratio counts.
 *
 * @param activity share of the inputs that are not 0; null: too dense for lists, or of no meaning
 */
export const fastestWay = (
  operation: 'forward' | 'inputGradient' | 'weightGradient',
  size: ConvSize,
  activity: number | null,
): ConvWay => {
  const { input, output, kernel } = size
  const window = kernel * kernel * input.channels
  const panels = Math.ceil(output.channels / 8)
  const pixels = output.rows * output.columns
  const tiles = pixels * ((operation === 'forward' ? 3 * kernel : 0.5 * window) + panels * tileRow * window)
  const events =
    operation === 'inputGradient' || activity === null ? Infinity : pixels * eventCost(operation, size, activity)
  const direct = events < tiles ? 'events' : 'tiles'
  if (operation === 'forward' || size.gradient === 'direct' || size.stride > 1) return direct
  if (fourierNumbers(operation, size) > mostFourierNumbers) return direct
  // As event by event is now; the choice between it and tiles stays, for the bits of older studies.
  const groups = Math.ceil(output.channels / 4)
  const now = activity === null ? Infinity : pixels * activity * window * groups * groupOfEvent
  return fourierCost(operation, size) < Math.min(now, tiles) ? 'fourier' : direct
}

/** Of an output pixel. */
const eventCost = (operation: 'forward' | 'weightGradient', size: ConvSize, activity: number): number => {
  const { input, output, kernel } = size
  const events = activity * kernel * kernel * input.channels
  const groups = Math.ceil(output.channels / 4)
  return operation === 'forward'
    ? 25 + 4 * Math.min(kernel, events) + events * (0.5 + 0.33 * groups)
    : events * (3 + 0.4 * groups)
}

/** Of a sample: products of all frequencies and transforms, with its share of those of the weights. */
const fourierCost = (operation: 'inputGradient' | 'weightGradient', size: ConvSize): number => {
  const { input, output, kernel, steps, batch } = size
  const frequencies = frequenciesOf(size)
  const [width, depth] = [2 * input.channels, 2 * output.channels]
  const [rows, panels] = operation === 'inputGradient' ? [depth, width] : [width, depth]
  const products = frequencies.rows * frequencies.columns * rows * Math.ceil(panels / 8) * tileRow
  const transform = (places: { rows: number; columns: number }, channels: number): number => {
    const byColumn = places.rows * places.columns * 2 * frequencies.columns
    const byRow = frequencies.columns * 2 * frequencies.rows * 2 * places.rows
    return (byColumn + byRow) * Math.ceil(channels / 8) * transformRow
  }
  const kernelPlaces = { rows: kernel, columns: kernel }
  const ofWeights = transform(kernelPlaces, input.channels * output.channels)
  const sample = products + transform(input, input.channels) + transform(output, output.channels)
  return (operation === 'weightGradient' ? sumsOfSpectra : 1) * sample + ofWeights / (steps * batch)
}
