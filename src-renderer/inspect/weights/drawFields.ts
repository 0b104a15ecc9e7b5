/** Draws a grid of receptive fields, moved and enlarged, with the class of each neuron where there is room for it. */
import type { FigureSize } from '../../state/figure.ts'
import type { ChartColours } from '../../charts/colours.ts'
import { colourOfClass } from '../activity/stackModel.ts'
import { type FieldGrid, placeOf, type Point, type Side } from './receptiveFields.ts'

export interface FieldsPicture {
  readonly image: CanvasImageSource | null
  readonly grid: FieldGrid
  readonly side: Side
  /** Neurons row by row. */
  readonly order: Uint32Array
  /** [neurons], -1: none; null: their numbers are written instead. */
  readonly classes: Int16Array | null
}

/** CSS pixels of each pixel of the picture, and where its corner is. */
export interface FieldsView {
  readonly scale: number
  readonly x: number
  readonly y: number
}

/** The whole picture in the middle. */
export const fitView = (grid: FieldGrid, { width, height }: FigureSize): FieldsView => {
  const scale = Math.max(0.01, Math.min(width / grid.width, height / grid.height))
  return { scale, x: (width - grid.width * scale) / 2, y: (height - grid.height * scale) / 2 }
}

/** Keeps the picture over the room, or in its middle where it is smaller. */
const keep = (offset: number, length: number, room: number): number =>
  length <= room ? (room - length) / 2 : Math.max(room - length, Math.min(0, offset))

export const moveView = (view: FieldsView, by: Point, grid: FieldGrid, { width, height }: FigureSize): FieldsView => ({
  scale: view.scale,
  x: keep(view.x + by.x, grid.width * view.scale, width),
  y: keep(view.y + by.y, grid.height * view.scale, height),
})

/** Enlarges about a point that stays; no smaller than the whole, no larger than 24 CSS pixels to a weight. */
export const zoomView = (
  view: FieldsView,
  { factor, about }: { readonly factor: number; readonly about: Point },
  grid: FieldGrid,
  size: FigureSize,
): FieldsView => {
  const scale = Math.max(fitView(grid, size).scale, Math.min(24, view.scale * factor))
  const moved = {
    scale,
    x: about.x - ((about.x - view.x) / view.scale) * scale,
    y: about.y - ((about.y - view.y) / view.scale) * scale,
  }
  return moveView(moved, { x: 0, y: 0 }, grid, size)
}

interface FieldsScene extends FieldsPicture {
  readonly view: FieldsView
  readonly selected: readonly number[]
  /** Place of the field that keys have come to. */
  readonly cursor: number | null
}

/** Width of a field from which its class is written on it. */
const roomForClass = 26

export const drawFields = (
  context: CanvasRenderingContext2D,
  { width, height }: FigureSize,
  colours: ChartColours,
  { image, grid, side, order, classes, view, selected, cursor }: FieldsScene,
): void => {
  context.fillStyle = colours.surface
  context.fillRect(0, 0, width, height)
  context.imageSmoothingEnabled = view.scale < 1
  if (image !== null) context.drawImage(image, view.x, view.y, grid.width * view.scale, grid.height * view.scale)
  const fieldWidth = side.columns * view.scale
  const fieldHeight = side.rows * view.scale
  context.font = `600 ${Math.round(Math.max(9, Math.min(16, fieldWidth * 0.24)))}px ${colours.font}`
  context.textAlign = 'right'
  context.textBaseline = 'bottom'
  const wanted = new Set(selected)
  for (const [place, neuron] of order.entries()) {
    const { x, y } = placeOf(grid, side, place)
    const left = view.x + x * view.scale
    const top = view.y + y * view.scale
    if (left > width || top > height || left + fieldWidth < 0 || top + fieldHeight < 0) continue
    const assigned = classes?.[neuron] ?? -1
    if (fieldWidth >= roomForClass) {
      const text = classes === null ? String(neuron) : assigned < 0 ? '–' : String(assigned)
      // On a rim of the ground: the field beneath may have any colour.
      context.strokeStyle = colours.surface
      context.lineWidth = 3
      if (classes === null) context.strokeText(text, left + fieldWidth - 2, top + fieldHeight)
      context.fillStyle = (classes === null ? null : colours.palette[colourOfClass(assigned)]) ?? colours.text
      context.fillText(text, left + fieldWidth - 2, top + fieldHeight)
    }
    const outline = (colour: string, line: number): void => {
      context.strokeStyle = colour
      context.lineWidth = line
      context.strokeRect(left - 0.5, top - 0.5, fieldWidth + 1, fieldHeight + 1)
    }
    if (wanted.has(neuron)) outline(colours.accent, 2.5)
    if (cursor === place) outline(colours.text, 1.5)
  }
}
