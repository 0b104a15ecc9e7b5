/** Contour lines of a grid, by marching squares. */

interface Segment {
  readonly fromX: number
  readonly fromY: number
  readonly toX: number
  readonly toY: number
}

/**
 * Where the values pass `level`, straight between neighbouring grid points.
 * @param values rows of y; null has no contour around it
 * @param x places of the columns @param y places of the rows
 */
export const contourLines = (
  values: readonly (readonly (number | null)[])[],
  x: readonly number[],
  y: readonly number[],
  level: number,
): Segment[] => {
  const segments: Segment[] = []
  for (let row = 0; row + 1 < y.length; row++) {
    for (let column = 0; column + 1 < x.length; column++) {
      const corners = [
        { x: x[column] ?? 0, y: y[row] ?? 0, value: values[row]?.[column] },
        { x: x[column + 1] ?? 0, y: y[row] ?? 0, value: values[row]?.[column + 1] },
        { x: x[column + 1] ?? 0, y: y[row + 1] ?? 0, value: values[row + 1]?.[column + 1] },
        { x: x[column] ?? 0, y: y[row + 1] ?? 0, value: values[row + 1]?.[column] },
      ]
      const crossings = corners.flatMap((from, index) => {
        const to = corners[(index + 1) % 4] ?? from
        if (typeof from.value !== 'number' || typeof to.value !== 'number') return []
        if (from.value >= level === to.value >= level) return []
        const part = (level - from.value) / (to.value - from.value)
        return [{ x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) }]
      })
      if (corners.some(({ value }) => typeof value !== 'number')) continue
      // Four crossings are a saddle: which way it parts makes no difference at the size of a cell.
      for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
        const [from, to] = [crossings[pair], crossings[pair + 1]]
        if (from && to) segments.push({ fromX: from.x, fromY: from.y, toX: to.x, toY: to.y })
      }
    }
  }
  return segments
}

/** Ends of the cells around these places: in the middle between neighbours, at the ends of [0, 1]. */
export const cellEdges = (places: readonly number[]): number[] => [
  0,
  ...places.slice(1).map((place, index) => (place + (places[index] ?? 0)) / 2),
  1,
]
