/**
 * What does not change from one drawing to the next, on a canvas of its own: a background, and marks of trials that have
 * ended, to which an update adds those that are new.
 */
import type { FigureSize } from '../state/figure.ts'
import { changedRows } from './changedRows.ts'

interface LayerContent<Row extends object> {
  /** What the picture depends on, one value each: where one of them differs, all is drawn anew. */
  readonly key: readonly unknown[]
  readonly rows: readonly Row[]
  background(context: CanvasRenderingContext2D): void
  /** Draws these rows over what is there. */
  marks(context: CanvasRenderingContext2D, rows: readonly Row[]): void
}

export class TrialLayer<Row extends object> {
  readonly #canvas = document.createElement('canvas')
  #key: readonly unknown[] = []
  #rows: readonly Row[] = []

  /** Brings the layer up to date and copies it to `context`, a canvas of `size` in CSS pixels. */
  draw(context: CanvasRenderingContext2D, { width, height }: FigureSize, content: LayerContent<Row>): void {
    const own = this.#canvas.getContext('2d')
    if (own === null) return
    const key = [...content.key, width, height, window.devicePixelRatio]
    const kept =
      key.length === this.#key.length &&
      key.every((value, index) => Object.is(value, this.#key[index])) &&
      content.rows.length >= this.#rows.length
    const ratio = window.devicePixelRatio
    if (!kept) {
      this.#canvas.width = Math.round(width * ratio)
      this.#canvas.height = Math.round(height * ratio)
      own.setTransform(ratio, 0, 0, ratio, 0, 0)
      content.background(own)
    }
    const added = kept ? changedRows(this.#rows, content.rows) : content.rows
    if (added.length > 0) {
      own.setTransform(ratio, 0, 0, ratio, 0, 0)
      content.marks(own, added)
    }
    this.#key = key
    this.#rows = content.rows
    context.drawImage(this.#canvas, 0, 0, width, height)
  }
}

/** Draws the same at once, for a file. */
export const drawLayerOnce = <Row extends object>(
  context: CanvasRenderingContext2D,
  { rows, background, marks }: LayerContent<Row>,
): void => {
  background(context)
  marks(context, rows)
}
