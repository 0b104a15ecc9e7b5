/** The picture of a slice: a small plot for each hyperparameter, with the trials in it. */
import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import { placeOn } from '../charts/axes.ts'
import { kindOf } from '../charts/pointKinds.ts'
import type { FigureSize } from '../state/figure.ts'
import { drawMarker, drawRing } from './markers.ts'
import { packed, setSquares } from './pixelPoints.ts'
import type { ChartColours } from '../charts/colours.ts'
import { drawFrame, fitted, line, pixelX, pixelY, plotArea } from './plotFrame.ts'
import type { FrameSettings, PlotArea } from './plotFrame.ts'
import { parseColour } from '../charts/ramp.ts'
import type { Colour } from '../charts/ramp.ts'
import { gridCells } from './sliceGrid.ts'
import type { GridCell } from './sliceGrid.ts'
import { placesOf } from './trialAxes.ts'
import type { TrialAxis } from './trialAxes.ts'

/** What is drawn: a plot for each axis, all against the same one. */
export interface Slice {
  readonly axes: readonly TrialAxis[]
  readonly against: TrialAxis
  readonly constraints: readonly ConstraintInfo[]
  readonly brush: ReadonlySet<number> | null
  /** Whether there are too many trials for marks. */
  readonly isDense: boolean
}

interface SlicePlot {
  readonly axis: TrialAxis
  readonly cell: GridCell
  readonly frame: FrameSettings
  /** Of the plot, in pixels of the whole picture. */
  readonly area: PlotArea
}

/** Above so many points they are drawn as pixels: as many as fit into the time of a frame, whichever way they are drawn. */
export const marksAtMost = 12_000
/** Room for the name of a plot. */
const head = 22

/** The plots; small ones without titles on their axes. */
export const slicePlots = (
  { axes, against }: Pick<Slice, 'axes' | 'against'>,
  { width, height }: FigureSize,
): SlicePlot[] => {
  const isSmall = axes.length > 1
  const cells = gridCells(axes.length, width, height)
  return axes.flatMap((axis, index) => {
    const cell = cells[index]
    if (cell === undefined) return []
    const frame = {
      x: isSmall ? { ...axis.axis, title: '' } : axis.axis,
      y: isSmall ? { ...against.axis, title: '' } : against.axis,
      top: head,
      right: 10,
      ...(isSmall ? { left: 34, bottom: 20 } : {}),
    }
    const area = plotArea(cell, frame)
    return [{ axis, cell, frame, area: { ...area, left: area.left + cell.left, top: area.top + cell.top } }]
  })
}

export const drawSliceFrames = (
  context: CanvasRenderingContext2D,
  plots: readonly SlicePlot[],
  { against: { axis, threshold } }: Slice,
  colours: ChartColours,
): void => {
  for (const { cell, frame } of plots) {
    context.save()
    context.translate(cell.left, cell.top)
    const area = drawFrame(context, cell, frame, colours)
    if (threshold !== null) {
      const y = pixelY(area, placeOn(axis, threshold))
      context.setLineDash([5, 4])
      line(context, area.left, y, area.left + area.width, y, colours.threshold, 1.5)
      context.setLineDash([])
    }
    context.restore()
  }
}

/** The names of the plots, which the window writes itself. */
export const drawSliceNames = (
  context: CanvasRenderingContext2D,
  plots: readonly SlicePlot[],
  colours: ChartColours,
): void => {
  context.font = `600 11px ${colours.font}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillStyle = colours.text
  if (plots.length < 2) return
  for (const { cell, axis } of plots) {
    context.fillText(fitted(context, axis.field, cell.width - 12), cell.left + 8, cell.top + 9)
  }
}

const radiusIn = (plots: readonly SlicePlot[]): number => (plots.length > 1 ? 2.75 : 4)

/** Calls `draw` with the position of a trial in each plot in which it has one. */
const atEach = (
  trial: TrialRow,
  plots: readonly SlicePlot[],
  { axes, against, constraints }: Slice,
  draw: (x: number, y: number) => void,
): void => {
  const places = placesOf([trial], [...axes, against], constraints)
  for (const [column, { area }] of plots.entries()) {
    const x = pixelX(area, places[column] ?? NaN)
    const y = pixelY(area, places[axes.length] ?? NaN)
    if (!Number.isNaN(x) && !Number.isNaN(y)) draw(x, y)
  }
}

/** Draws trials: as marks where they can be told apart, else as pixels. */
export const drawSlicePoints = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  plots: readonly SlicePlot[],
  slice: Slice,
  rows: readonly TrialRow[],
  colours: ChartColours,
): void => {
  if (rows.length * plots.length > marksAtMost) {
    drawPixels(context, size, plots, slice, rows, colours)
    return
  }
  const radius = radiusIn(plots)
  const { brush, isDense } = slice
  for (const trial of rows) {
    const kind = kindOf(trial)
    if (kind === null) continue
    context.globalAlpha = brush !== null && !brush.has(trial.number) ? 0.15 : 1
    atEach(trial, plots, slice, (x, y) => {
      if (isDense) {
        context.fillStyle = colours.series[kind]
        context.fillRect(x - 1, y - 1, 2, 2)
      } else drawMarker(context, kind, x, y, radius, colours.series[kind], colours.surface)
    })
  }
  context.globalAlpha = 1
}

const drawPixels = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  plots: readonly SlicePlot[],
  { axes, against, constraints, brush }: Slice,
  rows: readonly TrialRow[],
  colours: ChartColours,
): void => {
  const ratio = window.devicePixelRatio
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(size.width * ratio)
  canvas.height = Math.round(size.height * ratio)
  const own = canvas.getContext('2d', { willReadFrequently: true })
  if (own === null) return
  const image = own.createImageData(canvas.width, canvas.height)
  const colourOf = new Map(Object.entries(colours.series).map(([kind, text]) => [kind, numbersOf(own, text)]))
  const columns = [...axes, against]
  const table = { places: placesOf(rows, columns, constraints), columns: columns.length, y: axes.length }
  const rowColours = Uint32Array.from(rows, (trial) =>
    packed(colourOf.get(kindOf(trial) ?? 'failed') ?? [0, 0, 0], brush === null || brush.has(trial.number) ? 210 : 40),
  )
  for (const [x, { area }] of plots.entries()) {
    const { left, top, width, height } = area
    const scaled = { left: left * ratio, top: top * ratio, width: width * ratio, height: height * ratio }
    setSquares(image, { ...table, x }, scaled, 2 * ratio, rowColours)
  }
  own.putImageData(image, 0, 0)
  context.drawImage(canvas, 0, 0, size.width, size.height)
}
/** Any CSS colour of the style sheet as numbers. */
const numbersOf = (context: CanvasRenderingContext2D, text: string): Colour => {
  context.fillStyle = text
  const [red, green, blue] = parseColour(String(context.fillStyle))
  return [255 * red, 255 * green, 255 * blue]
}

/** Draws a trial over all others, with a ring around it in each plot. */
export const drawSliceRing = (
  context: CanvasRenderingContext2D,
  plots: readonly SlicePlot[],
  slice: Slice,
  trial: TrialRow,
  ring: { readonly wider: number; readonly colour: string },
  colours: ChartColours,
): void => {
  const kind = kindOf(trial)
  if (kind === null) return
  const radius = radiusIn(plots)
  atEach(trial, plots, slice, (x, y) => {
    drawMarker(context, kind, x, y, radius, colours.series[kind], colours.surface)
    drawRing(context, x, y, radius + ring.wider, 2, ring.colour)
  })
}

/** The trial whose mark is within 8 pixels of a position, the nearest of them; null where there is none. */
export const sliceTrialUnder = (
  trials: readonly TrialRow[],
  plots: readonly SlicePlot[],
  { against, constraints }: Pick<Slice, 'against' | 'constraints'>,
  at: { readonly x: number; readonly y: number },
): TrialRow | null => {
  const plot = plots.find(
    ({ area: { left, top, width, height } }) =>
      at.x >= left - 6 && at.x <= left + width + 6 && at.y >= top - 6 && at.y <= top + height + 6,
  )
  if (plot === undefined) return null
  let found: TrialRow | null = null
  let least = 64
  for (const trial of trials) {
    const places = placesOf([trial], [plot.axis, against], constraints)
    const x = pixelX(plot.area, places[0] ?? NaN)
    const y = pixelY(plot.area, places[1] ?? NaN)
    const distance = (x - at.x) ** 2 + (y - at.y) ** 2
    if (distance <= least) {
      least = distance
      found = trial
    }
  }
  return found
}

/** The plot in whose cell a position is. */
export const slicePlotAt = (
  plots: readonly SlicePlot[],
  at: { readonly x: number; readonly y: number },
): SlicePlot | undefined =>
  plots.find(
    ({ cell }) =>
      at.x >= cell.left && at.x <= cell.left + cell.width && at.y >= cell.top && at.y <= cell.top + cell.height,
  )
