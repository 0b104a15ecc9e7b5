/** Points as pixels of an image: for more trials than marks could be told apart, at a fraction of their cost. */
import type { Colour } from '../charts/ramp.ts'

interface PixelImage {
  readonly width: number
  readonly height: number
  /** RGBA, row by row. */
  readonly data: Uint8ClampedArray
}

/** Points by their places in a table of [rows][columns], each in [0, 1] or NaN. */
interface PlacedColumns {
  readonly places: Float32Array
  readonly columns: number
  readonly x: number
  readonly y: number
}

/** A colour as `setSquares` writes it, in the order of bytes of every machine that this runs on. */
export const packed = ([red, green, blue]: Colour, alpha: number): number =>
  ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0

/**
 * Squares for all rows of a table at once, `colours[row]` each; 0 leaves a row out. Hundreds of thousands are set in a few
 * milliseconds.
 * @param area in pixels of the image
 */
export const setSquares = (
  { width, height, data }: PixelImage,
  { places, columns, x, y }: PlacedColumns,
  area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  side: number,
  colours: Uint32Array,
): void => {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height)
  const size = Math.max(1, Math.round(side))
  for (let row = 0; row < colours.length; row++) {
    const colour = colours[row] ?? 0
    const left = Math.round(area.left + (places[row * columns + x] ?? NaN) * area.width - size / 2)
    const top = Math.round(area.top + (1 - (places[row * columns + y] ?? NaN)) * area.height - size / 2)
    // Comparisons with NaN are false.
    if (colour === 0 || !(left >= 0 && top >= 0 && left + size <= width && top + size <= height)) continue
    for (let at = top * width + left, end = at + size * width; at < end; at += width) {
      for (let column = 0; column < size; column++) pixels[at + column] = colour
    }
  }
}
