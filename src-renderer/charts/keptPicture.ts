import type { FigureSize } from '../state/figure.ts'

/** A picture that is kept while what it depends on stays the same: text costs more than lines. */
export class KeptPicture {
  readonly #canvas = document.createElement('canvas')
  #key: readonly unknown[] = []

  /** @param key what it depends on, one value each, besides its size */
  draw(
    context: CanvasRenderingContext2D,
    { width, height }: FigureSize,
    key: readonly unknown[],
    paint: (context: CanvasRenderingContext2D) => void,
  ): void {
    const own = this.#canvas.getContext('2d')
    if (own === null) return
    const ratio = window.devicePixelRatio
    const now = [width, height, ratio, ...key]
    if (now.length !== this.#key.length || now.some((value, place) => !Object.is(value, this.#key[place]))) {
      this.#canvas.width = Math.round(width * ratio)
      this.#canvas.height = Math.round(height * ratio)
      own.scale(ratio, ratio)
      paint(own)
      this.#key = now
    }
    context.drawImage(this.#canvas, 0, 0, width, height)
  }
}
