import type { PointKind } from './pointKinds.ts'
import type { ChartColours } from './colours.ts'

/** Half the width of the square that holds any mark with its edge, in CSS pixels. */
export const markReach = 9

const circle = (context: CanvasRenderingContext2D, x: number, y: number, radius: number): void => {
  context.moveTo(x + radius, y)
  context.arc(x, y, radius, 0, 2 * Math.PI)
}

const shapes: Record<PointKind, (context: CanvasRenderingContext2D, x: number, y: number, size: number) => void> = {
  feasible: (context, x, y, size) => circle(context, x, y, 4.5 * size),
  infeasible: (context, x, y, size) => circle(context, x, y, 4 * size),
  stopped: (context, x, y, size) => {
    context.moveTo(x, y - 5 * size)
    context.lineTo(x + 5 * size, y + 4 * size)
    context.lineTo(x - 5 * size, y + 4 * size)
    context.closePath()
  },
  failed: (context, x, y, size) => {
    const reach = 4 * size
    context.moveTo(x - reach, y - reach)
    context.lineTo(x + reach, y + reach)
    context.moveTo(x + reach, y - reach)
    context.lineTo(x - reach, y + reach)
  },
  running: (context, x, y, size) => {
    const reach = 6 * size
    context.moveTo(x, y - reach)
    context.lineTo(x + reach, y)
    context.lineTo(x, y + reach)
    context.lineTo(x - reach, y)
    context.closePath()
  },
}

const hollow: ReadonlySet<PointKind> = new Set(['infeasible', 'running'])

/** Marks of at most this size are squares of a few pixels, as no shapes of that many could be told apart. */
export const squareSize = 0.25
/** Of a square, in CSS pixels. */
export const squareSide = 2

/** Draws a trial's mark: shape and colour by what became of it. */
export const drawMark = (
  context: CanvasRenderingContext2D,
  kind: PointKind,
  { x, y, size = 1 }: { readonly x: number; readonly y: number; readonly size?: number },
  colours: ChartColours,
): void => {
  const colour = colours.series[kind]
  if (size <= squareSize) {
    context.fillStyle = colour
    context.fillRect(x - squareSide / 2, y - squareSide / 2, squareSide, squareSide)
    return
  }
  const filled = !hollow.has(kind) && kind !== 'failed'
  context.beginPath()
  shapes[kind](context, x, y, size)
  if (kind !== 'failed') {
    context.fillStyle = filled ? colour : colours.surface
    context.fill()
  }
  // A thin edge in the ground's colour keeps overlapping filled marks apart.
  context.strokeStyle = filled ? colours.surface : colour
  context.lineWidth = filled ? 1 : 2 * Math.max(0.8, size)
  context.stroke()
}

/** A ring around a mark. */
export const drawRing = (
  context: CanvasRenderingContext2D,
  { x, y, radius, width, colour }: { x: number; y: number; radius: number; width: number; colour: string },
): void => {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.strokeStyle = colour
  context.lineWidth = width
  context.stroke()
}
