/** Where the axes of parallel coordinates stand, and what is under a position, in pixels. */
import type { FigureSize } from '../state/figure.ts'

export interface ParallelGeometry {
  /** Names stand level above the axes, in two lines; otherwise aslant. */
  readonly isLow: boolean
  /** The ends of the axes. */
  readonly top: number
  readonly bottom: number
  readonly length: number
  /** Where lines go that have no value on an axis. */
  readonly noneY: number
  /** Where each axis stands. */
  readonly x: readonly number[]
}

const left = 26
const right = 34
const noneBelow = 14

/** A low panel has less room for the names above the axes. */
export const parallelGeometry = ({ width, height }: FigureSize, axes: number): ParallelGeometry => {
  const isLow = height < 240
  const top = isLow ? 34 : 92
  const bottom = height - (isLow ? 22 : 30)
  const step = axes > 1 ? (width - left - right) / (axes - 1) : 0
  return {
    isLow,
    top,
    bottom,
    length: Math.max(1, bottom - top),
    noneY: bottom + noneBelow,
    x: Array.from({ length: axes }, (_, index) => left + index * step),
  }
}

/** The place along an axis, 0 at its foot, 1 at its head. */
export const placeAt = ({ bottom, length }: ParallelGeometry, y: number): number => (bottom - y) / length

/** The axis under `x`; -1 between them. */
export const axisUnder = ({ x: xs }: ParallelGeometry, x: number): number => {
  const step = (xs[1] ?? Infinity) - (xs[0] ?? 0)
  return xs.findIndex((at) => Math.abs(at - x) <= Math.min(9, step / 2))
}

/** The axis nearest to `x`. */
export const nearestAxis = ({ x: xs }: ParallelGeometry, x: number): number =>
  xs.reduce((best, at, index) => (Math.abs(at - x) < Math.abs((xs[best] ?? 0) - x) ? index : best), 0)

/**
 * The row whose line passes within 6 pixels of a position, the nearest of them; null where none does.
 * @param places rows x axes, NaN where there is no value
 */
export const rowUnder = (
  geometry: ParallelGeometry,
  places: Float32Array,
  { x, y }: { readonly x: number; readonly y: number },
  isShown: (row: number) => boolean,
): number | null => {
  const { x: xs, length, noneY } = geometry
  const right = Math.max(
    1,
    xs.findIndex((at) => at >= x),
  )
  const [from, to] = [xs[right - 1], xs[right]]
  if (from === undefined || to === undefined) return null
  const part = (x - from) / (to - from)
  const none = placeAt(geometry, noneY)
  const place = placeAt(geometry, y)
  let nearest: number | null = null
  let least = 6 / length
  for (let row = 0; row < places.length / xs.length; row++) {
    if (!isShown(row)) continue
    const a = places[row * xs.length + right - 1] ?? NaN
    const b = places[row * xs.length + right] ?? NaN
    const start = Number.isNaN(a) ? none : a
    const distance = Math.abs(start + part * ((Number.isNaN(b) ? none : b) - start) - place)
    if (distance < least) {
      least = distance
      nearest = row
    }
  }
  return nearest
}

/** Between two axes, for each to have its numbers. */
const leastStep = 54

/** Of so many axes beside each other; a narrower panel scrolls. */
export const leastWidth = (axes: number): number => Math.max(1, axes - 1) * leastStep + left + right

/** A name where it may be broken into lines: between its words. */
export const nameParts = (name: string): readonly string[] => name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[:._ -])/)
