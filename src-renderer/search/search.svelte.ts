import type { WireError } from '../../src-core/contracts/window.ts'
import { continuedRecord, emptyRecord, type SearchRecord } from '../../src-core/diagnostics/searchRecord.ts'
import { call } from '../bridge/bridge.ts'
import type { Board } from '../state/board.svelte.ts'

/** What the optimiser of one study said so far, shared by all views of it; what is new is read as trials come. */
class StudySearch {
  readonly #board: Board
  readonly #folder: string
  record = $state.raw<SearchRecord>(emptyRecord)
  error = $state.raw<WireError | null>(null)
  /** False until everything was read once. */
  loaded = $state(false)
  #next = 0
  #busy = false

  constructor(board: Board) {
    this.#board = board
    this.#folder = board.view.summary.folder
  }

  /** Reads what was asked since, if anything was; a study that is left is not opened again for it. */
  async follow(): Promise<void> {
    const last = this.#board.view.trials.at(-1)?.number ?? -1
    if (this.#busy || (this.loaded && this.#next > last)) return
    this.#busy = true
    for (let complete = false; !complete && this.#isInView();) {
      const answer = await call('readSearch', { id: this.#folder, from: this.#next })
      if (!answer.ok) {
        this.error = answer.error
        break
      }
      this.error = null
      this.#next = answer.value.next
      this.record = continuedRecord(this.record, answer.value.record)
      complete = answer.value.complete
    }
    this.loaded = this.error === null
    this.#busy = false
  }

  #isInView(): boolean {
    return this.#board.session.view?.summary.folder === this.#folder
  }
}

const byBoard = new WeakMap<Board, StudySearch>()

/** What the optimiser of the board's study said. */
export const studySearch = (board: Board): StudySearch => {
  const search = byBoard.get(board) ?? new StudySearch(board)
  byBoard.set(board, search)
  return search
}
