/**
 * Weights as receptive fields: each neuron's weights in the shape of its input, in a grid. Of an input with channels the
 * field is a plane of each of them side by side, or one plane of their sums.
 */
import type { InspectedWeights } from '../../../src-core/contracts/inspection.ts'
import { pixelOf } from '../../charts/ramp.ts'
import type { FigureData } from '../../state/figure.ts'

export interface Side {
  readonly rows: number
  readonly columns: number
}

/** How the weights of one neuron lie in its field. */
export interface FieldLayout {
  readonly side: Side
  /** [rows][columns]: first input of each cell; -1: between planes. */
  readonly inputs: Int32Array
  /** Inputs that a cell is the sum of, one after the other. */
  readonly summed: number
}

export type ChannelView = 'planes' | 'sum'

/** The shape of an input that is a list: a square where it is one, else as square as it can be. */
export const sideOf = (inputs: number): Side => {
  const columns = Math.ceil(Math.sqrt(inputs))
  return { rows: Math.ceil(inputs / columns), columns }
}

export const layoutOf = ({ field, inputs }: InspectedWeights, view: ChannelView): FieldLayout => {
  if (field === null) {
    const side = sideOf(inputs)
    const cells = Int32Array.from({ length: side.rows * side.columns }, (_, cell) => (cell < inputs ? cell : -1))
    return { side, inputs: cells, summed: 1 }
  }
  const { channels, rows, columns } = field
  if (view === 'sum' || channels === 1) {
    const cells = Int32Array.from({ length: rows * columns }, (_, place) => place * channels)
    return { side: { rows, columns }, inputs: cells, summed: channels }
  }
  const planes = sideOf(channels)
  const side = { rows: planes.rows * (rows + 1) - 1, columns: planes.columns * (columns + 1) - 1 }
  const cells = new Int32Array(side.rows * side.columns).fill(-1)
  for (let channel = 0; channel < channels; channel++) {
    const top = Math.floor(channel / planes.columns) * (rows + 1)
    const left = (channel % planes.columns) * (columns + 1)
    for (let place = 0; place < rows * columns; place++) {
      const at = (top + Math.floor(place / columns)) * side.columns + left + (place % columns)
      cells[at] = place * channels + channel
    }
  }
  return { side, inputs: cells, summed: 1 }
}

/** [rows * columns]: weights onto one neuron as they lie in its field; NaN: none. */
export const fieldOf = (
  { values, neurons }: InspectedWeights,
  { inputs, summed }: FieldLayout,
  neuron: number,
): Float32Array =>
  Float32Array.from(inputs, (first) => {
    if (first < 0) return Number.NaN
    let sum = 0
    for (let input = first; input < first + summed; input++) sum += values[input * neurons + neuron] ?? 0
    return sum
  })

export type Point = Readonly<Record<'x' | 'y', number>>

export interface FieldGrid {
  readonly across: number
  readonly down: number
  /** Pixels of the whole picture, one between fields. */
  readonly width: number
  readonly height: number
}

/** A grid of fields in the proportions of the room for it. */
export const gridOf = (neurons: number, { rows, columns }: Side, aspect: number): FieldGrid => {
  const wanted = Math.sqrt((neurons * aspect * (rows + 1)) / (columns + 1))
  const across = Math.max(1, Math.min(neurons, Math.round(wanted)))
  const down = Math.ceil(neurons / across)
  return { across, down, width: across * (columns + 1) + 1, height: down * (rows + 1) + 1 }
}

/** Neuron of a place of the picture; null between and after fields. `order`: neurons row by row. */
export const neuronAt = (
  { across }: FieldGrid,
  { rows, columns }: Side,
  order: Uint32Array,
  { x, y }: Point,
): number | null => {
  const column = Math.floor((x - 1) / (columns + 1))
  const row = Math.floor((y - 1) / (rows + 1))
  if (column < 0 || column >= across || row < 0) return null
  return order[row * across + column] ?? null
}

/** Left and top of a field in the picture. */
export const placeOf = ({ across }: FieldGrid, { rows, columns }: Side, place: number): Point => ({
  x: 1 + (place % across) * (columns + 1),
  y: 1 + Math.floor(place / across) * (rows + 1),
})

/** Weights of the first and the last colour. */
export interface WeightRange {
  readonly low: number
  readonly high: number
}

interface Painting {
  /** Neurons row by row. */
  readonly order: Uint32Array
  readonly grid: FieldGrid
  /** Colours. */
  readonly table: Uint32Array
  readonly range: WeightRange
}

/** The whole picture, [height * width] pixels; between fields it is empty. */
export const paintFields = (
  weights: InspectedWeights,
  layout: FieldLayout,
  { order, grid, table, range }: Painting,
): Uint32Array => {
  const { side } = layout
  const pixels = new Uint32Array(grid.width * grid.height)
  for (const [place, neuron] of order.entries()) {
    const { x, y } = placeOf(grid, side, place)
    for (const [cell, value] of fieldOf(weights, layout, neuron).entries()) {
      const at = (y + Math.floor(cell / side.columns)) * grid.width + x + (cell % side.columns)
      pixels[at] = pixelOf(table, value, range.low, range.high)
    }
  }
  return pixels
}

/** A high weight that few exceed, so that one outlier does not darken all others. */
export const brightWeight = (values: Float32Array): number => {
  const stride = Math.max(1, Math.floor(values.length / 20_000))
  const some = Float32Array.from(
    { length: Math.ceil(values.length / stride) },
    (_, place) => values[place * stride] ?? 0,
  )
  some.sort()
  return some[Math.floor((some.length - 1) * 0.995)] ?? 0
}

const fieldsLookedAt = 64

/** What the colours of a picture stand for: from 0 up, or as far below 0 as above it. */
export const rangeOfWeights = (weights: InspectedWeights, layout: FieldLayout): WeightRange => {
  if (!weights.signed) return { low: 0, high: brightWeight(weights.values) }
  const stride = Math.ceil(weights.neurons / fieldsLookedAt)
  const seen: number[] = []
  for (let neuron = 0; neuron < weights.neurons; neuron += stride) {
    for (const value of fieldOf(weights, layout, neuron)) if (!Number.isNaN(value)) seen.push(Math.abs(value))
  }
  const high = brightWeight(Float32Array.from(seen))
  return { low: -high, high }
}

/** Every weight of these neurons, or of these channels, as a table. */
export const weightsData = (
  { values, neurons, inputs, assignedClasses }: InspectedWeights,
  order: Uint32Array,
  word: string,
): FigureData => ({
  columns: [word, 'class', 'input', 'weight'],
  rows: [...order].flatMap((neuron) =>
    Array.from({ length: inputs }, (_, input) => [
      neuron,
      assignedClasses?.[neuron] ?? -1,
      input,
      values[input * neurons + neuron] ?? 0,
    ]),
  ),
})
