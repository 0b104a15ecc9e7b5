/** The one painter of axes: where a plot lies within its picture, its ticks with their numbers, and its titles. */
import type { FigureSize } from '../state/figure.ts'
import { fromUnit, shownOf, tickLabel, ticksOf } from './axes.ts'
import type { ChartColours } from './colours.ts'
import type { AxisRange, ChartArea } from '../model/zoom.ts'
import type { Plot, PlotAxis, PlotEmphasis, PlotFrame } from './plot.ts'

export interface PlotState {
  readonly plot: Plot
  /** In units of the axes (axes.ts); null: everything. */
  readonly zoom: ChartArea | null
  readonly colours: ChartColours
  readonly emphasis: PlotEmphasis
}

/** What the axes depend on: while it stays the same, an update need not draw them anew. */
export const axesKey = ({ plot, zoom }: PlotState): string => {
  const { x, y } = shownOf(plot, zoom)
  const axis = ({ title, categories, reversed }: PlotAxis): unknown => [title, categories, reversed]
  return JSON.stringify([x, y, axis(plot.x), axis(plot.y), plot.room, typeof plot.x.scale, typeof plot.y.scale])
}

const tickLength = 4
const lineHeight = 13
const titleHeight = 16

/** Text that fits into `room` pixels, cut off where it does not. */
export const fitted = (context: CanvasRenderingContext2D, text: string, room: number): string => {
  if (context.measureText(text).width <= room) return text
  let length = text.length
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length--
  return `${text.slice(0, length)}…`
}

const within = (least: number, value: number, most: number): number => Math.max(least, Math.min(most, value))

const yTicksOf = ({ y }: Plot, shown: AxisRange, height: number): readonly number[] =>
  ticksOf(y, shown, within(3, height / 28, 7))
const xTicksOf = ({ x }: Plot, shown: AxisRange, width: number): readonly number[] =>
  ticksOf(x, shown, within(2, width / 60, 7))

const areaOf = (context: CanvasRenderingContext2D, { width, height }: FigureSize, plot: Plot, shown: ChartArea) => {
  const { room = {} } = plot
  const top = room.top ?? 8
  const bottom = height - (room.bottom ?? tickLength + 4 + lineHeight + (plot.x.title === '' ? 0 : titleHeight + 2))
  let left = room.left ?? 0
  if (room.left === undefined) {
    const labels = yTicksOf(plot, shown.y, bottom - top).map((value) => tickLabel(plot.y, value))
    const widest = labels.reduce((most, label) => Math.max(most, context.measureText(label).width), 0)
    left = Math.ceil(Math.min(width * 0.35, widest)) + tickLength + 6 + (plot.y.title === '' ? 2 : titleHeight + 4)
  }
  return { left, top, right: Math.max(left + 1, width - (room.right ?? 14)), bottom: Math.max(top + 1, bottom) }
}

const mapOf = (axis: PlotAxis, low: number, high: number, { min, max }: AxisRange) => {
  const [from, to] = axis.reversed === true ? [high, low] : [low, high]
  const slope = (to - from) / (max - min)
  const { scale } = axis
  return {
    pixel:
      scale === 'linear'
        ? (value: number): number => from + (value - min) * slope
        : scale === 'log'
          ? (value: number): number => from + (Math.log10(value) - min) * slope
          : (value: number): number => from + (scale.unit(value) - min) * slope,
    pixelOfUnit: (unit: number): number => from + (unit - min) * slope,
    unit: (pixel: number): number => min + (pixel - from) / slope,
  }
}

/** Where a plot lies within a picture of some size, and the ways between its values and pixels. */
export const frameOf = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  { plot, zoom, colours }: PlotState,
  pixelRatio: number,
  exported: boolean,
): PlotFrame => {
  const shown = shownOf(plot, zoom)
  context.font = `11px ${colours.font}`
  const area = areaOf(context, size, plot, shown)
  const x = mapOf(plot.x, area.left, area.right, shown.x)
  const y = mapOf(plot.y, area.bottom, area.top, shown.y)
  return {
    area,
    x: x.pixel,
    y: y.pixel,
    xAt: (pixel) => fromUnit(plot.x, x.unit(pixel)),
    yAt: (pixel) => fromUnit(plot.y, y.unit(pixel)),
    units: { x: x.pixelOfUnit, y: y.pixelOfUnit, xAt: x.unit, yAt: y.unit },
    colours,
    pixelRatio,
    exported,
  }
}

/** Lines lie on whole pixels, so that they are sharp. */
const line = (context: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void => {
  context.beginPath()
  context.moveTo(x0, y0)
  context.lineTo(x1, y1)
  context.stroke()
}
const sharp = (pixel: number): number => Math.round(pixel - 0.5) + 0.5

/** Draws the axes of a plot around and within its frame. */
export const drawAxes = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  frame: PlotFrame,
  { plot, zoom, colours }: PlotState,
): void => {
  const shown = shownOf(plot, zoom)
  context.font = `11px ${colours.font}`
  context.lineWidth = 1
  context.setLineDash([])
  drawY(context, frame, plot, shown.y, colours)
  drawX(context, size, frame, plot, shown.x, colours)
  const { left, right, top, bottom } = frame.area
  context.strokeStyle = colours.line
  line(context, sharp(left), top, sharp(left), bottom)
  line(context, left, sharp(bottom), right, sharp(bottom))
}

const isGrid = ({ grid, categories }: PlotAxis): boolean => grid ?? categories === undefined

const drawY = (
  context: CanvasRenderingContext2D,
  { area, y }: PlotFrame,
  plot: Plot,
  shown: AxisRange,
  colours: ChartColours,
): void => {
  const { left, right, top, bottom } = area
  const isTitled = plot.y.title !== ''
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  let last: number | null = null
  for (const value of yTicksOf(plot, shown, bottom - top)) {
    const at = y(value)
    // Numbers that would touch are left out.
    if (last !== null && Math.abs(at - last) < lineHeight - 1) continue
    last = at
    if (isGrid(plot.y)) {
      context.strokeStyle = colours.grid
      line(context, left, sharp(at), right, sharp(at))
    }
    context.strokeStyle = colours.line
    if (left > 12) line(context, left - tickLength, sharp(at), left, sharp(at))
    context.fillStyle = colours.mutedText
    const room = left - tickLength - 4 - (isTitled ? titleHeight : 0)
    if (room > 8) context.fillText(fitted(context, tickLabel(plot.y, value), room), left - tickLength - 4, at)
  }
  // A few letters of a title say nothing.
  if (!isTitled || context.measureText(plot.y.title).width > (bottom - top) * 1.25) return
  context.save()
  context.translate(9, (top + bottom) / 2)
  context.rotate(-Math.PI / 2)
  context.textAlign = 'center'
  context.fillStyle = colours.mutedText
  context.fillText(fitted(context, plot.y.title, bottom - top + 24), 0, 0)
  context.restore()
}

const drawX = (
  context: CanvasRenderingContext2D,
  { width }: FigureSize,
  { area, x }: PlotFrame,
  plot: Plot,
  shown: AxisRange,
  colours: ChartColours,
): void => {
  const { left, right, top, bottom } = area
  context.textAlign = 'center'
  context.textBaseline = 'top'
  let free = -Infinity
  const ticks = xTicksOf(plot, shown, right - left)
  const room = plot.x.categories === undefined ? right - left : (right - left) / Math.max(1, ticks.length) - 4
  for (const value of plot.x.reversed === true ? [...ticks].reverse() : ticks) {
    const text = fitted(context, tickLabel(plot.x, value), Math.max(24, room))
    const half = context.measureText(text).width / 2
    const at = x(value)
    const middle = Math.min(at, width - half - 1)
    // Numbers that would touch are left out.
    if (middle - half < free) continue
    free = middle + half + 8
    if (isGrid(plot.x)) {
      context.strokeStyle = colours.grid
      line(context, sharp(at), top, sharp(at), bottom)
    }
    context.strokeStyle = colours.line
    line(context, sharp(at), bottom, sharp(at), bottom + tickLength)
    context.fillStyle = colours.mutedText
    context.fillText(text, middle, bottom + tickLength + 4)
  }
  if (plot.x.title === '') return
  context.fillStyle = colours.mutedText
  context.fillText(
    fitted(context, plot.x.title, width - 8),
    (left + right) / 2,
    bottom + tickLength + 4 + lineHeight + 3,
  )
}

/** The zoom that shows what lies between two pixels. */
export const unitsBetween = ({ units }: PlotFrame, x0: number, y0: number, x1: number, y1: number) => ({
  from: { x: units.xAt(x0), y: units.yAt(y0) },
  to: { x: units.xAt(x1), y: units.yAt(y1) },
})
