/** Points as pixels of an image: for more trials than marks could be told apart, at a fraction of their cost. */
import type { Colour } from './ramp.ts'

export interface PixelImage {
  readonly width: number
  readonly height: number
  /** RGBA, row by row. */
  readonly data: Uint8ClampedArray
}

/** Sets a square of `side` pixels around a position; what lies beyond the image is left out. */
export const setSquare = (
  { width, height, data }: PixelImage,
  x: number,
  y: number,
  side: number,
  [red, green, blue]: Colour,
  alpha: number,
): void => {
  const left = Math.max(0, Math.round(x - side / 2))
  const top = Math.max(0, Math.round(y - side / 2))
  const right = Math.min(width, Math.round(x + side / 2))
  const bottom = Math.min(height, Math.round(y + side / 2))
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const at = 4 * (row * width + column)
      data[at] = red
      data[at + 1] = green
      data[at + 2] = blue
      data[at + 3] = alpha
    }
  }
}
