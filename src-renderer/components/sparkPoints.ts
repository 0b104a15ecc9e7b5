import type { FigureSize } from '../state/figure.ts'

/**
 * Points of a polyline from the left to the right edge, 0 at the foot and the largest value at the head; one value is a level line.
 * Half a pixel at head and foot is left for the line's width.
 */
export const sparkPoints = (values: readonly number[], { width, height }: FigureSize): string => {
  const most = values.reduce((largest, value) => Math.max(largest, value), 0)
  const shown = values.length === 1 ? [...values, ...values] : values
  return shown
    .map((value, place) => {
      const x = (place / (shown.length - 1)) * width
      const y = height - 0.5 - (most === 0 ? 0 : value / most) * (height - 1)
      return `${x.toFixed(1)},${y.toFixed(1)}`
    })
    .join(' ')
}
