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
  edgesX: readonly number[],
  edgesY: readonly number[],
  x: number,
  y: number,
): number | null => {
  const column = edgesX.findIndex((edge, index) => x >= edge && x <= (edgesX[index + 1] ?? -1))
  const row = edgesY.findIndex((edge, index) => y >= edge && y <= (edgesY[index + 1] ?? -1))
  return cells[row]?.[column] ?? null
}
