/** Axes: where a plot lies within its picture, and their drawing by chart.js. */
import {
  BasicPlatform,
  Chart,
  type ChartOptions,
  LinearScale,
  PointElement,
  type Scale,
  type ScaleOptionsByType,
  ScatterController,
} from 'chart.js'
import type { FigureSize } from '../state/figure.ts'
import { fromUnit, shownOf, tickLabel, ticksApart, ticksOf, toUnit, wholeAxis } from './axes.ts'
import type { ChartColours } from './colours.ts'
import type { AxisRange, ChartArea } from './zoom.ts'
import type { PixelSpan, Plot, PlotAxis, PlotEmphasis, PlotFrame } from './plot.ts'

Chart.register(ScatterController, PointElement, LinearScale)

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
  const axis = ({ title, categories, reversed, min, max, label }: PlotAxis): unknown => [
    title,
    categories,
    reversed,
    // Two axes may have the same ends, and name them otherwise.
    label(min),
    label(max),
  ]
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

const numbersBeside = (axis: PlotAxis, shown: AxisRange, height: number): readonly number[] =>
  ticksApart(axis, shown, within(3, height / 28, 7), lineHeight / height)
const xTicksOf = ({ x }: Plot, shown: AxisRange, width: number): readonly number[] =>
  ticksOf(x, shown, within(2, width / 60, 7))

const areaOf = (context: CanvasRenderingContext2D, { width, height }: FigureSize, plot: Plot, shown: ChartArea) => {
  const { room = {} } = plot
  const top = room.top ?? 8
  const bottom = height - (room.bottom ?? tickLength + 4 + lineHeight + (plot.x.title === '' ? 0 : titleHeight + 2))
  let left = room.left ?? 0
  if (room.left === undefined) {
    const labels = numbersBeside(plot.y, shown.y, bottom - top).map((value) => tickLabel(plot.y, value))
    const widest = labels.reduce((most, label) => Math.max(most, context.measureText(label).width), 0)
    left = Math.ceil(Math.min(width * 0.35, widest)) + tickLength + 6 + (plot.y.title === '' ? 2 : titleHeight + 4)
  }
  const right = room.right === undefined ? rightOf(context, plot, { ...shown.x, width, left }) : width - room.right
  return { left, top, right: Math.max(left + 1, right), bottom: Math.max(top + 1, bottom) }
}

/** Where the axis ends, so that its last number is within the picture. */
const rightOf = (
  context: CanvasRenderingContext2D,
  plot: Plot,
  { min, max, width, left }: AxisRange & { readonly width: number; readonly left: number },
): number => {
  const end = width - 14
  let right = end
  for (const value of plot.x.categories === undefined ? xTicksOf(plot, { min, max }, end - left) : []) {
    const along = (toUnit(plot.x, value) - min) / (max - min)
    const place = plot.x.reversed === true ? 1 - along : along
    const half = context.measureText(tickLabel(plot.x, value)).width / 2
    if (left + place * (end - left) + half > width - 1)
      right = Math.min(right, left + (width - 1 - half - left) / place)
  }
  return right
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
  { pixelRatio, exported }: Pick<PlotFrame, 'pixelRatio' | 'exported'>,
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

const kept: ReadonlySet<string | symbol> = new Set(['setTransform', 'resetTransform', 'clearRect'])

/** The context for chart.js, which would else clear all of it and take it for one that it may turn as it likes. */
const contextWithin = (context: CanvasRenderingContext2D, canvas: object): CanvasRenderingContext2D =>
  new Proxy(context, {
    get: (target, name) => {
      if (kept.has(name)) return () => undefined
      if (name === 'canvas') return canvas
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
    set: (target, name, value) => Reflect.set(target, name, value),
  })

interface AxisLook {
  /** What of it takes how many pixels beside the plot. */
  readonly side: 'width' | 'height'
  readonly room: number
  readonly colours: ChartColours
  readonly shown: AxisRange
  readonly ticks: readonly number[]
  /** Pixels along the axis, and for one of its numbers. */
  readonly length: number
  readonly labelRoom: number
}

/** An axis as chart.js draws it, even in its units; how much room it takes has been decided. */
const scaleOptions = (
  context: CanvasRenderingContext2D,
  axis: PlotAxis,
  { side, room, colours, shown, ticks, length, labelRoom }: AxisLook,
): ScaleOptionsByType<'linear'> => {
  const { mutedText, grid, line, font } = colours
  const labels = new Map(ticks.map((value) => [toUnit(axis, value), tickLabel(axis, value)]))
  const isTitled = axis.title !== '' && (side === 'height' || context.measureText(axis.title).width <= length * 1.25)
  const options = {
    type: 'linear' as const,
    min: shown.min,
    max: shown.max,
    reverse: axis.reversed ?? false,
    title: {
      // A few letters of a title say nothing.
      display: isTitled,
      // chart.js writes what is longer than the axis narrower, which can be read up to a quarter.
      text: fitted(context, axis.title, Math.max(length * 1.25, length + (side === 'height' ? 8 : 24))),
      color: mutedText,
      font: { family: font, size: 11 },
      padding: 2,
    },
    ticks: {
      display: labelRoom > 8,
      color: mutedText,
      font: { family: font, size: 11 },
      callback: (unit: number | string) => fitted(context, labels.get(Number(unit)) ?? '', Math.max(24, labelRoom)),
      maxTicksLimit: Math.max(1, ticks.length),
      maxRotation: 0,
      autoSkip: true,
      autoSkipPadding: side === 'height' ? 8 : 0,
      includeBounds: false,
    },
    grid: { color: grid, tickColor: line, tickLength, drawOnChartArea: axis.grid ?? axis.categories === undefined },
    border: { color: line },
    afterBuildTicks: (scale: Scale) => {
      scale.ticks = ticks.map((value) => ({ value: toUnit(axis, value) }))
    },
    afterFit: (scale: Scale) => {
      scale[side] = room
      scale.paddingLeft = scale.paddingRight = scale.paddingTop = scale.paddingBottom = 0
    },
  }
  return options as unknown as ScaleOptionsByType<'linear'>
}

/** Draws the axes of a plot around and within its frame. */
export const drawAxes = (
  context: CanvasRenderingContext2D,
  { width, height }: FigureSize,
  { area }: PlotFrame,
  { plot, zoom, colours }: PlotState,
): void => {
  const shown = shownOf(plot, zoom)
  const { left, top, right, bottom } = area
  context.font = `11px ${colours.font}`
  const xTicks = xTicksOf(plot, shown.x, right - left)
  const y: AxisLook = {
    side: 'width',
    room: left,
    colours,
    shown: shown.y,
    ticks: numbersBeside(plot.y, shown.y, bottom - top),
    length: bottom - top,
    labelRoom: left - tickLength - 4 - (plot.y.title === '' ? 0 : titleHeight),
  }
  const x: AxisLook = {
    side: 'height',
    room: height - bottom,
    colours,
    shown: shown.x,
    ticks: xTicks,
    length: right - left,
    labelRoom: plot.x.categories === undefined ? right - left : (right - left) / Math.max(1, xTicks.length) - 4,
  }
  drawScales(
    context,
    { width, height },
    {
      padding: { top, right: width - right, bottom: 0 },
      scales: { x: scaleOptions(context, plot.x, x), y: scaleOptions(context, plot.y, y) },
    },
  )
}

/** An axis that stands upright at a place of its own, such as one of many beside each other. */
export interface UprightAxis {
  readonly axis: PlotAxis
  /** In CSS pixels. */
  readonly x: number
  /** For its numbers, which are right of it; 0: it has none. */
  readonly labelRoom: number
}

/** Draws upright axes, each whole, from `top` to `bottom`. */
export const drawUprightAxes = (
  context: CanvasRenderingContext2D,
  { width, height }: FigureSize,
  axes: readonly UprightAxis[],
  { top, bottom, colours }: { readonly top: number; readonly bottom: number; readonly colours: ChartColours },
): void => {
  context.font = `11px ${colours.font}`
  const scales = axes.map(({ axis, labelRoom }, place) => {
    const shown = wholeAxis(axis)
    const ticks = numbersBeside(axis, shown, bottom - top)
    const look = { side: 'width', room: 0, colours, shown, ticks, length: bottom - top, labelRoom } as const
    const options = scaleOptions(context, { ...axis, title: '', grid: false }, look)
    // An edge in the ground's colour, as lines run behind the numbers.
    const numbers = { ...options.ticks, textStrokeColor: colours.surface, textStrokeWidth: 3 }
    return [`y${place}`, { ...options, position: 'right', ticks: numbers }] as const
  })
  drawScales(
    context,
    { width, height },
    {
      padding: { top, right: 0, bottom: height - bottom },
      scales: { x: { display: false }, ...Object.fromEntries(scales) },
      onLaidOut(chart) {
        for (const [place, { x, labelRoom }] of axes.entries()) {
          const scale = chart.scales[`y${place}`]
          // Numbers are clipped to between the two.
          if (scale !== undefined) [scale.left, scale.right] = [x, x + tickLength + 6 + labelRoom]
        }
      },
    },
  )
}

interface Scales {
  readonly padding: { readonly top: number; readonly right: number; readonly bottom: number }
  readonly scales: NonNullable<ChartOptions<'scatter'>['scales']>
  /** Called before they are drawn. */
  readonly onLaidOut?: (chart: Chart) => void
}

/** Has chart.js draw scales, of which nothing else is used. */
const drawScales = (
  context: CanvasRenderingContext2D,
  { width, height }: FigureSize,
  { padding, scales, onLaidOut }: Scales,
): void => {
  // chart.js asks its canvas for a context: this stand-in gives the one that there is.
  const standIn: { width: number; height: number; getContext(): CanvasRenderingContext2D } = {
    width,
    height,
    getContext: () => contextWithin(context, standIn),
  }
  context.save()
  const chart = new Chart(standIn as unknown as HTMLCanvasElement, {
    type: 'scatter',
    platform: BasicPlatform,
    data: { datasets: [] },
    options: {
      animation: false,
      parsing: false,
      responsive: false,
      maintainAspectRatio: false,
      // Sizes of the drawing are what counts here: pixels belong to whoever made the context.
      devicePixelRatio: 1,
      events: [],
      layout: { padding: { left: 0, ...padding } },
      scales,
    },
    plugins: [{ id: 'places', afterLayout: (laidOut) => onLaidOut?.(laidOut) }],
  })
  chart.destroy()
  context.restore()
}

/** The zoom that shows what lies between two pixels. */
export const unitsBetween = ({ units }: PlotFrame, { fromX, fromY, toX, toY }: PixelSpan) => ({
  from: { x: units.xAt(fromX), y: units.yAt(fromY) },
  to: { x: units.xAt(toX), y: units.yAt(toY) },
})
