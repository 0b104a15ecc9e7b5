import type { PlotEmphasis } from '../charts/plot.ts'
import type { Board } from './board.svelte.ts'

/** What the trials of a board are to the person at the moment, for its charts. */
export const boardEmphasis = (board: Board): PlotEmphasis => ({
  brush: board.brush,
  best: board.view.summary.best?.number ?? null,
  selected: board.selected,
  hovered: board.hovered,
})
