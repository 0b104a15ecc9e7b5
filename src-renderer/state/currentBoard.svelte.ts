import type { Board } from './board.svelte.ts'

/** The board of the study in view; null while none is. Commands and keys act on it. */
class CurrentBoard {
  board = $state.raw<Board | null>(null)
}

export const current = new CurrentBoard()
