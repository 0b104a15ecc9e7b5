import type { ChartArea } from './zoom.ts'
import type { Figure, FigureData } from '../state/figure.ts'
import { coloursNow } from './colours.ts'
import { drawLegend, legendOf } from './drawLegend.ts'
import { drawAxes, fitted, frameOf } from './drawAxes.ts'
import type { PlotState } from './drawAxes.ts'
import { noEmphasis } from './plot.ts'
import type { Plot, PlotEmphasis } from './plot.ts'
import type { ChartColours } from './colours.ts'
import { paintPlot } from './plotPainting.ts'

interface PlotPart {
  /** Made anew for the colours that it is saved in. */
  plot(colours: ChartColours): Plot
  readonly zoom: ChartArea | null
  /** Written above it. */
  readonly title?: string
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
  const frame = frameOf(context, { width, height }, state, context.getTransform().a, true)
  state.plot.ground?.(context, frame, state.emphasis)
  drawAxes(context, { width, height }, frame, state)
  paintPlot(context, frame, state.plot, { ...state.emphasis, hovered: null }, null)
  context.restore()
}

/** One plot, or several in rows of `columns`, side by side unless it is given, as a figure that can be saved; all is asked for when it is drawn. */
export const plotFigure = (
  name: string,
  partsNow: () => readonly PlotPart[],
  data: () => FigureData,
  emphasis: () => Partial<PlotEmphasis> = () => ({}),
  columns?: number,
): Figure => ({
  name,
  data,
  draw(context, { width, height }) {
    const chartColours = coloursNow()
    const parts = partsNow()
    context.fillStyle = chartColours.surface
    context.fillRect(0, 0, width, height)
    const across = Math.min(columns ?? parts.length, parts.length)
    const plots = parts.map(({ plot }) => plot(chartColours))
    const legend = legendOf(plots)
    const above = legend.kinds.length + legend.lines.length > 0 ? legendHeight : 0
    if (above > 0) drawLegend(context, { left: 10, middle: above / 2 + 1 }, legend, chartColours)
    for (const [place, { zoom, title }] of parts.entries()) {
      const plot = plots[place]
      if (plot === undefined) continue
      const [each, high] = [width / across, (height - above) / Math.ceil(parts.length / across)]
      const [left, row] = [(place % across) * each, above + Math.floor(place / across) * high]
      const head = title === undefined ? 0 : titleHeight
      drawPlot(
        context,
        { left, top: row + head, width: each, height: high - head },
        { plot, zoom, colours: chartColours, emphasis: { ...noEmphasis, ...emphasis() } },
      )
      if (title === undefined) continue
      context.font = `600 12px ${chartColours.font}`
      context.fillStyle = chartColours.text
      context.textAlign = 'left'
      context.textBaseline = 'top'
      context.fillText(fitted(context, title, each - 14), left + 10, row + 5)
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
