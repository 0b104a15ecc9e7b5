import type { ChartArea } from './zoom.ts'
import type { Figure, FigureData } from '../state/figure.ts'
import { type ChartColours, coloursNow } from './colours.ts'
import { drawLegend, legendOf } from './drawLegend.ts'
import { drawAxes, fitted, frameOf, type PlotState } from './drawAxes.ts'
import { noEmphasis, type Plot, type PlotEmphasis } from './plot.ts'
import { paintPlot } from './plotPainting.ts'

interface PlotPart {
  readonly plot: Plot
  readonly zoom: ChartArea | null
  /** Written above it. */
  readonly title?: string
  /** CSS pixels on its left that it has beyond its share of the row. */
  readonly extraLeft?: number
}

interface FigureLook {
  readonly emphasis?: () => Partial<PlotEmphasis>
  readonly columns?: number
}

const titleHeight = 18
const legendHeight = 22

/** Draws a plot once into a part of any context, also one that writes SVG. */
const drawPlot = (
  context: CanvasRenderingContext2D,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  state: PlotState,
): void => {
  context.save()
  context.translate(left, top)
  const frame = frameOf(context, { width, height }, state, { pixelRatio: context.getTransform().a, exported: true })
  state.plot.ground?.(context, frame, state.emphasis)
  drawAxes(context, { width, height }, frame, state)
  paintPlot(context, frame, state.plot, { emphasis: { ...state.emphasis, hovered: null }, layer: null })
  context.restore()
}

/** Where the plots of a row begin, and how wide they are. */
const columnsOf = (row: readonly PlotPart[], width: number): { left: number; wide: number }[] => {
  const each = row.reduce((rest, { extraLeft = 0 }) => rest - extraLeft, width) / row.length
  let end = 0
  return row.map(({ extraLeft = 0 }) => {
    const left = end
    end += each + extraLeft
    return { left, wide: each + extraLeft }
  })
}

/** One plot, or several in rows of `columns`, side by side unless it is given, as a figure that can be saved; all is asked for when it is drawn, in its colours and its width. */
export const plotFigure = (
  name: string,
  partsNow: (colours: ChartColours, width: number) => readonly PlotPart[],
  data: () => FigureData,
  { emphasis = () => ({}), columns }: FigureLook = {},
): Figure => ({
  name,
  data,
  draw(context, { width, height }) {
    const chartColours = coloursNow()
    const parts = partsNow(chartColours, width)
    context.fillStyle = chartColours.surface
    context.fillRect(0, 0, width, height)
    const across = Math.min(columns ?? parts.length, parts.length)
    const legend = legendOf(parts.map(({ plot }) => plot))
    const above = legend.kinds.length + legend.lines.length > 0 ? legendHeight : 0
    if (above > 0) drawLegend(context, { left: 10, middle: above / 2 + 1 }, legend, chartColours)
    const columnsNow = columnsOf(parts.slice(0, across), width)
    const high = (height - above) / Math.ceil(parts.length / across)
    for (const [place, { plot, zoom, title, extraLeft = 0 }] of parts.entries()) {
      const { left = 0, wide = width } = columnsNow[place % across] ?? {}
      const row = above + Math.floor(place / across) * high
      const head = title === undefined ? 0 : titleHeight
      drawPlot(
        context,
        { left, top: row + head, width: wide, height: high - head },
        { plot, zoom, colours: chartColours, emphasis: { ...noEmphasis, ...emphasis() } },
      )
      if (title === undefined) continue
      context.font = `600 12px ${chartColours.font}`
      context.fillStyle = chartColours.text
      context.textAlign = 'left'
      context.textBaseline = 'top'
      const indent = 10 + extraLeft
      context.fillText(fitted(context, title, wide - indent - 4), left + indent, row + 5)
    }
  },
})

/** The points of named lines, a row for each. */
export const linesData = ({ x, lines = [] }: Plot): FigureData => ({
  columns: ['line', x.title, 'value'],
  rows: lines.flatMap(({ name, x: xs, y: ys }) =>
    name === undefined
      ? []
      : Array.from(xs, (value, at) => [name, value, Number.isNaN(ys[at]) ? null : (ys[at] ?? null)]),
  ),
})
