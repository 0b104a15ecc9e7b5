import type { Board } from '../state/board.svelte.ts'
import type { Panel } from '../state/panel.svelte.ts'

/** What every view of the watch page is given. */
export interface ViewProperties {
  readonly board: Board
  readonly panel: Panel
}
