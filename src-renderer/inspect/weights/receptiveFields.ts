/** Weights as receptive fields: each neuron's weights in the shape of its input, in a grid. */
import type { InspectedWeights } from '../../../src-core/contracts/inspection.ts'
import { pixelOf } from '../parts/inspectColours.ts'

export interface Side {
  readonly rows: number
  readonly columns: number
}

/** The shape of an input that is a list: a square where it is one, else as square as it can be. */
export const sideOf = (inputs: number): Side => {
  const columns = Math.ceil(Math.sqrt(inputs))
  return { rows: Math.ceil(inputs / columns), columns }
}

/** [inputs]: weights onto one neuron. */
export const fieldOf = ({ values, inputs, neurons }: InspectedWeights, neuron: number): Float32Array =>
  Float32Array.from({ length: inputs }, (_, input) => values[input * neurons + neuron] ?? 0)

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
  x: number,
  y: number,
): number | null => {
  const column = Math.floor((x - 1) / (columns + 1))
  const row = Math.floor((y - 1) / (rows + 1))
  if (column < 0 || column >= across || row < 0) return null
  return order[row * across + column] ?? null
}

/** Left and top of a field in the picture. */
export const placeOf = ({ across }: FieldGrid, { rows, columns }: Side, place: number): { x: number; y: number } => ({
  x: 1 + (place % across) * (columns + 1),
  y: 1 + Math.floor(place / across) * (rows + 1),
})

/**
 * The whole picture, [height * width] pixels; between fields it is empty.
 * @param high weight of the brightest pixel
 */
export const paintFields = (
  { values, inputs, neurons }: InspectedWeights,
  order: Uint32Array,
  grid: FieldGrid,
  side: Side,
  table: Uint32Array,
  high: number,
): Uint32Array => {
  const pixels = new Uint32Array(grid.width * grid.height)
  for (const [place, neuron] of order.entries()) {
    const { x, y } = placeOf(grid, side, place)
    for (let input = 0; input < inputs; input++) {
      const at = (y + Math.floor(input / side.columns)) * grid.width + x + (input % side.columns)
      pixels[at] = pixelOf(table, values[input * neurons + neuron] ?? 0, 0, high)
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
