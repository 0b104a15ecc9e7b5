type Cells = readonly (readonly (number | null)[])[]

/** The smallest and the largest value of a map; 0 to 1 of an empty one. */
export const rangeOfCells = (cells: Cells): { readonly low: number; readonly high: number } => {
  let low = Infinity
  let high = -Infinity
  for (const row of cells) {
    for (const value of row) {
      if (value === null || !Number.isFinite(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low > high ? { low: 0, high: 1 } : { low, high }
}

/** The value of the cell at a place; null where none is, or nothing applies. */
export const mapValueAt = (
  cells: Cells,
  edges: Readonly<Record<'x' | 'y', readonly number[]>>,
  place: Readonly<Record<'x' | 'y', number>>,
): number | null => {
  const along = (axis: 'x' | 'y'): number =>
    edges[axis].findIndex((edge, index) => place[axis] >= edge && place[axis] <= (edges[axis][index + 1] ?? -1))
  const [column, row] = [along('x'), along('y')]
  return cells[row]?.[column] ?? null
}
