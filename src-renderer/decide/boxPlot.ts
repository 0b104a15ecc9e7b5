/** The box plots of a confirmation: one box per trial with its runs, the mean and its 95 % interval, and what the search had measured. */
import { highestOf, isMinimised } from '../../src-core/progress/objectiveMetric.ts'
import { metricTitle } from '../../src-core/progress/objectiveText.ts'
import type { ObjectiveMetric } from '../../src-core/study/metricSchema.ts'
import type { ConfirmedTrial } from '../../src-core/confirmation/summarise.ts'
import type { FigureSize } from '../state/figure.ts'
import { boxStatistics } from '../charts/boxStatistics.ts'
import { roundNumbers } from '../models/plotAxis.ts'

export interface BoxPlotColours {
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly box: string
  readonly mean: string
  readonly font: string
}

export interface BoxPlotRow extends ConfirmedTrial {
  /** The objective that the search measured on its own images, a cost as it is; null: unknown. */
  readonly searched: number | null
}

const margin = { left: 64, right: 14, top: 12, bottom: 34 }

/** What the axis of values spans: all that is drawn and a little room, from 0, of accuracies to 1. */
export const valueRange = (rows: readonly BoxPlotRow[], metric: ObjectiveMetric): { low: number; high: number } => {
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

export const drawBoxPlot = (
  context: CanvasRenderingContext2D,
  { width, height }: FigureSize,
  rows: readonly BoxPlotRow[],
  metric: ObjectiveMetric,
  colours: BoxPlotColours,
): void => {
  const { low, high } = valueRange(rows, metric)
  const bottom = height - margin.bottom
  const y = (value: number): number => bottom - ((value - low) / (high - low)) * (bottom - margin.top)
  const band = (width - margin.left - margin.right) / Math.max(1, rows.length)
  const line = (fromX: number, fromY: number, toX: number, toY: number): void => {
    context.beginPath()
    context.moveTo(fromX, fromY)
    context.lineTo(toX, toY)
    context.stroke()
  }
  context.font = `11px ${colours.font}`
  context.lineWidth = 1
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  const ticks = roundNumbers(low, high)
  const decimals = Math.max(...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length))
  for (const tick of ticks) {
    context.strokeStyle = colours.line
    line(margin.left, y(tick), width - margin.right, y(tick))
    context.fillStyle = colours.muted
    context.fillText(tickText(tick, decimals), margin.left - 6, y(tick))
  }
  context.save()
  context.translate(9, (margin.top + bottom) / 2)
  context.rotate(-Math.PI / 2)
  context.textAlign = 'center'
  context.fillText(`${metricTitle(metric)} on the test images`, 0, 0)
  context.restore()
  context.textAlign = 'center'
  for (const [index, row] of rows.entries()) {
    const centre = margin.left + band * (index + 0.5)
    drawRow(context, row, highestOf(metric), centre, Math.min(44, band * 0.5), y, colours)
    context.fillStyle = colours.text
    context.fillText(`Trial ${row.trial}`, centre, bottom + 14)
  }
}

const tickText = (tick: number, decimals: number): string =>
  tick >= 1000 ? tick.toLocaleString('en') : tick.toFixed(decimals)

const drawRow = (
  context: CanvasRenderingContext2D,
  { values, mean, interval, searched }: BoxPlotRow,
  most: number,
  centre: number,
  width: number,
  y: (value: number) => number,
  colours: BoxPlotColours,
): void => {
  const line = (fromX: number, fromY: number, toX: number, toY: number): void => {
    context.beginPath()
    context.moveTo(fromX, fromY)
    context.lineTo(toX, toY)
    context.stroke()
  }
  const box = boxStatistics(values)
  if (box !== null) {
    const half = width / 2
    context.strokeStyle = colours.box
    context.lineWidth = 1.5
    line(centre, y(box.lowerWhisker), centre, y(box.lowerQuartile))
    line(centre, y(box.upperQuartile), centre, y(box.upperWhisker))
    line(centre - half / 2, y(box.lowerWhisker), centre + half / 2, y(box.lowerWhisker))
    line(centre - half / 2, y(box.upperWhisker), centre + half / 2, y(box.upperWhisker))
    context.strokeRect(centre - half, y(box.upperQuartile), width, y(box.lowerQuartile) - y(box.upperQuartile))
    context.lineWidth = 2.5
    line(centre - half, y(box.median), centre + half, y(box.median))
  }
  context.fillStyle = colours.box
  for (const [index, value] of values.entries()) {
    // Beside each other, so that equal ones are told apart; the same place each time.
    const offset = (((index * 7) % 5) - 2) * 2.5
    context.beginPath()
    context.arc(centre + offset, y(value), 2.5, 0, 2 * Math.PI)
    context.fill()
  }
  const right = centre + width / 2 + 9
  if (mean !== null) {
    context.strokeStyle = colours.mean
    context.fillStyle = colours.mean
    context.lineWidth = 2
    if (interval !== null) line(right, y(Math.max(0, interval.low)), right, y(Math.min(most, interval.high)))
    context.beginPath()
    context.arc(right, y(mean), 3.5, 0, 2 * Math.PI)
    context.fill()
  }
  if (searched !== null) {
    context.strokeStyle = colours.muted
    context.lineWidth = 1.5
    line(centre - width / 2 - 8, y(searched) - 4, centre - width / 2 - 16, y(searched) + 4)
    line(centre - width / 2 - 16, y(searched) - 4, centre - width / 2 - 8, y(searched) + 4)
  }
}
