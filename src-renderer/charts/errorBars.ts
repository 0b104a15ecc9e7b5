import { clipToArea } from './markLayer.ts'
import { markKind, type Marks } from './marks.ts'
import { faintOpacity, type PlotFrame } from './plot.ts'

/** Half the width of the stroke at an end of a bar, in CSS pixels. */
const capReach = 3

/** Bars of one standard error to either side of each mark that has one, below the marks. */
export const paintErrorBars = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  { count, numbers, x, y, kinds, errors }: Marks,
  brush: ReadonlySet<number> | null,
): void => {
  if (errors === undefined) return
  context.save()
  clipToArea(context, frame, capReach)
  context.lineWidth = 1.25
  for (let at = 0; at < count; at++) {
    const [middleX, middleY] = [x[at] ?? NaN, y[at] ?? NaN]
    const [errorX, errorY] = [errors.x[at] ?? NaN, errors.y[at] ?? NaN]
    context.beginPath()
    if (!Number.isNaN(errorY)) {
      bar(context, 'y', frame.x(middleX), [frame.y(middleY - errorY), frame.y(middleY + errorY)])
    }
    if (!Number.isNaN(errorX)) {
      bar(context, 'x', frame.y(middleY), [frame.x(middleX - errorX), frame.x(middleX + errorX)])
    }
    context.globalAlpha = brush === null || brush.has(numbers[at] ?? -1) ? 0.7 : faintOpacity
    context.strokeStyle = frame.colours.series[markKind(kinds[at] ?? 0)]
    context.stroke()
  }
  context.restore()
}

/** A line along an axis with a short stroke across each end. @param across pixel on the other axis */
const bar = (
  context: CanvasRenderingContext2D,
  along: 'x' | 'y',
  across: number,
  ends: readonly [number, number],
): void => {
  const point = (alongIt: number, acrossIt: number): [x: number, y: number] =>
    along === 'x' ? [alongIt, acrossIt] : [acrossIt, alongIt]
  if (![across, ...ends].every(Number.isFinite)) return
  context.moveTo(...point(ends[0], across))
  context.lineTo(...point(ends[1], across))
  for (const end of ends) {
    context.moveTo(...point(end, across - capReach))
    context.lineTo(...point(end, across + capReach))
  }
}
