import type { KernelMemory } from './kernelMemory.ts'
import type { LayeredKernel } from './layeredKernel.ts'

/** Above this share of entries that are not 0 lists do not pay, and are not made. */
const largestDensity = 0.5
/** Rows of a panel of 48 columns that stay in a first-level cache of 32 KiB, and in a second-level cache. */
const fewestRowsOfPiece = 160
export const mostRowsOfPiece = 1024
/** Entries that a list of pieces should have: what each costs besides must be little. */
const entriesOfList = 20

/** Lists by row; list n begins at `starts[n]`. Pointers; `values` 0: all are 1. */
export interface RowLists {
  readonly starts: number
  readonly indices: number
  readonly values: number
}

/** Lists by input, in pieces of rows. */
interface ColumnLists extends RowLists {
  readonly piece: number
}

/**
 * The entries of an activity that are not 0, by row and by input, made when first asked for after the activity was written.
 * The memory is that of the most entries that are ever listed, so that it does not grow while a network trains.
 */
export class EventLists {
  #state: 'unknown' | 'listed' | 'dense' = 'unknown'
  #columnsListed = false
  #capacity = 0
  #count = 0
  #valued = false
  #rows = { starts: 0, indices: 0, values: 0 }
  #columns = { starts: 0, indices: 0, values: 0, piece: 0 }

  /** The activity was written. */
  forget(): void {
    this.#state = 'unknown'
    this.#columnsListed = false
  }

  /** Entries that are listed. */
  get count(): number {
    return this.#count
  }

  get known(): boolean {
    return this.#state !== 'unknown'
  }

  /** @returns null when the activity is too dense */
  byRow(kernel: LayeredKernel, memory: KernelMemory, activity: number, rows: number, width: number): RowLists | null {
    if (this.#state === 'unknown') this.#listRows(kernel, memory, activity, rows, width)
    return this.#state === 'dense' ? null : { ...this.#rows, values: this.#valued ? this.#rows.values : 0 }
  }

  /** @returns null when the activity is too dense */
  byInput(
    kernel: LayeredKernel,
    memory: KernelMemory,
    activity: number,
    rows: number,
    width: number,
  ): ColumnLists | null {
    const byRow = this.byRow(kernel, memory, activity, rows, width)
    if (byRow === null) return null
    if (!this.#columnsListed) {
      this.#allocateColumns(memory, rows, width)
      const wanted = Math.ceil((entriesOfList * rows * width) / Math.max(this.#count, 1))
      this.#columns.piece = Math.min(Math.max(wanted, fewestRowsOfPiece), mostRowsOfPiece)
      const { piece, starts, indices } = this.#columns
      const values = this.#valued ? this.#columns.values : 0
      kernel.listColumns(rows, width, piece, byRow.starts, byRow.indices, byRow.values, starts, indices, values)
      this.#columnsListed = true
    }
    return { ...this.#columns, values: this.#valued ? this.#columns.values : 0 }
  }

  #listRows(kernel: LayeredKernel, memory: KernelMemory, activity: number, rows: number, width: number): void {
    if (this.#capacity === 0) {
      this.#capacity = Math.ceil(rows * width * largestDensity)
      this.#rows.starts = memory.allocate((rows + 1) * 4)
      this.#rows.indices = memory.allocate(this.#capacity * 4)
    }
    const { starts, indices } = this.#rows
    const count = kernel.listRows(activity, rows, width, starts, indices, this.#capacity) >>> 0
    this.#count = count
    this.#state = count > this.#capacity ? 'dense' : 'listed'
    this.#valued = this.#state === 'listed' && kernel.valued.value !== 0
    if (!this.#valued) return
    if (this.#rows.values === 0) this.#rows.values = memory.allocate(this.#capacity * 4)
    kernel.listValues(activity, rows, width, starts, indices, this.#rows.values)
  }

  #allocateColumns(memory: KernelMemory, rows: number, width: number): void {
    if (this.#columns.starts === 0) {
      const pieces = Math.ceil(rows / fewestRowsOfPiece)
      this.#columns.starts = memory.allocate((pieces * width + 1) * 4)
      this.#columns.indices = memory.allocate(this.#capacity * 4)
    }
    if (this.#valued && this.#columns.values === 0) this.#columns.values = memory.allocate(this.#capacity * 4)
  }
}
