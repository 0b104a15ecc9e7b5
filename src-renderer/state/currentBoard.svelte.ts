import type { Board } from './board.svelte.ts'
import type { Toasts } from './toasts.svelte.ts'

/** The board of the study in view; null while none is. Commands and keys act on it. */
class CurrentBoard {
  board = $state.raw<Board | null>(null)
  /** Where messages are told, whatever is in view. */
  toasts: Toasts | null = null
}

export const current = new CurrentBoard()
