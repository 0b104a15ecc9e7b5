/** Between a plot and the axes that chart.js lays out for it: what it is told, and where values come to lie. */
import { Chart, LinearScale, LogarithmicScale, PointElement, ScatterController } from 'chart.js'
import type { ChartConfiguration } from 'chart.js'
import type { ChartArea } from '../model/zoom.ts'
import { axisOptions, fromUnit, shownOf, toUnit } from './axisOptions.ts'
import type { ChartColours } from './colours.ts'
import type { Plot, PlotAxis, PlotEmphasis, PlotFrame } from './plot.ts'

Chart.register(ScatterController, PointElement, LinearScale, LogarithmicScale)

export interface PlotState {
  readonly plot: Plot
  /** In units of the axes (axisOptions.ts); null: everything. */
  readonly zoom: ChartArea | null
  readonly colours: ChartColours
  readonly emphasis: PlotEmphasis
}

type Configuration = ChartConfiguration<'scatter', []>

export const optionsOf = (
  { plot, zoom, colours }: PlotState,
  pixelRatio: number,
): NonNullable<Configuration['options']> => {
  const shown = shownOf(plot, zoom)
  return {
    animation: false,
    parsing: false,
    responsive: false,
    maintainAspectRatio: false,
    devicePixelRatio: pixelRatio,
    events: [],
    layout: { padding: { top: 8, right: 14 } },
    scales: { x: axisOptions(plot.x, shown.x, colours), y: axisOptions(plot.y, shown.y, colours) },
  }
}

/** What the axes depend on: while it stays the same, an update need not lay them out anew. */
export const axesKey = ({ plot, zoom }: PlotState): string => {
  const { x, y } = shownOf(plot, zoom)
  const axis = ({ title, scale, categories }: PlotAxis): unknown => [title, scale, categories]
  return JSON.stringify([x, y, axis(plot.x), axis(plot.y)])
}

const mapOf = (axis: PlotAxis, low: number, high: number, { min, max }: { min: number; max: number }) => {
  const [from, to] = axis.reversed === true ? [high, low] : [low, high]
  const slope = (to - from) / (max - min)
  return {
    pixel:
      axis.scale === 'log'
        ? (value: number): number => from + (Math.log10(value) - min) * slope
        : (value: number): number => from + (value - min) * slope,
    value: (pixel: number): number => fromUnit(axis, min + (pixel - from) / slope),
  }
}

export const frameOf = (
  { chartArea }: Pick<Chart, 'chartArea'>,
  { plot, zoom, colours }: PlotState,
  pixelRatio: number,
  exported: boolean,
): PlotFrame => {
  const { left, top, right, bottom } = chartArea
  const shown = shownOf(plot, zoom)
  const x = mapOf(plot.x, left, right, shown.x)
  const y = mapOf(plot.y, bottom, top, shown.y)
  return {
    area: { left, top, right, bottom },
    x: x.pixel,
    y: y.pixel,
    xAt: x.value,
    yAt: y.value,
    colours,
    pixelRatio,
    exported,
  }
}

/** The zoom that shows what lies between two pixels. */
export const unitsBetween = (plot: Plot, frame: PlotFrame, x0: number, y0: number, x1: number, y1: number) => {
  const point = (x: number, y: number) => ({ x: toUnit(plot.x, frame.xAt(x)), y: toUnit(plot.y, frame.yAt(y)) })
  return { from: point(x0, y0), to: point(x1, y1) }
}
