/** Selects and brushes rows of the trial table, as lists of files do: Shift takes a range, Ctrl single rows. */
import { movedTo, toggled } from './rowWindow.ts'
import type { TableState } from './tableState.svelte.ts'

type Click = Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>
type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

export class RowSelection {
  readonly #table: TableState
  /** The trial where a range of rows begins that Shift extends. */
  #rangeFrom: number | null = null
  /** A brush that was made here, so that a click takes away no other view's. */
  #ownBrush: ReadonlySet<number> | null = null

  constructor(table: TableState) {
    this.#table = table
  }

  click(number: number, { shiftKey, ctrlKey, metaKey }: Click): void {
    const { board } = this.#table
    if (shiftKey && this.#rangeFrom !== null) this.#brushRange(this.#rangeFrom, this.#table.positionOf(number))
    else if (ctrlKey || metaKey) {
      this.#brush(toggled(board.brush ?? (board.selected === null ? [] : [board.selected]), number))
      this.#rangeFrom = number
    } else {
      if (board.brush !== null && board.brush === this.#ownBrush) board.brush = null
      this.#rangeFrom = number
    }
    board.select(number)
  }

  /** Moves by rows and pages; Ctrl+A brushes all. False: the key means nothing here. */
  press({ key, shiftKey, ctrlKey, metaKey, altKey }: Key, rowsOnPage: number): boolean {
    const table = this.#table
    const { board, order } = table
    const selected = board.selected === null ? -1 : table.positionOf(board.selected)
    const to = movedTo(key, selected, order.length, rowsOnPage)
    if (to !== null && !ctrlKey && !metaKey && !altKey) {
      const target = table.at(to)
      if (target === null) return true
      if (shiftKey) {
        this.#rangeFrom ??= table.at(selected)?.number ?? target.number
        this.#brushRange(this.#rangeFrom, to)
      } else this.#rangeFrom = null
      board.select(target.number)
      return true
    }
    if (key !== 'a' || !(ctrlKey || metaKey)) return false
    this.#brush(new Set(order))
    return true
  }

  #brush(numbers: ReadonlySet<number> | null): void {
    this.#ownBrush = numbers
    this.#table.board.brush = numbers
  }

  #brushRange(number: number, position: number): void {
    const from = this.#table.positionOf(number)
    this.#brush(new Set(this.#table.order.subarray(Math.min(from, position), Math.max(from, position) + 1)))
  }
}
