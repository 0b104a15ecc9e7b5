/** A map of the models as a plot: cells, contour lines and the scale of colours as its ground, the trials over it. */
import type { MapCells, ModelMap } from '../../src-core/diagnostics/studyModels.ts'
import { measuredObjective } from '../../src-core/progress/objectiveText.ts'
import type { SearchSpace } from '../../src-core/space/parameter.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import { parameterAxis, roundNumbers, unitAtPlace } from '../charts/axes.ts'
import { fitted } from '../charts/drawAxes.ts'
import type { Paint, Plot, PlotAxis, PlotFrame } from '../charts/plot.ts'
import { cssColour, mixAt } from '../charts/ramp.ts'
import { formatValue } from '../trials/format.ts'
import { cellEdges, contourLines } from './contourLines.ts'

type Cells = readonly (readonly (number | null)[])[]

/** The smallest and the largest value of a map; 0 to 1 of an empty one. */
export const rangeOfCells = (cells: Cells): { readonly low: number; readonly high: number } => {
  let low = Infinity
  let high = -Infinity
  for (const row of cells) {
    for (const value of row) {
      if (value === null || !Number.isFinite(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low > high ? { low: 0, high: 1 } : { low, high }
}

/** The value of the cell at a place; null where none is, or nothing applies. */
export const mapValueAt = (
  cells: Cells,
  edges: Readonly<Record<'x' | 'y', readonly number[]>>,
  place: Readonly<Record<'x' | 'y', number>>,
): number | null => {
  const along = (axis: 'x' | 'y'): number =>
    edges[axis].findIndex((edge, index) => place[axis] >= edge && place[axis] <= (edges[axis][index + 1] ?? -1))
  const [column, row] = [along('x'), along('y')]
  return cells[row]?.[column] ?? null
}

/** What a map shows: the predicted objective, or the probability that constraints hold. */
export type MapOf = 'objective' | 'feasibility'

export interface ShownMap {
  readonly of: MapOf
  /** What the study searches for. */
  readonly metric: ShownMetric
  readonly map: ModelMap
  readonly cells: MapCells
  /** Values at the ends of the scale of colours. */
  readonly range: { readonly low: number; readonly high: number }
  readonly x: PlotAxis
  readonly y: PlotAxis
}

/** Room right of the plot for the scale of colours. */
const scaleRoom = 58
const scaleSteps = 40

/** The axes of a map; null where its hyperparameters are not of this space. */
export const mapAxes = ({ x, y }: ModelMap, space: SearchSpace): Pick<ShownMap, 'x' | 'y'> | null => {
  const [ofX, ofY] = [space[x.parameter], space[y.parameter]]
  if (ofX === undefined || ofY === undefined) return null
  return {
    x: { ...parameterAxis(x.parameter, ofX), grid: false },
    y: { ...parameterAxis(y.parameter, ofY), grid: false },
  }
}

/** What lies below the axes and the trials; the same for as long as the map is. */
export const mapGround =
  (shown: ShownMap): Paint =>
  (context, frame) => {
    const { left, top, right, bottom } = frame.area
    const pixel = {
      x: (place: number): number => frame.units.x(unitAtPlace(shown.x, place)),
      y: (place: number): number => frame.units.y(unitAtPlace(shown.y, place)),
    }
    context.save()
    context.beginPath()
    context.rect(left, top, right - left, bottom - top)
    context.clip()
    paintCells(context, frame, shown, pixel)
    if (shown.x.categories === undefined && shown.y.categories === undefined)
      paintContours(context, frame, shown, pixel)
    context.restore()
    paintScale(context, frame, shown)
  }

interface Pixels {
  x(place: number): number
  y(place: number): number
}

const paintCells = (
  context: CanvasRenderingContext2D,
  { colours }: PlotFrame,
  { map, cells, range }: ShownMap,
  pixel: Pixels,
): void => {
  const span = range.high - range.low || 1
  const xs = cellEdges(map.x.coordinates).map(pixel.x)
  const ys = cellEdges(map.y.coordinates).map(pixel.y)
  for (const [row, line] of cells.entries()) {
    for (const [column, value] of line.entries()) {
      const [left, right, top, bottom] = [xs[column] ?? 0, xs[column + 1] ?? 0, ys[row + 1] ?? 0, ys[row] ?? 0]
      context.fillStyle = value === null ? colours.grid : cssColour(mixAt(colours.ramp, (value - range.low) / span))
      context.fillRect(left, top, right - left + 0.6, bottom - top + 0.6)
    }
  }
}

const paintContours = (
  context: CanvasRenderingContext2D,
  { colours }: PlotFrame,
  { of, map, cells, range }: ShownMap,
  pixel: Pixels,
): void => {
  for (const level of of === 'feasibility' ? [0.1, 0.5, 0.9] : roundNumbers(range.low, range.high, 6)) {
    context.beginPath()
    for (const { fromX, fromY, toX, toY } of contourLines(cells, map.x.coordinates, map.y.coordinates, level)) {
      context.moveTo(pixel.x(fromX), pixel.y(fromY))
      context.lineTo(pixel.x(toX), pixel.y(toY))
    }
    context.lineWidth = of === 'feasibility' && level === 0.5 ? 2.5 : 0.75
    context.strokeStyle = colours.surface
    context.stroke()
  }
}

const paintScale = (
  context: CanvasRenderingContext2D,
  { area, colours }: PlotFrame,
  { of, metric, range }: ShownMap,
): void => {
  const span = range.high - range.low || 1
  const left = area.right + 12
  const at = (share: number): number => area.bottom - share * (area.bottom - area.top)
  for (let step = 0; step < scaleSteps; step++) {
    context.fillStyle = cssColour(mixAt(colours.ramp, step / (scaleSteps - 1)))
    context.fillRect(left, at((step + 1) / scaleSteps), 10, at(step / scaleSteps) - at((step + 1) / scaleSteps) + 0.6)
  }
  context.font = `10px ${colours.font}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillStyle = colours.mutedText
  for (const value of of === 'feasibility' ? [0, 0.5, 1] : roundNumbers(range.low, range.high, 4)) {
    const text = of === 'feasibility' ? `${value * 100} %` : formatValue(measuredObjective(metric, value))
    context.fillText(fitted(context, text, 32), left + 13, at((value - range.low) / span))
  }
}

/** @param ground of `mapGround`: kept as a picture while it is the same */
export const mapPlot = (
  { x, y }: Pick<ShownMap, 'x' | 'y'>,
  ground: Paint,
  { marks, live }: Required<Pick<Plot, 'marks' | 'live'>>,
): Plot => ({
  x,
  y,
  marks,
  live,
  markSize: 0.8,
  room: { right: scaleRoom },
  ground,
})
