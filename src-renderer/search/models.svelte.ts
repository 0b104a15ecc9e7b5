import type { WireError } from '../../src-core/contracts/window.ts'
import type { ModelReport } from '../../src-core/diagnostics/studyModels.ts'
import { call } from '../bridge/bridge.ts'
import type { Board } from '../state/board.svelte.ts'
import { isDue, modelledTrials } from './refresh.ts'

/** How often it is looked at whether newer models are due. */
const lookMs = 5000

/** The latest models of one study, shared by all views of them. */
class StudyModels {
  readonly #board: Board
  report = $state.raw<ModelReport | null>(null)
  error = $state.raw<WireError | null>(null)
  busy = $state(false)
  #askedAtMs = -Infinity
  #askedOf = 0
  #views = 0
  #timer: ReturnType<typeof setInterval> | null = null

  constructor(board: Board) {
    this.#board = board
  }

  /** Keeps the models up to date while a view shows them. Returns what ends that. */
  use(): () => void {
    this.#views++
    this.#timer ??= setInterval(() => this.#refreshIfDue(), lookMs)
    this.#refreshIfDue()
    return () => {
      this.#views--
      if (this.#views > 0 || this.#timer === null) return
      clearInterval(this.#timer)
      this.#timer = null
    }
  }

  /** Models the study now. */
  async refresh(): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.#askedAtMs = performance.now()
    this.#askedOf = modelledTrials(this.#board.view.trials)
    const answer = await call('modelStudy', { id: this.#board.view.summary.folder })
    this.busy = false
    if (answer.ok) {
      this.report = answer.value
      this.error = null
    } else this.error = answer.error
  }

  #refreshIfDue(): void {
    const { view, frozen } = this.#board
    if (document.hidden || this.busy || (frozen && this.report !== null)) return
    const asked = { trials: this.#askedOf, msAgo: performance.now() - this.#askedAtMs }
    if (isDue(asked, modelledTrials(view.trials))) void this.refresh()
  }
}

const byBoard = new WeakMap<Board, StudyModels>()

/** The models of the board's study. */
export const studyModels = (board: Board): StudyModels => {
  const models = byBoard.get(board) ?? new StudyModels(board)
  byBoard.set(board, models)
  return models
}
