import type { AxisRange, ChartArea } from '../model/zoom.ts'
import type { ChartColours } from './colours.ts'
import type { Plot, PlotAxis } from './plot.ts'

/** Zooms are values in units in which an axis is even: logarithms on a log axis. */
export const toUnit = ({ scale }: PlotAxis, value: number): number => (scale === 'log' ? Math.log10(value) : value)
export const fromUnit = ({ scale }: PlotAxis, unit: number): number => (scale === 'log' ? 10 ** unit : unit)

const wholeAxis = (axis: PlotAxis): AxisRange => ({ min: toUnit(axis, axis.min), max: toUnit(axis, axis.max) })

/** Everything that a plot can show, in units. */
export const wholeOf = ({ x, y }: Plot): ChartArea => ({ x: wholeAxis(x), y: wholeAxis(y) })

/** What is shown of a plot: the zoom, where an axis can be zoomed. */
export const shownOf = (plot: Plot, zoom: ChartArea | null): ChartArea => {
  const whole = wholeOf(plot)
  return {
    x: zoom === null || plot.x.zoomed === false ? whole.x : zoom.x,
    y: zoom === null || plot.y.zoomed === false ? whole.y : zoom.y,
  }
}

const mostCategories = 40

/** The ticks of an axis of categories: each, or as many as fit. */
const categoryTicks = (count: number): number[] => {
  const every = Math.max(1, Math.ceil(count / mostCategories))
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every)
}

const ticksOf = (axis: PlotAxis, { min, max }: AxisRange): readonly number[] | null => {
  if (axis.categories !== undefined) {
    return categoryTicks(axis.categories.length).filter((place) => place >= min && place <= max)
  }
  return axis.ticks?.(fromUnit(axis, min), fromUnit(axis, max)) ?? null
}

/** An axis as chart.js draws it. */
export const axisOptions = (axis: PlotAxis, shown: AxisRange, colours: ChartColours) => {
  const { mutedText, grid, line, font } = colours
  const places = ticksOf(axis, shown)
  const label = (value: number | string): string =>
    axis.categories === undefined ? axis.label(Number(value)) : (axis.categories[Number(value)] ?? '')
  return {
    type: axis.scale === 'log' ? ('logarithmic' as const) : ('linear' as const),
    min: fromUnit(axis, shown.min),
    max: fromUnit(axis, shown.max),
    reverse: axis.reversed ?? false,
    title: {
      display: axis.title !== '',
      text: axis.title,
      color: mutedText,
      font: { family: font, size: 11 },
      padding: 2,
    },
    ticks: {
      color: mutedText,
      font: { family: font, size: 11 },
      callback: label,
      maxTicksLimit: 7,
      maxRotation: 0,
      autoSkip: true,
      autoSkipPadding: 12,
      includeBounds: false,
    },
    grid: { color: grid, tickColor: line, tickLength: 4, display: axis.categories === undefined },
    border: { color: line },
    afterBuildTicks: (scale: { ticks: { value: number }[] }): void => {
      if (places !== null) scale.ticks = places.map((value) => ({ value }))
    },
  }
}
