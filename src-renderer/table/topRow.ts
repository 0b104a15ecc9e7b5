/** Keeps the row at the top of a live table where it is. */
import { rowHeight } from './rowWindow.ts'
import type { TableState } from './tableState.svelte.ts'

type Rows = Pick<TableState, 'order' | 'positionOf' | 'sorting'>

/**
 * The row at the top stays when others come in above it; at the very top the newest is shown. Whoever sorts wants to see
 * the first.
 */
export class TopRow {
  readonly #table: Rows
  #sorting: Rows['sorting']
  /** Pixels of it that are scrolled away; null: the table stands at its very top. */
  #top: { readonly number: number; readonly offset: number } | null = null

  constructor(table: Rows) {
    this.#table = table
    this.#sorting = table.sorting
  }

  scrolled(scrollTop: number): void {
    const position = Math.floor(scrollTop / rowHeight)
    const number = this.#table.order[position]
    this.#top = scrollTop === 0 || number === undefined ? null : { number, offset: scrollTop - position * rowHeight }
  }

  /** Where to scroll in the order of now; null: stay. */
  follow(): number | null {
    const table = this.#table
    const sortedAnew = this.#sorting !== table.sorting
    this.#sorting = table.sorting
    if (this.#top === null) return null
    if (sortedAnew) this.#top = { number: this.#top.number, offset: 0 }
    const position = sortedAnew ? 0 : table.positionOf(this.#top.number)
    return position === -1 ? null : position * rowHeight + this.#top.offset
  }
}
