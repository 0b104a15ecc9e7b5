/**
 * Events of a sensor, binned: cropped, denoised, pooled, and gathered in bins of equal length, one for each step.
 *
 *   step = floor((t - windowStart) * steps / windowLength), for t in [windowStart, windowStart + windowLength)
 */
import type { Encoding } from './presentation.ts'
import type { EventSample } from './eventSample.ts'
import { type InputEvents, type LayerShape, sizeOf } from './inputEvents.ts'

export type Binning = Extract<Encoding, { readonly type: 'binning' }>

/** Whole ones are exact, however the milliseconds were rounded. */
const microseconds = (ms: number): number => {
  const whole = Math.round(ms * 1000)
  return Math.abs(ms * 1000 - whole) < 1e-6 ? whole : ms * 1000
}

/** What part of the sensor is used: the crop, else all of it. */
const usedPart = ({ crop }: Binning, { rows, columns }: LayerShape): NonNullable<Binning['crop']> =>
  crop ?? { row: 0, column: 0, rows, columns }

/** Whether every place of the crop is a place of the sensor; without a crop it is so. */
export const cropFits = (binning: Binning, sensor: LayerShape): boolean => {
  const { row, column, rows, columns } = usedPart(binning, sensor)
  return row + rows <= sensor.rows && column + columns <= sensor.columns
}

/** Shape of what binning makes of the events of a sensor that the crop fits. */
export const binnedShape = (binning: Binning, sensor: LayerShape): LayerShape => {
  const { rows, columns } = usedPart(binning, sensor)
  const { pooling } = binning
  return { channels: sensor.channels, rows: Math.ceil(rows / pooling), columns: Math.ceil(columns / pooling) }
}

/**
 * Bins the events of a sample. Pooled places at the border are smaller where the factor does not divide the sensor.
 * @param sensor the shape that the inputs of the sample count in; the crop fits it
 */
export const binEvents = (sample: EventSample, binning: Binning, sensor: LayerShape): InputEvents => {
  const shape = binnedShape(binning, sensor)
  const part = usedPart(binning, sensor)
  const size = sizeOf(shape)
  const startUs = microseconds(binning.windowStartMs)
  const windowUs = microseconds(binning.windowMs)
  const isKept = binning.denoiseMs > 0 ? denoiser(sensor, microseconds(binning.denoiseMs)) : null
  const keys = new Float64Array(sample.timesUs.length)
  let length = 0
  for (let event = 0; event < keys.length; event++) {
    const timeUs = sample.timesUs[event] ?? 0
    const input = sample.inputs[event] ?? 0
    // Looked at before the window and the crop, whose borders would otherwise seem to be without neighbours.
    if (isKept !== null && !isKept(timeUs, input)) continue
    // In this order: a quotient of whole numbers is rounded once, and never across a bound between two bins.
    const step = Math.floor(((timeUs - startUs) * binning.steps) / windowUs)
    if (step < 0 || step >= binning.steps) continue
    const channel = input % sensor.channels
    const place = (input - channel) / sensor.channels
    const sensorColumn = place % sensor.columns
    const row = (place - sensorColumn) / sensor.columns - part.row
    const column = sensorColumn - part.column
    if (row < 0 || column < 0 || row >= part.rows || column >= part.columns) continue
    const pooledRow = Math.floor(row / binning.pooling)
    const pooledColumn = Math.floor(column / binning.pooling)
    keys[length++] = step * size + (pooledRow * shape.columns + pooledColumn) * shape.channels + channel
  }
  return fromKeys(keys.subarray(0, length).sort(), size, binning.bins)
}

/** @param keys step * size + input, rising */
const fromKeys = (keys: Float64Array, size: number, bins: Binning['bins']): InputEvents => {
  const steps = new Uint16Array(keys.length)
  const inputs = new Uint32Array(keys.length)
  const values = new Float32Array(keys.length)
  let length = 0
  let last = -1
  for (const key of keys) {
    if (key === last) {
      values[length - 1] = (values[length - 1] ?? 0) + 1
      continue
    }
    last = key
    steps[length] = Math.floor(key / size)
    inputs[length] = key % size
    values[length] = 1
    length++
  }
  return {
    steps: steps.slice(0, length),
    inputs: inputs.slice(0, length),
    values: bins === 'count' ? values.slice(0, length) : null,
  }
}

/**
 * Background activity filter (Delbruck 2008): an event is kept when one of its own or of the eight neighbouring places
 * had an event, of any channel, at most `withinUs` before it. Of a sensor of a single row, the neighbours are the two.
 */
const denoiser = ({ channels, rows, columns }: LayerShape, withinUs: number) => {
  // A list (of a cochlea) has its neighbours among the channels.
  const isList = rows * columns === 1
  const width = isList ? channels : columns
  const height = isList ? 1 : rows
  const lastUs = new Float64Array(width * height).fill(-Infinity)
  return (timeUs: number, input: number): boolean => {
    const place = isList ? input : Math.floor(input / channels)
    const column = place % width
    const row = Math.floor(place / width)
    let kept = false
    for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
      for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
        if (timeUs - (lastUs[y * width + x] ?? -Infinity) <= withinUs) kept = true
      }
    }
    lastUs[place] = timeUs
    return kept
  }
}
