import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { Board } from '../state/board.svelte.ts'
import type { Inspection } from './inspection.svelte.ts'

/** What every view of the inspect page is given. */
export interface InspectViewProperties {
  readonly board: Board
  readonly inspection: Inspection
  readonly trial: TrialRow
  /** Goes to another view, by its id. */
  onview(id: string): void
}
