/** Pictures made of numbers: a canvas for each, drawn once. */
import { pixelOf } from '../../charts/ramp.ts'

/** A canvas of `columns` x `rows` pixels; null where the page cannot make one. */
export const canvasOfPixels = (pixels: Uint32Array, columns: number, rows: number): HTMLCanvasElement | null => {
  const canvas = document.createElement('canvas')
  canvas.width = columns
  canvas.height = rows
  const context = canvas.getContext('2d')
  if (context === null) return null
  const data = context.createImageData(columns, rows)
  new Uint32Array(data.data.buffer).set(pixels.subarray(0, columns * rows))
  context.putImageData(data, 0, 0)
  return canvas
}

/** Values as pixels between `low` and `high`. */
export const pixelsOf = (values: ArrayLike<number>, table: Uint32Array, low: number, high: number): Uint32Array =>
  Uint32Array.from({ length: values.length }, (_, place) => pixelOf(table, values[place] ?? Number.NaN, low, high))
