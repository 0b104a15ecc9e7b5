/** The box of the trust region that a trial was sought in, a row for each hyperparameter, with the trials up to it. */
import type { regionBox } from '../../src-core/diagnostics/searchRecord.ts'
import type { RegionTrial } from '../../src-core/diagnostics/trustRegionHistory.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { SearchSpace } from '../../src-core/space/parameter.ts'
import { linearAxis, parameterAxis, placeOn, valueAtPlace } from '../charts/axes.ts'
import { fitted } from '../charts/drawAxes.ts'
import { drawMark } from '../charts/drawMark.ts'
import { clipToArea } from '../charts/markLayer.ts'
import { MarkBuilder } from '../charts/marks.ts'
import type { Paint, Plot, PlotAxis, PlotFrame } from '../charts/plot.ts'
import { kindOf } from '../charts/pointKinds.ts'
import type { FigureData } from '../state/figure.ts'
import { formatValue } from '../trials/format.ts'
import { parameterRows } from './parameterRows.ts'

type Box = ReturnType<typeof regionBox>

/** Right of the plot, for what the box comes to. */
const wordRoom = 110
const markSize = 0.62

export const boxAxes = (space: SearchSpace): PlotAxis[] =>
  Object.entries(space).map(([name, parameter]) => parameterAxis(name, parameter))

/** What the box spans along an axis: values, or the one category. */
export const boxWords = (axis: PlotAxis, box: Box, row: number): string => {
  const at = (places: readonly number[]): string => formatValue(valueAtPlace(axis, places[row] ?? 0))
  return axis.categories === undefined ? `${at(box.low)} to ${at(box.high)}` : at(box.centre)
}

/** The box below the axes: the same while the box is. */
export const boxGround =
  (axes: readonly PlotAxis[], box: Box): Paint =>
  (context, frame) => {
    const { area, colours } = frame
    context.save()
    clipToArea(context, frame)
    for (const [row, axis] of axes.entries()) paintRow(context, frame, axis, { box, row })
    context.restore()
    context.font = `10px ${colours.font}`
    context.textAlign = 'left'
    context.textBaseline = 'middle'
    context.fillStyle = colours.mutedText
    for (const [row, axis] of axes.entries()) {
      context.fillText(fitted(context, boxWords(axis, box, row), wordRoom - 12), area.right + 10, frame.y(row))
    }
  }

const paintRow = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  { categories }: PlotAxis,
  { box: { low, high, centre }, row }: { readonly box: Box; readonly row: number },
): void => {
  const { colours } = frame
  const thick = Math.min(12, (frame.y(1) - frame.y(0)) * 0.7)
  const top = frame.y(row) - thick / 2
  const bar = (from: number, to: number): void =>
    context.fillRect(frame.x(from), top, Math.max(1, frame.x(to) - frame.x(from)), thick)
  context.fillStyle = colours.grid
  bar(0, 1)
  if (categories === undefined) {
    context.globalAlpha = 0.35
    context.fillStyle = colours.accent
    bar(low[row] ?? 0, high[row] ?? 1)
    context.globalAlpha = 1
  } else {
    context.fillStyle = colours.surface
    for (let choice = 1; choice < categories.length; choice++) {
      context.fillRect(frame.x(choice / categories.length) - 1, top, 2, thick)
    }
  }
  context.fillStyle = colours.text
  context.fillRect(frame.x(centre[row] ?? 0.5) - 1, top - 1, 2, thick + 2)
}

/** @param trials the latest up to the one that was sought in the box, by rising number; older ones are drawn fainter */
export const regionBoxPlot = (
  axes: readonly PlotAxis[],
  ground: Paint,
  trials: readonly TrialRow[],
  { sought, width }: { readonly sought: number; readonly width: number },
): Plot => {
  const marks = new MarkBuilder(trials.length * axes.length)
  for (const trial of trials) {
    const kind = kindOf(trial)
    if (kind === null) continue
    for (const [row, axis] of axes.entries()) {
      marks.add(trial.number, kind, placeOn(axis, trial.configuration[axis.title]), row)
    }
  }
  const names = axes.map(({ title }) => title)
  const { room, y } = parameterRows(names, 0, width)
  return {
    x: {
      // A little beyond its ends, so that what stands there is seen whole.
      ...linearAxis("On the model's scale", -0.03, 1.03),
      ticks: () => [0, 1],
      label: (place) => (place === 0 ? 'low' : 'high'),
      grid: false,
    },
    y,
    room: { ...room, right: wordRoom },
    ground,
    // The marks are there for the pointer and the keys; to the eye each is as faint as it is old.
    marks: marks.build(),
    markOpacity: 0,
    markSize,
    under: (context, frame) => {
      for (const [age, trial] of trials.entries()) {
        const kind = kindOf(trial)
        if (kind === null) continue
        const isSought = trial.number === sought
        context.globalAlpha = isSought ? 1 : 0.25 + (0.5 * age) / trials.length
        for (const [row, axis] of axes.entries()) {
          const x = frame.x(placeOn(axis, trial.configuration[axis.title]))
          const mark = { x, y: frame.y(row), size: isSought ? 1 : markSize }
          if (!Number.isNaN(x)) drawMark(context, kind, mark, frame.colours)
        }
      }
      context.globalAlpha = 1
    },
  }
}

export const boxGist = (
  axes: readonly PlotAxis[],
  { low, high }: Box,
  { trial, length, centre }: RegionTrial,
): string => {
  const widths = low.map((from, row) => (high[row] ?? 1) - from)
  const narrowest = widths.indexOf(Math.min(...widths))
  return `The trust region that trial ${trial} was sought in: side ${formatValue(length)} around trial ${centre}; narrowest along ${axes[narrowest]?.title ?? ''}.`
}

export const boxData = (axes: readonly PlotAxis[], box: Box | null): FigureData => ({
  columns: ['parameter', 'low', 'centre', 'high', 'lowUnit', 'highUnit'],
  rows:
    box === null
      ? []
      : axes.map((axis, row) => {
          const at = (places: readonly number[]): number | string => valueAtPlace(axis, places[row] ?? 0)
          const { low, centre, high } = box
          return [axis.title, at(low), at(centre), at(high), low[row] ?? null, high[row] ?? null]
        }),
})
