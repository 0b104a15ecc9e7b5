/** Control tasks as pictures: a pole on its cart, a car on its hill. */
import type { ChartColours } from '../../charts/colours.ts'
import type { FigureSize } from '../../state/figure.ts'

interface TaskMoment {
  /** Name of the task. */
  readonly task: string
  readonly state: ArrayLike<number>
  /** What is done now, in a word; null: it is over. */
  readonly action: string | null
}

type Draw = (context: CanvasRenderingContext2D, size: FigureSize, colours: ChartColours, moment: TaskMoment) => void

export const drawTask: Draw = (context, size, colours, moment) => {
  context.fillStyle = colours.surface
  context.fillRect(0, 0, size.width, size.height)
  context.lineCap = 'round'
  const draw = moment.task === 'mountain-car' ? drawCar : drawCartPole
  draw(context, size, colours, moment)
  context.lineCap = 'butt'
}

/** In metres and radians, as the task has them. */
const cart = { limit: 2.4, poleLength: 1, width: 0.5, height: 0.24, angleLimit: (12 * Math.PI) / 180 }

const drawCartPole: Draw = (context, { width, height }, colours, { state, action }) => {
  const [position, angle] = [state[0] ?? 0, state[2] ?? 0]
  const scale = Math.min(width / (2 * cart.limit + 0.8), height / (cart.poleLength + 0.8))
  const ground = height / 2 + 0.55 * scale
  const xOf = (metres: number): number => width / 2 + metres * scale
  line(context, [xOf(-cart.limit), ground, xOf(cart.limit), ground], colours.line, 2)
  for (const end of [-cart.limit, cart.limit]) {
    line(context, [xOf(end), ground - 0.35 * scale, xOf(end), ground + 8], colours.threshold, 2)
  }
  const top = ground - cart.height * scale
  const tip = (tilt: number, length: number): readonly [number, number] => [
    xOf(position) + Math.sin(tilt) * length * scale,
    top - Math.cos(tilt) * length * scale,
  ]
  // As far as the pole may lean.
  context.setLineDash([3, 4])
  for (const side of [-1, 1]) {
    const [x, y] = tip(side * cart.angleLimit, cart.poleLength * 1.1)
    line(context, [xOf(position), top, x, y], colours.threshold, 1)
  }
  context.setLineDash([])
  context.fillStyle = colours.accent
  context.fillRect(xOf(position - cart.width / 2), top, cart.width * scale, cart.height * scale)
  const [x, y] = tip(angle, cart.poleLength)
  line(context, [xOf(position), top, x, y], colours.text, Math.max(3, 0.06 * scale))
  const push = action === 'left' ? -1 : action === 'right' ? 1 : 0
  if (push !== 0) {
    drawPush(context, { x: xOf(position + (push * cart.width) / 2), y: top + (cart.height * scale) / 2, push }, colours)
  }
}

const hill = { low: -1.2, high: 0.6, goal: 0.5 }
const heightAt = (position: number): number => Math.sin(3 * position) * 0.45 + 0.55

const drawCar: Draw = (context, { width, height }, colours, { state, action }) => {
  const [position] = [state[0] ?? 0]
  const scale = Math.min(width / (hill.high - hill.low + 0.3), height / 1.6)
  const xOf = (at: number): number => width / 2 + (at - (hill.low + hill.high) / 2) * scale
  const yOf = (at: number): number => height / 2 + (0.55 - heightAt(at)) * scale
  context.strokeStyle = colours.line
  context.lineWidth = 2
  context.beginPath()
  for (let at = hill.low; at <= hill.high + 1e-9; at += 0.02) context.lineTo(xOf(at), yOf(at))
  context.stroke()
  const [flagX, flagY] = [xOf(hill.goal), yOf(hill.goal)]
  line(context, [flagX, flagY, flagX, flagY - 0.22 * scale], colours.text, 2)
  context.fillStyle = colours.good
  context.beginPath()
  context.moveTo(flagX, flagY - 0.22 * scale)
  context.lineTo(flagX + 0.12 * scale, flagY - 0.18 * scale)
  context.lineTo(flagX, flagY - 0.14 * scale)
  context.fill()
  const slope = Math.atan(3 * 0.45 * Math.cos(3 * position))
  context.save()
  context.translate(xOf(position), yOf(position))
  context.rotate(-slope)
  context.fillStyle = colours.accent
  context.fillRect(-0.06 * scale, -0.075 * scale, 0.12 * scale, 0.05 * scale)
  context.fillStyle = colours.text
  for (const wheel of [-0.035, 0.035]) {
    context.beginPath()
    context.arc(wheel * scale, -0.02 * scale, 0.02 * scale, 0, 2 * Math.PI)
    context.fill()
  }
  const push = action === 'left' ? -1 : action === 'right' ? 1 : 0
  if (push !== 0) drawPush(context, { x: push * 0.07 * scale, y: -0.05 * scale, push }, colours)
  context.restore()
}

const line = (
  context: CanvasRenderingContext2D,
  [x, y, toX, toY]: readonly [number, number, number, number],
  colour: string,
  width: number,
): void => {
  context.strokeStyle = colour
  context.lineWidth = width
  context.beginPath()
  context.moveTo(x, y)
  context.lineTo(toX, toY)
  context.stroke()
}

/** An arrow the way that something is pushed. */
const drawPush = (
  context: CanvasRenderingContext2D,
  { x, y, push }: { readonly x: number; readonly y: number; readonly push: number },
  colours: ChartColours,
): void => {
  line(context, [x + push * 4, y, x + push * 26, y], colours.text, 2.5)
  context.fillStyle = colours.text
  context.beginPath()
  context.moveTo(x + push * 34, y)
  context.lineTo(x + push * 25, y - 5)
  context.lineTo(x + push * 25, y + 5)
  context.fill()
}
