/** Draws a histogram of inter-spike intervals. */
import { formatValue } from '../../trials/format.ts'
import type { FigureSize } from '../../state/figure.ts'
import type { ChartColours } from '../../charts/colours.ts'
import type { IntervalHistogram } from './rates.ts'
import { ticksOf } from './timeView.ts'

export const drawIntervals = (
  context: CanvasRenderingContext2D,
  { width, height }: FigureSize,
  colours: ChartColours,
  { edgesMs, counts }: IntervalHistogram,
  logarithmic: boolean,
  colour: string,
): void => {
  const left = 38
  const bottom = 32
  const plot = { width: width - left - 6, height: height - bottom - 6 }
  const most = counts.reduce((a, b) => Math.max(a, b), 1) * 1.05
  const first = edgesMs[0] ?? 0
  const last = edgesMs.at(-1) ?? 1
  const shareOf = (ms: number): number =>
    logarithmic ? Math.log(ms / first) / Math.log(last / first) : (ms - first) / (last - first)
  const xOf = (ms: number): number => left + shareOf(ms) * plot.width
  const yOf = (count: number): number => 6 + plot.height * (1 - count / most)
  context.clearRect(0, 0, width, height)
  context.font = `400 10px ${colours.font}`
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  for (const tick of ticksOf({ from: 0, to: most }, 4, 1)) {
    context.fillStyle = colours.grid
    context.fillRect(left, Math.round(yOf(tick)), plot.width, 1)
    context.fillStyle = colours.mutedText
    context.fillText(formatValue(tick), left - 4, yOf(tick))
  }
  context.fillStyle = colour
  for (const [bin, count] of counts.entries()) {
    if (count === 0) continue
    const from = xOf(edgesMs[bin] ?? 0)
    context.fillRect(from, yOf(count), Math.max(1, xOf(edgesMs[bin + 1] ?? 0) - from - 0.75), yOf(0) - yOf(count))
  }
  context.fillStyle = colours.line
  context.fillRect(left, yOf(0), plot.width, 1)
  context.fillStyle = colours.mutedText
  context.textAlign = 'center'
  context.textBaseline = 'top'
  const ticks = logarithmic
    ? [0.1, 1, 10, 100, 1000, 10_000]
        .flatMap((power) => [power, 2 * power, 5 * power])
        .filter((ms) => ms > first && ms < last)
    : ticksOf({ from: 0, to: last }, plot.width / 44).filter((ms) => ms >= first)
  for (const tick of ticks) {
    context.fillRect(xOf(tick), yOf(0), 1, 3)
    context.fillText(formatValue(tick), xOf(tick), yOf(0) + 5)
  }
  context.textAlign = 'right'
  context.fillText('interval, ms', left + plot.width, height - 12)
}
