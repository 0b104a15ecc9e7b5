/** The marks of trials in plots: each state has a shape of its own, so that colour is never needed. */
import type { PointKind } from '../charts/pointKinds.ts'

/** Draws one mark. `colour` is the state's or that of a scale, `ground` the surface below. */
export const drawMarker = (
  context: CanvasRenderingContext2D,
  kind: PointKind,
  x: number,
  y: number,
  radius: number,
  colour: string,
  ground: string,
): void => {
  context.beginPath()
  context.lineWidth = 1
  switch (kind) {
    case 'feasible':
    case 'infeasible':
      context.arc(x, y, radius, 0, 2 * Math.PI)
      break
    case 'stopped':
      context.moveTo(x, y - radius * 1.2)
      context.lineTo(x + radius * 1.1, y + radius * 0.8)
      context.lineTo(x - radius * 1.1, y + radius * 0.8)
      context.closePath()
      break
    case 'failed':
      context.moveTo(x - radius * 0.8, y - radius * 0.8)
      context.lineTo(x + radius * 0.8, y + radius * 0.8)
      context.moveTo(x + radius * 0.8, y - radius * 0.8)
      context.lineTo(x - radius * 0.8, y + radius * 0.8)
      break
    case 'running':
      context.moveTo(x, y - radius * 1.2)
      context.lineTo(x + radius * 1.2, y)
      context.lineTo(x, y + radius * 1.2)
      context.lineTo(x - radius * 1.2, y)
      context.closePath()
      break
  }
  if (kind === 'feasible' || kind === 'stopped') {
    context.fillStyle = colour
    context.fill()
    context.strokeStyle = ground
    context.stroke()
    return
  }
  if (kind !== 'failed') {
    context.fillStyle = ground
    context.fill()
  }
  context.lineWidth = 1.75
  context.strokeStyle = colour
  context.stroke()
}

/** A ring around a mark. */
export const drawRing = (
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  width: number,
  colour: string,
): void => {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.lineWidth = width
  context.strokeStyle = colour
  context.stroke()
}
