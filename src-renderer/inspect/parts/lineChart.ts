/** Lines over one axis, with thresholds and marks: curves of training, counts against their limit. */
import { formatCount, formatValue } from '../../model/format.ts'
import type { FigureData, FigureSize } from '../../state/figure.ts'
import { ticksOf } from '../activity/timeView.ts'
import type { InspectColours } from './inspectColours.ts'

export interface ChartLine {
  readonly name: string
  /** Place in the palette. */
  readonly colour: number
  /** By rising x; a null y parts the line. */
  readonly points: readonly { readonly x: number; readonly y: number | null }[]
  readonly dash?: readonly number[]
  /** Draws points instead of a line. */
  readonly dots?: boolean
}

export interface LineChart {
  readonly xTitle: string
  readonly yTitle: string
  readonly lines: readonly ChartLine[]
  readonly thresholds: readonly { readonly y: number; readonly text: string }[]
  readonly marks: readonly { readonly x: number; readonly text: string }[]
  readonly x: { readonly from: number; readonly to: number }
  /** Null: as far as the values go. */
  readonly y: { readonly from: number; readonly to: number } | null
}

const edges = { left: 50, right: 14, top: 22, bottom: 36 }

export const rangeOfLines = ({ lines, thresholds, y }: LineChart): { from: number; to: number } => {
  if (y !== null) return y
  let high = thresholds.reduce((most, threshold) => Math.max(most, threshold.y), 0)
  for (const { points } of lines) for (const point of points) if (point.y !== null && point.y > high) high = point.y
  return { from: 0, to: high === 0 ? 1 : high * 1.08 }
}

const tickText = (tick: number): string =>
  Number.isInteger(tick) ? formatCount(tick) : formatValue(Number(tick.toPrecision(6)))

export const drawLineChart = (
  context: CanvasRenderingContext2D,
  { width, height }: FigureSize,
  colours: InspectColours,
  chart: LineChart,
): void => {
  const plot = { width: width - edges.left - edges.right, height: height - edges.top - edges.bottom }
  const range = rangeOfLines(chart)
  const span = Math.max(chart.x.to - chart.x.from, 1e-9)
  const xOf = (x: number): number => edges.left + ((x - chart.x.from) / span) * plot.width
  const yOf = (y: number): number => edges.top + plot.height * (1 - (y - range.from) / (range.to - range.from))
  context.fillStyle = colours.surface
  context.fillRect(0, 0, width, height)
  context.font = `400 11px ${colours.font}`
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  for (const tick of ticksOf(range, plot.height / 34)) {
    context.fillStyle = colours.grid
    context.fillRect(edges.left, Math.round(yOf(tick)), plot.width, 1)
    context.fillStyle = colours.mutedText
    context.fillText(tickText(tick), edges.left - 6, yOf(tick))
  }
  context.textAlign = 'center'
  context.textBaseline = 'top'
  for (const tick of ticksOf(chart.x, plot.width / 84)) {
    context.fillStyle = colours.line
    context.fillRect(Math.round(xOf(tick)), edges.top + plot.height, 1, 4)
    context.fillStyle = colours.mutedText
    const text = tickText(tick)
    const most = width - context.measureText(text).width / 2
    context.fillText(text, Math.min(xOf(tick), most), edges.top + plot.height + 6)
  }
  context.fillStyle = colours.line
  context.fillRect(edges.left, edges.top + plot.height, plot.width, 1)
  context.fillStyle = colours.mutedText
  context.fillText(chart.xTitle, edges.left + plot.width / 2, height - 14)
  context.textAlign = 'left'
  context.fillText(chart.yTitle, 4, 4)
  for (const line of chart.lines) drawLine(context, line, xOf, yOf, colours, width > 700 ? 2.5 : 1.5)
  drawThresholds(context, chart, { left: edges.left, right: edges.left + plot.width }, yOf, colours)
  for (const { x, text } of chart.marks) {
    context.fillStyle = colours.bad
    context.fillRect(xOf(x) - 0.75, edges.top, 1.5, plot.height)
    const left = xOf(x) > edges.left + plot.width * 0.6
    context.textAlign = left ? 'right' : 'left'
    context.textBaseline = 'top'
    context.font = `600 11px ${colours.font}`
    context.fillText(text, xOf(x) + (left ? -6 : 6), edges.top + 22)
  }
}

const drawLine = (
  context: CanvasRenderingContext2D,
  { points, colour, dash, dots }: ChartLine,
  xOf: (x: number) => number,
  yOf: (y: number) => number,
  { palette, text }: InspectColours,
  side: number,
): void => {
  context.fillStyle = context.strokeStyle = palette[colour] ?? text
  context.lineWidth = 1.75
  context.setLineDash([...(dash ?? [])])
  context.beginPath()
  let drawing = false
  for (const { x, y } of points) {
    if (y === null) drawing = false
    else if (dots === true) context.fillRect(xOf(x) - side / 2, yOf(y) - side / 2, side, side)
    else {
      if (drawing) context.lineTo(xOf(x), yOf(y))
      else context.moveTo(xOf(x), yOf(y))
      drawing = true
    }
  }
  context.stroke()
  context.setLineDash([])
}

const drawThresholds = (
  context: CanvasRenderingContext2D,
  { thresholds }: LineChart,
  { left, right }: { left: number; right: number },
  yOf: (y: number) => number,
  colours: InspectColours,
): void => {
  context.font = `600 11px ${colours.font}`
  context.textAlign = 'right'
  context.textBaseline = 'bottom'
  for (const { y, text } of thresholds) {
    context.strokeStyle = context.fillStyle = colours.bad
    context.lineWidth = 1.5
    context.setLineDash([5, 4])
    context.beginPath()
    context.moveTo(left, yOf(y))
    context.lineTo(right, yOf(y))
    context.stroke()
    context.setLineDash([])
    const wide = context.measureText(text).width
    context.fillStyle = colours.surface
    context.globalAlpha = 0.8
    context.fillRect(left + 4, yOf(y) - 16, wide + 8, 14)
    context.globalAlpha = 1
    context.fillStyle = colours.bad
    context.fillText(text, left + 8 + wide, yOf(y) - 2)
  }
}

export const lineChartData = ({ xTitle, lines }: LineChart): FigureData => ({
  columns: ['line', xTitle, 'value'],
  rows: lines.flatMap(({ name, points }) => points.map(({ x, y }) => [name, x, y])),
})
