/** The picture of parallel coordinates: lines of trials, axes with brushes and thresholds, and names for a file. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import { kindOf } from '../charts/pointKinds.ts'
import type { Brushes, PlaceRange } from './parallelBrush.ts'
import type { ParallelGeometry } from './parallelGeometry.ts'
import { type LineSet, traceLine } from './parallelLines.ts'
import { placeOn, unitAtPlace, valuesBetween } from '../charts/axes.ts'
import type { ChartColours } from '../charts/colours.ts'
import type { UprightAxis } from '../charts/drawAxes.ts'
import type { PlotAxis } from '../charts/plot.ts'
import { cssColour, mixAt } from '../charts/ramp.ts'
import { type TrialAxis, valueText } from './trialAxes.ts'

/** Colours of the scale: few enough that lines of the same colour are drawn together. */
const shades = 24

/** The colour of a trial's line: by its state, or by its accuracy along the given axis. */
export const lineColour = (trial: TrialRow, accuracy: PlotAxis | null, colours: ChartColours): string => {
  if (accuracy === null) return colours.series[kindOf(trial) ?? 'failed']
  const place = placeOn(accuracy, trial.objective)
  return Number.isNaN(place)
    ? colours.series.failed
    : cssColour(mixAt(colours.ramp, Math.round(place * shades) / shades))
}

/** Which lines lie on top: feasible trials above others, better ones above worse. */
export const lineRank = (trial: TrialRow | undefined): number =>
  trial === undefined ? 0 : (kindOf(trial) === 'feasible' ? 1 : 0) + (trial.objective ?? -1)

interface LineLook {
  readonly brush: ReadonlySet<number> | null
  readonly colours: ChartColours
  readonly colour: (trial: TrialRow) => string
}

/** @param places trials x axes */
export const lineSet = (
  trials: readonly TrialRow[],
  places: Float32Array,
  { x, top, bottom, noneY }: ParallelGeometry,
  { brush, colours, colour }: LineLook,
): LineSet => ({
  trials,
  places,
  columns: Array.from(x.keys()),
  x,
  axes: x.length,
  top,
  bottom,
  noneY,
  colour: (row) => {
    const trial = trials[row]
    return trial === undefined ? null : colour(trial)
  },
  faint: (row) => brush !== null && !brush.has(trials[row]?.number ?? -1),
  faintColour: colours.grid,
})

/** Draws the first line of a set over all others. */
export const drawStrongLine = (
  context: CanvasRenderingContext2D,
  lines: LineSet,
  { width, colour, ground }: { readonly width: number; readonly colour: string; readonly ground: string },
): void => {
  for (const [lineWidth, stroke] of [
    [width + 2.5, ground],
    [width, colour],
  ] as const) {
    context.beginPath()
    traceLine(context, lines, 0)
    context.lineWidth = lineWidth
    context.strokeStyle = stroke
    context.stroke()
  }
}

interface ShownAxes {
  readonly axes: readonly TrialAxis[]
  readonly brushes: Brushes
  /** The axis that is being moved. */
  readonly carried: string | null
  /** Axes that are labelled even where there is little room. */
  readonly labelled: readonly (string | null | undefined)[]
  /** Whether some trial has no value on some axis. */
  readonly lacking: boolean
  /** What the study searches for. */
  readonly metric: ShownMetric
}

/** What a brush takes of an axis: its two ends as numbers, or its categories; the lower end first. */
const brushEnds = (trialAxis: TrialAxis, { low, high }: PlaceRange, metric: ShownMetric): string[] => {
  const { axis, kind } = trialAxis
  const held = valuesBetween(axis, unitAtPlace(axis, low), unitAtPlace(axis, high))
  if (!('low' in held)) return [...held]
  // Between two whole numbers there is none.
  if (held.low > held.high) return []
  return [held.low, held.high].map((value) =>
    kind === 'hyperparameter' ? valueText(trialAxis, value, metric) : axis.label(value),
  )
}

/** All brushes in words. */
export const brushText = (axes: readonly TrialAxis[], brushes: Brushes, metric: ShownMetric): string =>
  axes
    .flatMap((trialAxis) => {
      const range = brushes[trialAxis.field]
      if (range === undefined) return []
      const ends = brushEnds(trialAxis, range, metric)
      const { title, categories } = trialAxis.axis
      return [`${title} ${ends.join(categories === undefined ? ' to ' : ', ') || 'none'}`]
    })
    .join('; ')

/** Between two axes, for all to have their numbers. */
const roomForNumbers = 44

/** The axes where they stand, with numbers where there is room. */
export const axesAt = ({ x }: ParallelGeometry, { axes, labelled }: ShownAxes): UprightAxis[] => {
  const step = x.length < 2 ? Infinity : (x[1] ?? 0) - (x[0] ?? 0)
  return axes.map(({ axis, field }, place) => ({
    axis,
    x: x[place] ?? 0,
    labelRoom: labelled.includes(field) ? 90 : step > roomForNumbers ? Math.min(90, step - 8) : 0,
  }))
}

/** An end of a brush as a number beside it, readable over lines. */
const writeEnd = (
  context: CanvasRenderingContext2D,
  text: string,
  { side, x, y, colours }: { side: 'left' | 'right'; x: number; y: number; colours: ChartColours },
): void => {
  context.font = `600 11px ${colours.font}`
  context.textAlign = side
  context.textBaseline = 'middle'
  context.lineWidth = 4
  context.lineJoin = 'round'
  context.strokeStyle = colours.surface
  context.strokeText(text, x, y)
  context.fillStyle = colours.accent
  context.fillText(text, x, y)
}

/** What stands on the axes: brushes, limits, and which of them is moved. */
export const drawOnAxes = (
  context: CanvasRenderingContext2D,
  { x, top, bottom, noneY }: ParallelGeometry,
  { axes, brushes, carried, lacking, metric }: ShownAxes,
  colours: ChartColours,
): void => {
  const place = (at: number): number => bottom - at * (bottom - top)
  for (const [index, trialAxis] of axes.entries()) {
    const { axis, threshold, field } = trialAxis
    const at = x[index] ?? 0
    context.fillStyle = colours.accent
    if (field === carried) context.fillRect(at - 1, top, 2, bottom - top)
    const range = brushes[field]
    if (range !== undefined) {
      const box = [at - 6, place(range.high), 12, place(range.low) - place(range.high)] as const
      context.globalAlpha = 0.22
      context.fillRect(...box)
      context.globalAlpha = 1
      context.lineWidth = 1.5
      context.strokeStyle = colours.accent
      context.strokeRect(...box)
      // Categories stand at the axis already.
      if (axis.categories === undefined) {
        const [low = '', high = ''] = brushEnds(trialAxis, range, metric)
        // Numbers of the axis are right of it; left of the first one there is no room.
        const beside = { side: index === 0 ? 'left' : 'right', x: index === 0 ? at + 9 : at - 9, colours } as const
        writeEnd(context, high, { ...beside, y: place(range.high) })
        writeEnd(context, low, { ...beside, y: place(range.low) })
      }
    }
    if (threshold === null) continue
    context.fillStyle = colours.threshold
    context.fillRect(at - 7, place(placeOn(axis, threshold)) - 1, 14, 2)
  }
  if (!lacking) return
  context.font = `10px ${colours.font}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillStyle = colours.mutedText
  context.fillText('no value', 2, noneY - 8)
}

/** The names of the axes, which the window writes itself. */
export const drawNames = (
  context: CanvasRenderingContext2D,
  { x, top, isLow }: ParallelGeometry,
  axes: readonly TrialAxis[],
  colours: ChartColours,
): void => {
  context.font = `10px ${colours.font}`
  context.fillStyle = colours.text
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  for (const [index, { axis }] of axes.entries()) {
    context.save()
    // Level names are whole where neighbours are in different lines.
    context.translate(x[index] ?? 0, top - 8 - (isLow && index % 2 === 1 ? 12 : 0))
    if (isLow) context.textAlign = index === 0 ? 'left' : index === axes.length - 1 ? 'right' : 'center'
    else context.rotate(-Math.PI / 4)
    context.fillText(axis.title, 0, 0)
    context.restore()
  }
}
