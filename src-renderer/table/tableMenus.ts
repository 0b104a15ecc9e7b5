/** What is open over the trial table. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { TableColumn } from './columns.ts'

/** The filter of a column; without one the choice of columns. */
export interface OpenPopover {
  readonly column: TableColumn | null
  readonly anchor: Element
}

/** At a place in the window, in CSS pixels. */
export interface OpenMenu {
  readonly target: TableColumn | TrialRow
  readonly x: number
  readonly y: number
}
