import type { WantedBounds } from '../../src-core/study/narrowBounds.ts'
import { valuesBetween } from './axes.ts'
import { unitsBetween } from './drawAxes.ts'
import { keepLast } from './keepLast.ts'
import { createMarkGrid, type MarkGrid } from './markGrid.ts'
import type { Marks } from './marks.ts'
import type { PixelBox, PixelSpan, Plot, PlotFrame, PlotLine } from './plot.ts'

/** How far from a mark the pointer may be to mean it, in CSS pixels. */
const reach = 10

type Point = Readonly<Record<'x' | 'y', number>>

/** Squared distance of a pixel to a line between two others. */
const distanceTo = (px: number, py: number, a: Point, b: Point): number => {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - a.x) * dx + (py - a.y) * dy) / length))
  return (a.x + share * dx - px) ** 2 + (a.y + share * dy - py) ** 2
}

/** How far from a line the pointer may be to mean it. */
const lineReach = 8

const nearestLine = (lines: readonly PlotLine[], frame: PlotFrame, px: number, py: number): number | null => {
  let least = lineReach * lineReach
  let found: number | null = null
  for (const { x, y, number } of lines) {
    if (number === undefined) continue
    for (let at = 1; at < x.length; at++) {
      const a = { x: frame.x(x[at - 1] ?? NaN), y: frame.y(y[at - 1] ?? NaN) }
      const b = { x: frame.x(x[at] ?? NaN), y: frame.y(y[at] ?? NaN) }
      if (px < a.x - lineReach || px > b.x + lineReach) continue
      const distance = distanceTo(px, py, a, b)
      if (distance > least) continue
      least = distance
      found = number
    }
  }
  return found
}

const linesIn = (lines: readonly PlotLine[], frame: PlotFrame, { left, top, right, bottom }: PixelBox): number[] =>
  lines.flatMap(({ x, y, number }) => {
    const touches = Array.from(x).some((value, at) => {
      const [px, py] = [frame.x(value), frame.y(y[at] ?? NaN)]
      return px >= left && px <= right && py >= top && py <= bottom
    })
    return touches && number !== undefined ? [number] : []
  })

/** Whether lines stand for trials, so that they are what is pointed at. */
const trialLines = ({ lines }: Plot): readonly PlotLine[] | null =>
  lines?.some(({ number }) => number !== undefined) === true ? lines : null

/** Whether trials are pointed at in it, so that a click beside them takes the selection away. */
export const holdsTrials = (plot: Plot): boolean =>
  plot.marks !== undefined || plot.trialAt !== undefined || trialLines(plot) !== null

/** What named lines come to at a pixel; empty: there are none, or it lies beside the axes. */
export const valuesAt = ({ x, y, lines = [] }: Plot, frame: PlotFrame, px: number, py: number): string[] => {
  const { left, right, top, bottom } = frame.area
  if (px < left || px > right || py < top || py > bottom) return []
  const at = frame.xAt(px)
  const values = lines.flatMap((line) => {
    if (line.name === undefined || line.x.length === 0) return []
    let place = 0
    for (let next = 1; next < line.x.length; next++) {
      const [before, value] = [line.x[place] ?? NaN, line.x[next] ?? NaN]
      if (line.step === true ? value <= at : Math.abs(value - at) <= Math.abs(before - at)) place = next
    }
    const value = line.y[place] ?? NaN
    return Number.isNaN(value) ? [] : [{ x: line.x[place] ?? at, text: `${line.name}: ${y.label(value)}` }]
  })
  const [first] = values
  return first === undefined ? [] : [`${x.title} ${x.label(first.x)}`, ...values.map(({ text }) => text)]
}

/** What a rectangle of pixels holds of the hyperparameters along the axes of a plot. */
export const boundsOf = (plot: Plot, frame: PlotFrame, span: PixelSpan): WantedBounds => {
  const { from, to } = unitsBetween(frame, span)
  const bounds: { ranges: Record<string, { low: number; high: number }>; categories: Record<string, string[]> } = {
    ranges: {},
    categories: {},
  }
  for (const along of ['x', 'y'] as const) {
    const axis = plot[along]
    if (axis.field === undefined) continue
    const held = valuesBetween(axis, Math.min(from[along], to[along]), Math.max(from[along], to[along]))
    if ('low' in held) bounds.ranges[axis.field] = held
    else bounds.categories[axis.field] = [...held]
  }
  return bounds
}

const gridOf = (marks: Marks, frame: PlotFrame): MarkGrid => {
  const x = new Float32Array(marks.count)
  const y = new Float32Array(marks.count)
  const { left, top, right, bottom } = frame.area
  const slack = 2
  for (let at = 0; at < marks.count; at++) {
    const px = frame.x(marks.x[at] ?? NaN)
    const py = frame.y(marks.y[at] ?? NaN)
    // What a zoom has left outside of the axes is not there for the pointer.
    const shown = px >= left - slack && px <= right + slack && py >= top - slack && py <= bottom + slack
    x[at] = shown ? px : NaN
    y[at] = shown ? py : NaN
  }
  return createMarkGrid(x, y, right + slack, bottom + slack)
}

interface Found {
  readonly number: number
  /** Squared, in pixels. */
  readonly distance: number
}

/** Where marks lie. The grid is made when it is asked for first after a drawing, so updates are spared. */
class MarkFinder {
  readonly #gridFor = keepLast(gridOf)

  nearest(marks: Marks | undefined, frame: PlotFrame, { x, y }: Point): Found | null {
    if (marks === undefined) return null
    const place = this.#gridFor(marks, frame).nearest(x, y, reach)
    if (place < 0) return null
    const [dx, dy] = [frame.x(marks.x[place] ?? NaN) - x, frame.y(marks.y[place] ?? NaN) - y]
    return { number: marks.numbers[place] ?? 0, distance: dx * dx + dy * dy }
  }

  within(marks: Marks | undefined, frame: PlotFrame, { left, top, right, bottom }: PixelBox): readonly number[] {
    if (marks === undefined) return []
    return this.#gridFor(marks, frame)
      .within(left, top, right, bottom)
      .map((place) => marks.numbers[place] ?? 0)
  }
}

/** What of a plot lies at pixels. */
export class PlotPointer {
  readonly #finder = new MarkFinder()
  readonly #liveFinder = new MarkFinder()

  /** Number of the trial under a pixel; null: none. */
  trialAt(plot: Plot, frame: PlotFrame, x: number, y: number): number | null {
    if (plot.trialAt !== undefined) return plot.trialAt(frame, x, y)
    const lines = trialLines(plot)
    if (lines !== null) return nearestLine(lines, frame, x, y)
    const ended = this.#finder.nearest(plot.marks, frame, { x, y })
    const live = this.#liveFinder.nearest(plot.live, frame, { x, y })
    // What is under way lies above.
    const found = live !== null && live.distance <= (ended?.distance ?? Infinity) ? live : ended
    return found?.number ?? null
  }

  /** Numbers of the trials within a rectangle of pixels. */
  trialsIn(plot: Plot, frame: PlotFrame, { fromX, fromY, toX, toY }: PixelSpan): readonly number[] {
    const [left, right] = fromX < toX ? [fromX, toX] : [toX, fromX]
    const [top, bottom] = fromY < toY ? [fromY, toY] : [toY, fromY]
    const box = { left, top, right, bottom }
    if (plot.trialsIn !== undefined) return plot.trialsIn(frame, box)
    const lines = trialLines(plot)
    if (lines !== null) return linesIn(lines, frame, box)
    return [...this.#finder.within(plot.marks, frame, box), ...this.#liveFinder.within(plot.live, frame, box)]
  }
}

const together = <Values extends Int32Array | Float64Array>(some: Values, others: Values | undefined): number[] => [
  ...some,
  ...(others ?? []),
]

/** The trial to go to from `from` with an arrow key: the next by the x, then the y of its first mark; null: there are no trials. */
export const neighbourOf = (
  { marks, live }: Pick<Plot, 'marks' | 'live'>,
  from: number | null,
  direction: 1 | -1,
): number | null => {
  if (marks === undefined) return null
  const numbers = together(marks.numbers, live?.numbers)
  const count = numbers.length
  const [x, y] = [together(marks.x, live?.x), together(marks.y, live?.y)]
  const at = from === null ? -1 : numbers.indexOf(from)
  const after = (a: number, b: number): boolean => {
    const xs = [x[a] ?? 0, x[b] ?? 0] as const
    const ys = [y[a] ?? 0, y[b] ?? 0] as const
    if (xs[0] !== xs[1]) return (xs[0] - xs[1]) * direction > 0
    if (ys[0] !== ys[1]) return (ys[0] - ys[1]) * direction > 0
    return (a - b) * direction > 0
  }
  let best = -1
  for (let place = 0; place < count; place++) {
    if (Number.isNaN(x[place]) || Number.isNaN(y[place]) || numbers[place] === numbers[place - 1]) continue
    if (at >= 0 && !after(place, at)) continue
    if (best < 0 || after(best, place)) best = place
  }
  return best < 0 ? from : (numbers[best] ?? null)
}
