/** The box plots of a confirmation: one box for each trial with its runs, the mean with its 95 % interval, and what the search had measured. */
import { highestOf, isMinimised, measuredNumber, metricTitle } from '../../src-core/progress/objectiveText.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import { categoryAxis } from '../charts/axes.ts'
import { boxStatistics } from '../charts/boxStatistics.ts'
import { drawBox } from '../charts/drawBox.ts'
import { costLabel, plainLabel } from '../charts/labels.ts'
import { MarkBuilder } from '../charts/marks.ts'
import type { Plot, PlotFrame } from '../charts/plot.ts'
import type { FigureData } from '../state/figure.ts'
import type { ConfirmedRow } from './confirmedRows.ts'

/** What the axis of values spans: all that is drawn and a little room, from 0, of accuracies to 1. */
export const valueRange = (rows: readonly ConfirmedRow[], metric: ShownMetric): { low: number; high: number } => {
  const most = highestOf(metric)
  const measured = rows.flatMap(({ values, searched, interval }) => [
    ...values,
    ...(searched === null ? [] : [searched]),
    ...(interval === null ? [] : [Math.max(0, interval.low), Math.min(most, interval.high)]),
  ])
  if (measured.length === 0) return { low: 0, high: 1 }
  const low = Math.min(...measured)
  const high = Math.max(...measured)
  const room = Math.max(isMinimised(metric) ? high * 0.01 : 0.005, (high - low) * 0.1) || 1
  return { low: Math.max(0, low - room), high: Math.min(most, high + room) }
}

/** Where things stand beside the middle of a trial's column, as shares of it. */
const meanAt = 0.3
const searchedAt = -0.32
const boxWidth = 0.36

const paintRow = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  { values, interval, searched }: ConfirmedRow,
  place: number,
): void => {
  const { series, threshold, mutedText } = frame.colours
  const box = boxStatistics(values)
  // The mean stands beside the box, with its interval.
  if (box !== null) {
    drawBox(context, frame, { ...box, mean: NaN }, { x: place, width: boxWidth, colour: series.feasible })
  }
  context.fillStyle = series.feasible
  for (const [index, value] of values.entries()) {
    // Beside each other, so that equal ones are told apart; the same place each time.
    context.beginPath()
    context.arc(frame.x(place) + (((index * 7) % 5) - 2) * 2.5, frame.y(value), 2.5, 0, 2 * Math.PI)
    context.fill()
  }
  if (interval !== null) {
    context.strokeStyle = threshold
    context.lineWidth = 2
    context.beginPath()
    context.moveTo(frame.x(place + meanAt), frame.y(interval.low))
    context.lineTo(frame.x(place + meanAt), frame.y(interval.high))
    context.stroke()
  }
  if (searched === null) return
  const [x, y] = [frame.x(place + searchedAt), frame.y(searched)]
  context.strokeStyle = mutedText
  context.lineWidth = 1.5
  context.beginPath()
  for (const side of [-4, 4]) {
    context.moveTo(x - 4, y - side)
    context.lineTo(x + 4, y + side)
  }
  context.stroke()
}

/** @param metric what the study searches for; costs are drawn as they are */
export const confirmationPlot = (rows: readonly ConfirmedRow[], metric: ShownMetric): Plot => {
  const { low, high } = valueRange(rows, metric)
  const marks = new MarkBuilder(rows.length)
  for (const [place, { trial, mean, feasibleShare }] of rows.entries()) {
    marks.add(trial, feasibleShare === 1 ? 'feasible' : 'infeasible', place + meanAt, mean ?? NaN)
  }
  const trialsBetween = (from: number, to: number): number[] =>
    rows.slice(Math.max(0, Math.round(from)), Math.max(0, Math.round(to) + 1)).map(({ trial }) => trial)
  return {
    x: categoryAxis(
      '',
      rows.map(({ trial }) => `Trial ${trial}`),
    ),
    y: {
      title: `${metricTitle(metric)} on the test samples`,
      scale: 'linear',
      min: low,
      max: high,
      label: isMinimised(metric) ? costLabel : plainLabel,
    },
    marks: marks.build(),
    kinds: [],
    under: (context, frame) => {
      for (const [place, row] of rows.entries()) paintRow(context, frame, row, place)
    },
    trialAt: (frame, x, y) => {
      const { left, right, top, bottom } = frame.area
      if (x < left || x > right || y < top || y > bottom) return null
      return trialsBetween(frame.xAt(x), frame.xAt(x))[0] ?? null
    },
    trialsIn: (frame, { left, right }) => trialsBetween(frame.xAt(left), frame.xAt(right)),
  }
}

/** What is said of a trial's column. */
export const confirmedWords = (row: ConfirmedRow | undefined, metric: ShownMetric): string[] => {
  if (row === undefined) return []
  const number = (value: number): string => measuredNumber(metric, value)
  const { trial, mean, interval, searched, values } = row
  return [
    `Trial ${trial}, ${values.length} of ${row.planned} runs`,
    ...(mean === null ? [] : [`mean ${number(mean)}`]),
    ...(interval === null ? [] : [`95 % interval ${number(interval.low)} to ${number(interval.high)}`]),
    ...(searched === null ? [] : [`in the search ${number(searched)}`]),
  ]
}

/** What every run came to. */
export const confirmationData = (rows: readonly ConfirmedRow[], metric: ShownMetric): FigureData => ({
  columns: ['trial', 'run', metric],
  rows: rows.flatMap(({ trial, values }) => values.map((value, run) => [trial, run, value])),
})
