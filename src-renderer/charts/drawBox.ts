import type { BoxStatistics } from './boxStatistics.ts'
import type { PlotFrame } from './plot.ts'

interface BoxPlace {
  /** Value of the x axis at the middle of the box, and its width in the same unit. */
  readonly x: number
  readonly width: number
  readonly colour: string
}

/** Draws an upright box plot: box, median, whiskers, and the mean as a small diamond. */
export const drawBox = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  box: BoxStatistics,
  { x, width, colour }: BoxPlace,
): void => {
  const middle = frame.x(x)
  const half = Math.min(34, (frame.x(x + width) - middle) / 2)
  const top = frame.y(box.upperQuartile)
  const bottom = frame.y(box.lowerQuartile)
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = 1.5
  context.globalAlpha = 0.16
  context.fillRect(middle - half, top, 2 * half, bottom - top)
  context.globalAlpha = 1
  context.strokeRect(middle - half, top, 2 * half, bottom - top)
  context.beginPath()
  for (const [from, to] of [
    [top, frame.y(box.upperWhisker)],
    [bottom, frame.y(box.lowerWhisker)],
  ] as const) {
    context.moveTo(middle, from)
    context.lineTo(middle, to)
    context.moveTo(middle - half / 2, to)
    context.lineTo(middle + half / 2, to)
  }
  context.stroke()
  context.lineWidth = 2.5
  context.beginPath()
  context.moveTo(middle - half, frame.y(box.median))
  context.lineTo(middle + half, frame.y(box.median))
  context.stroke()
  const mean = frame.y(box.mean)
  context.lineWidth = 1.25
  context.beginPath()
  context.moveTo(middle, mean - 4)
  context.lineTo(middle + 4, mean)
  context.lineTo(middle, mean + 4)
  context.lineTo(middle - 4, mean)
  context.closePath()
  context.fillStyle = frame.colours.surface
  context.fill()
  context.stroke()
}

/** Where a trial stands across its box: spread by its number, the same at every drawing, in [-0.5, 0.5). */
export const spread = (number: number): number => ((number * 0.618033988749895) % 1) - 0.5
