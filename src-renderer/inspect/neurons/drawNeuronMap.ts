/** Draws a value of each neuron as a cell of a grid, by index row by row. */
import type { FigureSize } from '../../state/figure.ts'
import { colourOfClass } from '../activity/stackModel.ts'
import type { ChartColours } from '../../charts/colours.ts'
import type { Shape } from '../parts/samplePicture.ts'
import type { Point } from '../weights/receptiveFields.ts'
import { cssColour, mixAt } from '../../charts/ramp.ts'
import { columnsOf } from './neuronValues.ts'

interface NeuronMapContent {
  readonly values: Float32Array
  /** Where the neurons have a place; null: a list. */
  readonly shape: Shape | null
  readonly classes: Int16Array | null
  readonly marksNone: boolean
  readonly selected: readonly number[]
  readonly least: number
  readonly most: number
}

interface Cells {
  /** CSS pixels of a cell. */
  readonly side: number
  /** Column and row of a neuron, in cells. */
  placeOf(neuron: number): { readonly x: number; readonly y: number }
  /** Neuron of a cell; null: none. */
  at(x: number, y: number): number | null
}

/** Neurons of a list row by row; of a layer with places a plane for each channel, a cell between planes. */
const cellsOf = (neurons: number, shape: Shape | null, { width, height }: FigureSize): Cells => {
  if (shape === null || shape.rows * shape.columns === 1) {
    const columns = columnsOf(neurons, width / Math.max(1, height))
    const side = Math.max(1, Math.min(width / columns, height / Math.ceil(neurons / columns)))
    return {
      side,
      placeOf: (neuron) => ({ x: neuron % columns, y: Math.floor(neuron / columns) }),
      at: (x, y) => (x < columns && y * columns + x < neurons ? y * columns + x : null),
    }
  }
  const { channels, rows, columns } = shape
  const aspect = ((width / Math.max(1, height)) * (rows + 1)) / (columns + 1)
  const across = columnsOf(channels, aspect)
  const down = Math.ceil(channels / across)
  const side = Math.max(0.25, Math.min(width / (across * (columns + 1)), height / (down * (rows + 1))))
  return {
    side,
    placeOf(neuron) {
      const channel = neuron % channels
      const place = (neuron - channel) / channels
      return {
        x: (channel % across) * (columns + 1) + (place % columns),
        y: Math.floor(channel / across) * (rows + 1) + Math.floor(place / columns),
      }
    },
    at(x, y) {
      const [column, row] = [x % (columns + 1), y % (rows + 1)]
      const [tile, line] = [Math.floor(x / (columns + 1)), Math.floor(y / (rows + 1))]
      const channel = line * across + tile
      if (column >= columns || row >= rows || tile >= across || channel >= channels) return null
      return (row * columns + column) * channels + channel
    },
  }
}

/** Neuron under a position; null where there is none. */
export const cellAt = (neurons: number, shape: Shape | null, size: FigureSize, { x, y }: Point): number | null => {
  if (x < 0 || y < 0) return null
  const { side, at } = cellsOf(neurons, shape, size)
  return at(Math.floor(x / side), Math.floor(y / side))
}

export const drawNeuronMap = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  colours: ChartColours,
  { values, shape, classes, marksNone, selected, least, most }: NeuronMapContent,
): void => {
  const { side, placeOf } = cellsOf(values.length, shape, size)
  // From nothing to the most; values that lie close together are spread, or none could be told from another.
  const low = least > most / 2 ? least : 0
  const inner = side > 5 ? side - 1 : side
  context.fillStyle = colours.surface
  context.fillRect(0, 0, size.width, size.height)
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.font = `600 ${Math.round(Math.max(8, Math.min(14, side * 0.55)))}px ${colours.font}`
  for (const [neuron, value] of values.entries()) {
    const { x, y } = placeOf(neuron)
    const [left, top] = [x * side, y * side]
    const assigned = classes?.[neuron] ?? -1
    if (classes === null) {
      context.fillStyle = Number.isNaN(value)
        ? colours.surface
        : cssColour(mixAt(colours.map, most > low ? (value - low) / (most - low) : 0))
      context.fillRect(left, top, inner, inner)
    } else {
      context.fillStyle = colours.palette[colourOfClass(assigned)] ?? colours.text
      context.globalAlpha = side >= 12 ? 0.22 : 1
      context.fillRect(left, top, inner, inner)
      context.globalAlpha = 1
      if (side >= 12) {
        context.fillStyle = colours.text
        context.fillText(assigned < 0 ? '–' : String(assigned), left + inner / 2, top + inner / 2)
      }
    }
    // Crosses of smaller cells would only be a grey.
    if (marksNone && side >= 5 && (value === 0 || Number.isNaN(value))) {
      context.strokeStyle = colours.threshold
      context.lineWidth = 1.25
      context.beginPath()
      context.moveTo(left + inner * 0.25, top + inner * 0.25)
      context.lineTo(left + inner * 0.75, top + inner * 0.75)
      context.moveTo(left + inner * 0.75, top + inner * 0.25)
      context.lineTo(left + inner * 0.25, top + inner * 0.75)
      context.stroke()
    }
  }
  // Twice, so that it is seen on light and dark cells.
  for (const [colour, line] of [
    [colours.surface, 5],
    [colours.text, 2.5],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = line
    for (const neuron of selected) {
      const { x, y } = placeOf(neuron)
      context.strokeRect(x * side, y * side, inner, inner)
    }
  }
}
