/** A histogram of inter-spike intervals as a plot. */
import { formatMeasured, formatPlural } from '../../trials/format.ts'
import { linearAxis, roundNumbers } from '../../charts/axes.ts'
import type { Plot, PlotFrame } from '../../charts/plot.ts'
import type { IntervalHistogram } from '../../../src-core/activity/rates.ts'

/** The unit is that of the edges, where it is not ms. */
type MeasuredIntervals = IntervalHistogram & { readonly unit?: string }

/** @param logarithmic as the histogram was made */
export const intervalsPlot = (
  { edgesMs, counts, unit = 'ms' }: MeasuredIntervals,
  logarithmic: boolean,
  colour: string,
): Plot => ({
  x: {
    ...linearAxis(`Interval, ${unit}`, edgesMs[0] ?? 0, edgesMs.at(-1) ?? 1),
    scale: logarithmic ? 'log' : 'linear',
    grid: false,
  },
  y: {
    ...linearAxis('', 0, counts.reduce((a, b) => Math.max(a, b), 1) * 1.05),
    ticks: (min, max, wanted) => roundNumbers(min, max, wanted).filter(Number.isInteger),
    zoomed: false,
  },
  under: (context, { x, y }) => {
    context.fillStyle = colour
    for (const [bin, count] of counts.entries()) {
      const [from, top] = [x(edgesMs[bin] ?? 0), y(count)]
      context.fillRect(from, top, Math.max(1, x(edgesMs[bin + 1] ?? 0) - from - 0.75), y(0) - top)
    }
  },
})

/** What is said of the bin at a pixel; empty: there is none. */
export const intervalWords = (
  { edgesMs, counts, unit = 'ms' }: MeasuredIntervals,
  { area, xAt }: PlotFrame,
  px: number,
  py: number,
): string[] => {
  const bin = edgesMs.findIndex((edge) => edge > xAt(px)) - 1
  const count = counts[bin]
  return count === undefined || py < area.top || py > area.bottom
    ? []
    : [
        `${formatMeasured(edgesMs[bin] ?? 0)} to ${formatMeasured(edgesMs[bin + 1] ?? 0)} ${unit}`,
        formatPlural(count, 'interval'),
      ]
}
