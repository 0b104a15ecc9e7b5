/**
 * The lines of parallel coordinates on a canvas of their own. A change of a few trials draws these few; a change of
 * anything else draws all anew, a part in each frame, so that no frame takes long at 10,000 trials.
 */

export interface LineSet {
  readonly trials: readonly object[]
  /** trials x axes, places on the axes from 0 (bottom) to 1; NaN where there is no value. */
  readonly places: Float32Array
  /** Columns of `places` in the order of drawing, and where they stand, in pixels. */
  readonly columns: readonly number[]
  readonly x: readonly number[]
  readonly axes: number
  readonly top: number
  readonly bottom: number
  /** Where lines go that have no value on an axis. */
  readonly noneY: number
  /** Row by row: the colour of a line; null: not drawn. */
  colour(row: number): string | null
  faint(row: number): boolean
  readonly faintColour: string
}

/** Traces the line of a row. */
export const traceLine = (context: CanvasRenderingContext2D, lines: LineSet, row: number): void => {
  const { places, columns, x, axes, top, bottom, noneY } = lines
  for (const [index, column] of columns.entries()) {
    const place = places[row * axes + column] ?? NaN
    const y = Number.isNaN(place) ? noneY : bottom - Math.min(1, Math.max(0, place)) * (bottom - top)
    if (index === 0) context.moveTo(x[index] ?? 0, y)
    else context.lineTo(x[index] ?? 0, y)
  }
}

/** Draws some rows; lines of the same colour in one stroke, a few hundred at most, which is quickest. */
export const drawLines = (context: CanvasRenderingContext2D, lines: LineSet, rows: readonly number[]): void => {
  let open = 0
  let current: string | null = null
  const stroke = (): void => {
    if (open > 0) context.stroke()
    open = 0
  }
  context.lineWidth = 1
  context.lineJoin = 'bevel'
  for (const row of rows) {
    const colour = lines.faint(row) ? lines.faintColour : lines.colour(row)
    if (colour === null) continue
    if (colour !== current || open >= 64) {
      stroke()
      context.beginPath()
      context.strokeStyle = colour
      current = colour
    }
    traceLine(context, lines, row)
    open++
  }
  stroke()
}

/**
 * The order of drawing: faint lines first, then by rising `rank`, so that the best lie on top; equal colours together.
 */
export const drawingOrder = (lines: LineSet, rank: (row: number) => number): number[] => {
  const rows = Array.from(lines.trials.keys())
  const ranks = Float64Array.from(rows, (row) => (lines.faint(row) ? -Infinity : rank(row)))
  return rows.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b)
}

/** Script time of one frame. */
const budgetMs = 7
const rowsAtOnce = 128

/** Keeps the lines of a canvas up to date. */
export class LinePainter {
  readonly #canvas: HTMLCanvasElement
  #lines: LineSet | null = null
  #key: readonly unknown[] = []
  #drawn: readonly object[] = []
  #queue: readonly number[] = []
  #next = 0
  #frame: number | null = null

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
  }

  /**
   * @param key what else the picture depends on, one value each: where one of them differs, all is drawn anew
   */
  show(
    lines: LineSet,
    key: readonly unknown[],
    size: { readonly width: number; readonly height: number },
    rank: (row: number) => number,
  ): void {
    const same = key.length === this.#key.length && key.every((value, index) => value === this.#key[index])
    const waiting = this.#queue.slice(this.#next)
    this.#lines = lines
    if (same && waiting.length === 0) {
      this.#queue = Array.from(lines.trials.keys()).filter((row) => lines.trials[row] !== this.#drawn[row])
    } else {
      this.#key = key
      const ratio = window.devicePixelRatio
      this.#canvas.width = Math.round(size.width * ratio)
      this.#canvas.height = Math.round(size.height * ratio)
      this.#queue = drawingOrder(lines, rank)
    }
    this.#drawn = lines.trials
    this.#next = 0
    if (this.#queue.length > 0) this.#frame ??= requestAnimationFrame(this.#draw)
  }

  dispose(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame)
  }

  readonly #draw = (begin: number): void => {
    this.#frame = null
    const context = this.#canvas.getContext('2d')
    if (context === null || this.#lines === null) return
    const ratio = window.devicePixelRatio
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    do {
      drawLines(context, this.#lines, this.#queue.slice(this.#next, this.#next + rowsAtOnce))
      this.#next += rowsAtOnce
    } while (this.#next < this.#queue.length && performance.now() - begin < budgetMs)
    if (this.#next < this.#queue.length) this.#frame = requestAnimationFrame(this.#draw)
  }
}
