import { pointKinds } from './pointKinds.ts'
import { drawMark, markReach, squareSide, squareSize } from './drawMark.ts'
import { markKind, type Marks } from './marks.ts'
import { packed, seriesColours, setSquare } from './markSquares.ts'
import { faintOpacity, type PlotFrame } from './plot.ts'
import type { ChartColours } from './colours.ts'

interface MarkStyle {
  readonly brush: ReadonlySet<number> | null
  readonly opacity: number
  readonly size: number
}

interface StyledPlaces {
  readonly style: MarkStyle
  readonly places: readonly number[]
}

const opacityOf = ({ brush, opacity }: MarkStyle, number: number): number =>
  brush === null || brush.has(number) ? opacity : Math.min(opacity, faintOpacity)

/** Of fewer it is not worth the while to look for those that are hidden. */
const fewMarks = 2000

/** How much further than the axes marks may reach. */
const overhang = 12

/** Clips to the axes of a frame, with room for marks on their edge. */
export const clipToArea = (context: CanvasRenderingContext2D, { area }: PlotFrame, room = 0): void => {
  context.beginPath()
  context.rect(area.left - room, area.top - room, area.right - area.left + 2 * room, area.bottom - area.top + 2 * room)
  context.clip()
}

/** Draws all marks as paths: slow, sharp at every size, for few marks and for files. */
export const drawMarksOnce = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  marks: Marks,
  style: MarkStyle,
): void => {
  context.save()
  clipToArea(context, frame, overhang)
  for (let at = 0; at < marks.count; at++) {
    const kind = marks.kinds[at] ?? 0
    const x = frame.x(marks.x[at] ?? NaN)
    const y = frame.y(marks.y[at] ?? NaN)
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue
    context.globalAlpha = opacityOf(style, marks.numbers[at] ?? -1)
    drawMark(context, markKind(kind), { x, y, size: style.size }, frame.colours)
  }
  context.restore()
}

/** One picture of each kind of mark, to be stamped. */
const stampsOf = (colours: ChartColours, pixelRatio: number, size: number): HTMLCanvasElement[] =>
  pointKinds.map((kind) => {
    const stamp = document.createElement('canvas')
    stamp.width = stamp.height = Math.ceil(2 * markReach * pixelRatio)
    const context = stamp.getContext('2d')
    context?.scale(pixelRatio, pixelRatio)
    if (context) drawMark(context, kind, { x: markReach, y: markReach, size }, colours)
    return stamp
  })

/** A picture of too many marks to stamp one by one: squares. */
const squaresOf = (
  { width, height }: HTMLCanvasElement,
  { x, y, colours, pixelRatio }: PlotFrame,
  marks: Marks,
  { style, places }: StyledPlaces,
): HTMLCanvasElement => {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return canvas
  const image = context.createImageData(width, height)
  const pixels = { width, height, pixels: new Uint32Array(image.data.buffer) }
  const faint = Math.min(style.opacity, faintOpacity)
  const byKind = seriesColours(context, colours).map((colour) => ({
    full: packed(colour, style.opacity),
    faint: packed(colour, faint),
  }))
  for (const at of places) {
    const middle = { x: x(marks.x[at] ?? NaN) * pixelRatio, y: y(marks.y[at] ?? NaN) * pixelRatio }
    const isFaint = style.brush?.has(marks.numbers[at] ?? -1) === false
    const colour = byKind[marks.kinds[at] ?? 0]?.[isFaint ? 'faint' : 'full'] ?? 0
    setSquare(pixels, middle, Math.round(squareSide * pixelRatio), colour)
  }
  context.putImageData(image, 0, 0)
  return canvas
}

interface Drawn {
  readonly marks: Marks
  readonly style: MarkStyle
  readonly colours: ChartColours
  readonly place: string
}

const placeKey = ({ area, x, y, xAt, yAt, pixelRatio }: PlotFrame): string =>
  [
    area.left,
    area.top,
    area.right,
    area.bottom,
    xAt(area.left),
    yAt(area.top),
    x(0),
    y(0),
    x(1),
    y(1),
    pixelRatio,
  ].join()

/** Places of the marks of `after` that `before` lacks; null: one that was there has gone or moved. */
export const addedMarks = (before: Marks, after: Marks): number[] | null => {
  const added: number[] = []
  if (before === after) return added
  let at = 0
  for (let old = 0; old < before.count; old++) {
    const number = before.numbers[old] ?? 0
    for (; at < after.count && (after.numbers[at] ?? 0) < number; at++) added.push(at)
    const same =
      after.numbers[at] === number &&
      Object.is(before.x[old], after.x[at]) &&
      Object.is(before.y[old], after.y[at]) &&
      before.kinds[old] === after.kinds[at]
    if (!same || at >= after.count) return null
    at++
  }
  for (; at < after.count; at++) added.push(at)
  return added
}

/** Marks on a canvas of their own, which is kept while they stay where they are: an update draws only those that are new. */
export class MarkLayer {
  readonly #canvas = document.createElement('canvas')
  #stamps: HTMLCanvasElement[] = []
  #drawn: Drawn | null = null

  draw(context: CanvasRenderingContext2D, frame: PlotFrame, marks: Marks, style: MarkStyle): void {
    this.#refresh(context.canvas, frame, marks, style)
    context.save()
    clipToArea(context, frame, overhang)
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.drawImage(this.#canvas, 0, 0)
    context.restore()
  }

  #refresh({ width, height }: HTMLCanvasElement, frame: PlotFrame, marks: Marks, style: MarkStyle): void {
    const now: Drawn = { marks, style, colours: frame.colours, place: placeKey(frame) }
    const before = this.#drawn
    const context = this.#canvas.getContext('2d')
    if (!context) return
    if (before?.colours !== now.colours || before.place !== now.place || before.style.size !== style.size) {
      this.#stamps = stampsOf(frame.colours, frame.pixelRatio, style.size)
    }
    const kept =
      before?.place === now.place &&
      before.colours === now.colours &&
      before.style.brush === style.brush &&
      before.style.opacity === style.opacity &&
      before.style.size === style.size &&
      this.#canvas.width === width &&
      this.#canvas.height === height
    const added = kept ? addedMarks(before.marks, marks) : null
    if (added === null) {
      this.#canvas.width = width
      this.#canvas.height = height
    }
    const places = added ?? Array.from({ length: marks.count }, (_, place) => place)
    const styled = { style, places }
    if (style.size <= squareSize && places.length >= fewMarks)
      context.drawImage(squaresOf(context.canvas, frame, marks, styled), 0, 0)
    else this.#stamp(context, frame, marks, styled)
    this.#drawn = now
  }

  #stamp(context: CanvasRenderingContext2D, frame: PlotFrame, marks: Marks, { style, places }: StyledPlaces): void {
    const { pixelRatio } = frame
    const { width, height } = context.canvas
    const { left, right, top, bottom } = frame.area
    const stamped: number[] = []
    const seen = places.length < fewMarks ? null : new Uint8Array(width * height)
    // From the last on: what lies under an equal mark is not seen.
    for (let turn = places.length - 1; turn >= 0; turn--) {
      const at = places[turn] ?? 0
      const x = frame.x(marks.x[at] ?? NaN)
      const y = frame.y(marks.y[at] ?? NaN)
      if (!(x >= left - overhang && x <= right + overhang && y >= top - overhang && y <= bottom + overhang)) continue
      if (seen !== null && opacityOf(style, marks.numbers[at] ?? -1) === 1) {
        const column = Math.round((x - markReach) * pixelRatio)
        const row = Math.round((y - markReach) * pixelRatio)
        const pixel = column >= 0 && column < width ? row * width + column : -1
        const bit = 1 << (marks.kinds[at] ?? 0)
        // Outside of the canvas nothing is remembered.
        const before = seen[pixel] ?? 0
        if ((before & bit) !== 0) continue
        seen[pixel] = before | bit
      }
      stamped.push(at)
    }
    for (let turn = stamped.length - 1; turn >= 0; turn--) {
      const at = stamped[turn] ?? 0
      const stamp = this.#stamps[marks.kinds[at] ?? 0]
      if (stamp === undefined) continue
      const x = frame.x(marks.x[at] ?? NaN)
      const y = frame.y(marks.y[at] ?? NaN)
      context.globalAlpha = opacityOf(style, marks.numbers[at] ?? -1)
      // Whole pixels: the stamp stays sharp.
      context.drawImage(stamp, Math.round((x - markReach) * pixelRatio), Math.round((y - markReach) * pixelRatio))
    }
    context.globalAlpha = 1
  }
}
