import type { PixelBox } from './plot.ts'

/** Finds marks by pixels without a look at each: they lie in square cells. */
export interface MarkGrid {
  /** Place of the nearest mark within `reach` pixels; -1: none. */
  nearest(x: number, y: number, reach: number): number
  /** Places of the marks in a rectangle, corners in any order. */
  within(x0: number, y0: number, x1: number, y1: number): number[]
}

const cellSize = 16

/** @param x, y pixels of each mark; those that are not finite or outside of the canvas are never found */
export const createMarkGrid = (x: Float32Array, y: Float32Array, width: number, height: number): MarkGrid => {
  const columns = Math.max(1, Math.ceil(width / cellSize))
  const rows = Math.max(1, Math.ceil(height / cellSize))
  const cellOf = (at: number): number => {
    const px = x[at] ?? NaN
    const py = y[at] ?? NaN
    if (!(px >= 0 && py >= 0 && px <= width && py <= height)) return -1
    return Math.min(rows - 1, Math.floor(py / cellSize)) * columns + Math.min(columns - 1, Math.floor(px / cellSize))
  }
  // Counting sort: `starts[c]` is where the places of cell c begin.
  const starts = new Uint32Array(columns * rows + 1)
  const cells = new Int32Array(x.length)
  for (let at = 0; at < x.length; at++) {
    const cell = cellOf(at)
    cells[at] = cell
    if (cell >= 0) starts[cell + 1] = (starts[cell + 1] ?? 0) + 1
  }
  for (let cell = 0; cell < columns * rows; cell++) starts[cell + 1] = (starts[cell + 1] ?? 0) + (starts[cell] ?? 0)
  const next = starts.slice()
  const places = new Uint32Array(starts[columns * rows] ?? 0)
  for (let at = 0; at < x.length; at++) {
    const cell = cells[at] ?? -1
    if (cell < 0) continue
    const slot = next[cell] ?? 0
    next[cell] = slot + 1
    places[slot] = at
  }

  const visit = ({ left, top, right, bottom }: PixelBox, look: (place: number) => void): void => {
    const limit = (value: number, last: number): number => Math.min(last, Math.max(0, Math.floor(value / cellSize)))
    for (let row = limit(top, rows - 1); row <= limit(bottom, rows - 1); row++) {
      const first = starts[row * columns + limit(left, columns - 1)] ?? 0
      const end = starts[row * columns + limit(right, columns - 1) + 1] ?? 0
      for (let slot = first; slot < end; slot++) look(places[slot] ?? 0)
    }
  }

  return {
    nearest(px, py, reach) {
      let found = -1
      let least = reach * reach
      visit({ left: px - reach, top: py - reach, right: px + reach, bottom: py + reach }, (place) => {
        const dx = (x[place] ?? 0) - px
        const dy = (y[place] ?? 0) - py
        const squared = dx * dx + dy * dy
        // The later one is drawn above.
        if (squared <= least) {
          least = squared
          found = place
        }
      })
      return found
    },
    within(ax, ay, bx, by) {
      const [left, right] = ax < bx ? [ax, bx] : [bx, ax]
      const [top, bottom] = ay < by ? [ay, by] : [by, ay]
      const found: number[] = []
      visit({ left, top, right, bottom }, (place) => {
        const px = x[place] ?? NaN
        const py = y[place] ?? NaN
        if (px >= left && px <= right && py >= top && py <= bottom) found.push(place)
      })
      return found
    },
  }
}
