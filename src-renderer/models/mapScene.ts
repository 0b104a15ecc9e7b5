/** The picture of a map of the models: cells, contour lines, the scale of colours, and the trials over it. */
import type { MapCells, ModelMap } from '../../src-core/diagnostics/studyModels.ts'
import { measuredObjective } from '../../src-core/progress/objectiveMetric.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { SearchSpace } from '../../src-core/space/parameter.ts'
import type { ObjectiveMetric } from '../../src-core/study/metricSchema.ts'
import { formatValue } from '../model/format.ts'
import { kindOf } from '../model/placement.ts'
import type { PointKind } from '../model/placement.ts'
import type { FigureSize } from '../state/figure.ts'
import { cellEdges, contourLines } from './contourLines.ts'
import { drawMarker } from './markers.ts'
import { parameterAxis, roundNumbers } from './plotAxis.ts'
import type { ChartColours } from '../charts/colours.ts'
import { clipped, drawFrame, fitted, pixelX, pixelY, plotArea } from './plotFrame.ts'
import type { FrameSettings, PlotArea } from './plotFrame.ts'
import { cssColour, mixAt } from '../charts/ramp.ts'

/** What a map shows: the predicted objective, or the probability that constraints hold. */
export type MapOf = 'objective' | 'feasibility'

export interface ShownMap {
  readonly of: MapOf
  /** What the study searches for. */
  readonly metric: ObjectiveMetric
  readonly map: ModelMap
  readonly cells: MapCells
  /** Values at the ends of the scale of colours. */
  readonly range: { readonly low: number; readonly high: number }
  readonly frame: FrameSettings
}

/** Room right of the plot for the scale of colours. */
const scaleRoom = 58
const scaleSteps = 40

/** The frame of a map; null where its hyperparameters are not of this space. */
export const mapFrame = ({ x, y }: ModelMap, space: SearchSpace): FrameSettings | null => {
  const [ofX, ofY] = [space[x.parameter], space[y.parameter]]
  return ofX === undefined || ofY === undefined
    ? null
    : { x: parameterAxis(x.parameter, ofX), y: parameterAxis(y.parameter, ofY), right: scaleRoom, grid: false }
}

/** The model: cells, contour lines, axes, the scale of colours. */
export const drawMap = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  shown: ShownMap,
  colours: ChartColours,
): void => {
  const area = plotArea(size, shown.frame)
  drawCells(context, area, shown, colours)
  if (shown.frame.x.categories === null && shown.frame.y.categories === null)
    drawContours(context, area, shown, colours)
  drawFrame(context, size, shown.frame, colours)
  drawScale(context, area, size.width - scaleRoom + 12, shown, colours)
}

const drawCells = (
  context: CanvasRenderingContext2D,
  area: PlotArea,
  { map, cells, range }: ShownMap,
  colours: ChartColours,
): void => {
  const span = range.high - range.low || 1
  const edgesX = cellEdges(map.x.coordinates)
  const edgesY = cellEdges(map.y.coordinates)
  for (const [row, line] of cells.entries()) {
    for (const [column, value] of line.entries()) {
      const left = pixelX(area, edgesX[column] ?? 0)
      const top = pixelY(area, edgesY[row + 1] ?? 1)
      context.fillStyle = value === null ? colours.grid : cssColour(mixAt(colours.ramp, (value - range.low) / span))
      context.fillRect(
        left,
        top,
        pixelX(area, edgesX[column + 1] ?? 1) - left + 0.6,
        pixelY(area, edgesY[row] ?? 0) - top + 0.6,
      )
    }
  }
}

const drawContours = (
  context: CanvasRenderingContext2D,
  area: PlotArea,
  { of, map, cells, range }: ShownMap,
  colours: ChartColours,
): void => {
  for (const level of of === 'feasibility' ? [0.1, 0.5, 0.9] : roundNumbers(range.low, range.high, 6)) {
    context.beginPath()
    for (const segment of contourLines(cells, map.x.coordinates, map.y.coordinates, level)) {
      context.moveTo(pixelX(area, segment.fromX), pixelY(area, segment.fromY))
      context.lineTo(pixelX(area, segment.toX), pixelY(area, segment.toY))
    }
    context.lineWidth = of === 'feasibility' && level === 0.5 ? 2.5 : 0.75
    context.strokeStyle = colours.surface
    context.stroke()
  }
}

const drawScale = (
  context: CanvasRenderingContext2D,
  area: PlotArea,
  left: number,
  { of, metric, range }: ShownMap,
  colours: ChartColours,
): void => {
  const span = range.high - range.low || 1
  for (let step = 0; step < scaleSteps; step++) {
    context.fillStyle = cssColour(mixAt(colours.ramp, step / (scaleSteps - 1)))
    const top = pixelY(area, (step + 1) / scaleSteps)
    context.fillRect(left, top, 10, pixelY(area, step / scaleSteps) - top + 0.6)
  }
  context.font = `10px ${colours.font}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillStyle = colours.mutedText
  for (const value of of === 'feasibility' ? [0, 0.5, 1] : roundNumbers(range.low, range.high, 4)) {
    const text = of === 'feasibility' ? `${value * 100} %` : formatValue(measuredObjective(metric, value))
    context.fillText(fitted(context, text, 32), left + 13, pixelY(area, (value - range.low) / span))
  }
}

export interface MapPoint {
  readonly number: number
  readonly kind: PointKind
  /** Places on the axes. */
  readonly x: number
  readonly y: number
  readonly objective: number | null
}

/** Where a trial is on a map; null where it has no value on an axis, or waits. */
export const mapPoint = (trial: TrialRow, { x, y }: FrameSettings): MapPoint | null => {
  const kind = kindOf(trial)
  const placedX = x.place(trial.configuration[x.title])
  const placedY = y.place(trial.configuration[y.title])
  return kind === null || placedX === null || placedY === null
    ? null
    : { number: trial.number, kind, x: placedX, y: placedY, objective: trial.objective }
}

export const drawMapTrials = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  frame: FrameSettings,
  rows: readonly TrialRow[],
  brush: ReadonlySet<number> | null,
  colours: ChartColours,
): void => {
  const area = plotArea(size, frame)
  const draw = (): void => {
    for (const trial of rows) {
      const point = mapPoint(trial, frame)
      if (point === null) continue
      context.globalAlpha = brush === null || brush.has(point.number) ? 1 : 0.15
      const [x, y] = [pixelX(area, point.x), pixelY(area, point.y)]
      drawMarker(context, point.kind, x, y, 3.5, colours.series[point.kind], colours.surface)
    }
    context.globalAlpha = 1
  }
  clipped(context, area, draw, 8)
}

/** The trial whose mark is under a position, in pixels. */
export const mapPointUnder = (
  trials: readonly TrialRow[],
  frame: FrameSettings,
  size: FigureSize,
  at: { readonly x: number; readonly y: number },
): MapPoint | null => {
  const area = plotArea(size, frame)
  let found: MapPoint | null = null
  let least = 100
  for (const trial of trials) {
    const point = mapPoint(trial, frame)
    if (point === null) continue
    const distance = (pixelX(area, point.x) - at.x) ** 2 + (pixelY(area, point.y) - at.y) ** 2
    if (distance <= least) {
      least = distance
      found = point
    }
  }
  return found
}
