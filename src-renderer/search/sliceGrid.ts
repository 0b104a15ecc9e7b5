/** How small plots are laid out: as many columns as there is room for, as wide as they can be. */

export interface GridCell {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const narrowest = 128
const lowest = 92

/** Height that so many plots need in this width. */
export const gridHeight = (plots: number, width: number, height: number): number =>
  Math.max(height, Math.ceil(plots / columnsIn(plots, width)) * lowest)

const columnsIn = (plots: number, width: number): number => Math.max(1, Math.min(plots, Math.floor(width / narrowest)))

/** The cells of so many plots, row by row. */
export const gridCells = (plots: number, width: number, height: number): GridCell[] => {
  const columns = columnsIn(plots, width)
  const rows = Math.max(1, Math.ceil(plots / columns))
  const cell = { width: width / columns, height: height / rows }
  return Array.from({ length: plots }, (_, index) => ({
    left: (index % columns) * cell.width,
    top: Math.floor(index / columns) * cell.height,
    ...cell,
  }))
}
