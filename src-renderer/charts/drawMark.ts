import type { PointKind } from '../model/placement.ts'
import type { ChartColours } from './colours.ts'

/** Half the width of the square that holds any mark with its edge, in CSS pixels. */
export const markReach = 9

const circle = (context: CanvasRenderingContext2D, x: number, y: number, radius: number): void => {
  context.moveTo(x + radius, y)
  context.arc(x, y, radius, 0, 2 * Math.PI)
}

const shapes: Record<PointKind, (context: CanvasRenderingContext2D, x: number, y: number) => void> = {
  feasible: (context, x, y) => circle(context, x, y, 4.5),
  infeasible: (context, x, y) => circle(context, x, y, 4),
  stopped: (context, x, y) => {
    context.moveTo(x, y - 5)
    context.lineTo(x + 5, y + 4)
    context.lineTo(x - 5, y + 4)
    context.closePath()
  },
  failed: (context, x, y) => {
    context.moveTo(x - 4, y - 4)
    context.lineTo(x + 4, y + 4)
    context.moveTo(x + 4, y - 4)
    context.lineTo(x - 4, y + 4)
  },
  running: (context, x, y) => {
    context.moveTo(x, y - 6)
    context.lineTo(x + 6, y)
    context.lineTo(x, y + 6)
    context.lineTo(x - 6, y)
    context.closePath()
  },
}

const hollow: ReadonlySet<PointKind> = new Set(['infeasible', 'running'])

/** Draws a trial's mark: shape and colour by what became of it. */
export const drawMark = (
  context: CanvasRenderingContext2D,
  kind: PointKind,
  x: number,
  y: number,
  colours: ChartColours,
): void => {
  const colour = colours.series[kind]
  const filled = !hollow.has(kind) && kind !== 'failed'
  context.beginPath()
  shapes[kind](context, x, y)
  if (kind !== 'failed') {
    context.fillStyle = filled ? colour : colours.surface
    context.fill()
  }
  // A thin edge in the ground's colour keeps overlapping filled marks apart.
  context.strokeStyle = filled ? colours.surface : colour
  context.lineWidth = filled ? 1 : 2
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
