/**
 * Which rows of a long table are drawn. All rows are of one height, so that this is arithmetic: measuring each row, as a
 * general virtualiser does, would cost more than it gives.
 */

/** CSS pixels. */
export const rowHeight = 24
/** The head: titles and filters. */
export const headHeight = 51

/** Rows drawn beyond what is seen, so that a small scroll shows no gap. */
const margin = 8

/** How high rows and head are, of a table that is not of the trials. */
export interface RowGeometry {
  readonly row: number
  readonly head: number
}

const trialGeometry: RowGeometry = { row: rowHeight, head: headHeight }

interface Scrolled {
  readonly scrollTop: number
  /** Of the table's frame, its head included. */
  readonly height: number
}

/** Which rows to draw, so that 100,000 trials cost as much as fifty. */
export const visibleRows = (
  count: number,
  { scrollTop, height }: Scrolled,
  { row } = trialGeometry,
): { first: number; last: number } => {
  const first = Math.min(count, Math.max(0, Math.floor(scrollTop / row) - margin))
  return { first, last: Math.max(first, Math.min(count, Math.ceil((scrollTop + height) / row) + margin)) }
}

/** Rows that are drawn at most. */
export const rowsAtOnce = (height: number, { row } = trialGeometry): number => Math.ceil(height / row) + 1 + 2 * margin

/** Rows that are seen whole. */
export const rowsOnPage = (height: number, { row, head } = trialGeometry): number =>
  Math.max(1, Math.floor((height - head) / row))

/** Where to scroll so that a row is seen, with the least movement. */
export const scrollTo = (position: number, { scrollTop, height }: Scrolled, { row, head } = trialGeometry): number => {
  const top = position * row
  const bottom = top + row + head - height
  if (top < scrollTop) return top
  return Math.max(scrollTop, bottom)
}

/** The row that a key moves to; null: the key moves nowhere. */
export const movedTo = (key: string, from: number, count: number, page: number): number | null => {
  if (count === 0) return null
  const to = {
    ArrowDown: from + 1,
    ArrowUp: from === -1 ? 0 : from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  }[key]
  return to === undefined ? null : Math.min(count - 1, Math.max(0, to))
}

/** The set with an item put in, or taken out where it was; null: nothing is left. */
export const toggled = (items: Iterable<number>, item: number): ReadonlySet<number> | null => {
  const all = new Set(items)
  if (!all.delete(item)) all.add(item)
  return all.size === 0 ? null : all
}
