/** Draws a value of each neuron as a cell of a grid, by index row by row. */
import type { FigureSize } from '../../state/figure.ts'
import { colourOfClass } from '../activity/stackModel.ts'
import type { InspectColours } from '../parts/inspectColours.ts'
import { parseColour } from '../raster/raster.ts'
import { columnsOf } from './neuronValues.ts'

export interface NeuronMapContent {
  readonly values: Float32Array
  readonly classes: Int16Array | null
  readonly marksNone: boolean
  readonly selected: readonly number[]
  readonly least: number
  readonly most: number
}

const cellsOf = (neurons: number, { width, height }: FigureSize) => {
  const columns = columnsOf(neurons, width / Math.max(1, height))
  const side = Math.max(1, Math.min(width / columns, height / Math.ceil(neurons / columns)))
  return { columns, side }
}

/** Neuron under a position; null where there is none. */
export const cellAt = (neurons: number, size: FigureSize, x: number, y: number): number | null => {
  const { columns, side } = cellsOf(neurons, size)
  const column = Math.floor(x / side)
  const neuron = Math.floor(y / side) * columns + column
  return column < columns && neuron < neurons && neuron >= 0 ? neuron : null
}

const mixed = (stops: readonly string[], share: number): string => {
  const position = Math.max(0, Math.min(1, share)) * (stops.length - 1)
  const left = Math.floor(position)
  const [a, b] = [parseColour(stops[left] ?? ''), parseColour(stops[left + 1] ?? stops[left] ?? '')]
  const channels = a.map((low, channel) => Math.round(255 * (low + ((b[channel] ?? low) - low) * (position - left))))
  return `rgb(${channels.join(' ')})`
}

export const drawNeuronMap = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  colours: InspectColours,
  { values, classes, marksNone, selected, least, most }: NeuronMapContent,
): void => {
  const { columns, side } = cellsOf(values.length, size)
  // From nothing to the most; values that lie close together are spread, or none could be told from another.
  const low = least > most / 2 ? least : 0
  const inner = side > 5 ? side - 1 : side
  context.fillStyle = colours.surface
  context.fillRect(0, 0, size.width, size.height)
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.font = `600 ${Math.round(Math.max(8, Math.min(14, side * 0.55)))}px ${colours.font}`
  for (const [neuron, value] of values.entries()) {
    const left = (neuron % columns) * side
    const top = Math.floor(neuron / columns) * side
    const assigned = classes?.[neuron] ?? -1
    if (classes === null) {
      context.fillStyle = Number.isNaN(value)
        ? colours.surface
        : mixed(colours.map, most > low ? (value - low) / (most - low) : 0)
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
    if (marksNone && (value === 0 || Number.isNaN(value))) {
      context.strokeStyle = colours.bad
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
      context.strokeRect((neuron % columns) * side, Math.floor(neuron / columns) * side, inner, inner)
    }
  }
}
