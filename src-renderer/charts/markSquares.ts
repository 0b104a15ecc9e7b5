/** Marks that are too many for shapes, as squares whose pixels are set at once: at a fraction of what stamps cost. */
import type { ChartColours } from './colours.ts'
import { pointKinds } from './pointKinds.ts'
import { type Colour, parseColour } from './ramp.ts'

/** RGBA of each pixel, row by row, in the order of bytes of every machine that this runs on. */
interface PixelImage {
  readonly width: number
  readonly height: number
  readonly pixels: Uint32Array
}

/** A colour as a pixel holds it; `opacity`: 0 to 1. */
export const packed = (colour: Colour, opacity: number): number => {
  const [red, green, blue, alpha] = [...colour, opacity].map((share) => Math.round(255 * share))
  return (((alpha ?? 0) << 24) | ((blue ?? 0) << 16) | ((green ?? 0) << 8) | (red ?? 0)) >>> 0
}

/** Sets a square of `side` pixels around a place; one that has none, or lies over the edge of the image, is left out. */
export const setSquare = (
  { width, height, pixels }: PixelImage,
  { x, y }: { readonly x: number; readonly y: number },
  side: number,
  colour: number,
): void => {
  const [left, top] = [Math.round(x - side / 2), Math.round(y - side / 2)]
  // Comparisons with NaN are false.
  if (!(left >= 0 && top >= 0 && left + side <= width && top + side <= height)) return
  for (let at = top * width + left, end = at + side * width; at < end; at += width) pixels.fill(colour, at, at + side)
}

/** The colours of the kinds of marks: any CSS colour of the style sheet comes back from a context as numbers. */
export const seriesColours = (context: CanvasRenderingContext2D, { series }: ChartColours): Colour[] =>
  pointKinds.map((kind) => {
    context.fillStyle = series[kind]
    return parseColour(String(context.fillStyle))
  })
