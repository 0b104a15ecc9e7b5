/** The frame of a plot on a canvas: axes with their numbers, and the ways between places on the axes and pixels. */
import type { FigureSize } from '../state/figure.ts'
import { placedTicks } from '../charts/axes.ts'
import type { ChartColours } from '../charts/colours.ts'
import type { PlotAxis } from '../charts/plot.ts'

export interface PlotArea {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface FrameSettings {
  readonly x: PlotAxis
  readonly y: PlotAxis
  /** Room right of the plot, such as for a colour scale. */
  readonly right?: number
  readonly top?: number
  /** Room left and below; by the axes unless it is given. */
  readonly left?: number
  readonly bottom?: number
  /** Whether lines run across the plot at the numbers of y, and of x. */
  readonly grid?: boolean
}

const longest = (axis: PlotAxis): number => placedTicks(axis).reduce((most, { text }) => Math.max(most, text.length), 1)

/** The plot within the frame. */
export const plotArea = ({ width, height }: FigureSize, settings: FrameSettings): PlotArea => {
  const { x, y, right = 12, top = 8 } = settings
  const { left = Math.min(118, 28 + 6.6 * longest(y)), bottom = x.title === '' ? 22 : 36 } = settings
  return { left, top, width: Math.max(1, width - left - right), height: Math.max(1, height - top - bottom) }
}

export const pixelX = ({ left, width }: PlotArea, place: number): number => left + place * width
export const pixelY = ({ top, height }: PlotArea, place: number): number => top + (1 - place) * height

/** Text that fits into `room` pixels, cut off where it does not. */
export const fitted = (context: CanvasRenderingContext2D, text: string, room: number): string => {
  if (context.measureText(text).width <= room) return text
  let length = text.length
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length--
  return `${text.slice(0, length)}…`
}

/** A title, or where it does not fit the part behind its colon, which tells it from others. */
export const fittedTitle = (context: CanvasRenderingContext2D, title: string, room: number): string =>
  context.measureText(title).width <= room ? title : fitted(context, title.slice(title.indexOf(':') + 1), room)

/** Room for the names of hyperparameters left of a row for each. */
export const nameRoom = (width: number): number => (width < 420 ? 112 : width > 600 ? 160 : 132)

/** Draws axes, numbers and titles; the plot itself goes into the area that it returns. */
export const drawFrame = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  settings: FrameSettings,
  colours: ChartColours,
): PlotArea => {
  const area = plotArea(size, settings)
  const { left, top, width, height } = area
  const { x, y, grid = true } = settings
  const bottom = top + height
  context.font = `11px ${colours.font}`
  context.lineWidth = 1
  context.fillStyle = colours.mutedText
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  const yTicks = placedTicks(y)
  const roomY = height / Math.max(1, yTicks.length)
  for (const [index, { at, text }] of yTicks.entries()) {
    if (at < -1e-6 || at > 1 + 1e-6) continue
    const py = pixelY(area, at)
    if (grid) line(context, left, py, left + width, py, colours.grid)
    else line(context, left - 4, py, left, py, colours.line)
    if (roomY >= 11 || index % 2 === 0)
      context.fillText(fitted(context, text, left - (y.title === '' ? 8 : 20)), left - 6, py)
  }
  context.textAlign = 'center'
  context.textBaseline = 'top'
  let free = -Infinity
  for (const { at, text } of placedTicks(x)) {
    if (at < -1e-6 || at > 1 + 1e-6) continue
    const px = pixelX(area, at)
    if (grid) line(context, px, top, px, bottom, colours.grid)
    else line(context, px, bottom, px, bottom + 4, colours.line)
    const half = context.measureText(text).width / 2
    if (px - half < free) continue
    free = px + half + 6
    context.fillText(text, Math.min(px, size.width - half), bottom + 6)
  }
  context.strokeStyle = colours.line
  context.strokeRect(left, top, width, height)
  context.fillStyle = colours.text
  if (x.title !== '') context.fillText(fitted(context, x.title, width), left + width / 2, bottom + 21)
  // A few letters of a title say nothing.
  if (y.title !== '' && context.measureText(y.title).width < height * 1.2) {
    context.save()
    context.translate(9, top + height / 2)
    context.rotate(-Math.PI / 2)
    context.textBaseline = 'middle'
    context.fillText(fitted(context, y.title, height), 0, 0)
    context.restore()
  }
  return area
}

export const line = (
  context: CanvasRenderingContext2D,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  colour: string,
  width = 1,
): void => {
  context.beginPath()
  context.moveTo(fromX, fromY)
  context.lineTo(toX, toY)
  context.lineWidth = width
  context.strokeStyle = colour
  context.stroke()
}

/** Draws within the plot only. */
export const clipped = (context: CanvasRenderingContext2D, area: PlotArea, draw: () => void, slack = 0): void => {
  context.save()
  context.beginPath()
  context.rect(area.left - slack, area.top - slack, area.width + 2 * slack, area.height + 2 * slack)
  context.clip()
  draw()
  context.restore()
}
