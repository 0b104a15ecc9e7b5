import { constraintTitle } from '../../src-core/progress/constraintTitle.ts'
import type { WireError } from '../../src-core/contracts/window.ts'
import type { ModelReport } from '../../src-core/diagnostics/studyModels.ts'
import type { FitProgress } from '../../src-core/contracts/studyModels.ts'
import { call, listen } from '../bridge/bridge.ts'
import type { Board } from '../state/board.svelte.ts'
import { Latest } from './latest.ts'
import { isDue, modelledTrials } from './refresh.ts'

/** How often it is looked at whether newer models are due. */
const lookMs = 5000

/** What is known of a study's models. */
interface KeptModels {
  readonly report: ModelReport
  readonly askedAtMs: number
  readonly askedOf: number
}

/** Of the studies that were looked at last: who comes back to one sees its models at once. */
const kept = new Latest<KeptModels>(8)

/** Another study may have the folder of one that was deleted. */
const keyOf = ({ view: { summary } }: Board): string => `${summary.createdAtMs} ${summary.folder}`

/** The latest models of one study, shared by all views of them. */
class StudyModels {
  readonly #board: Board
  readonly #key: string
  report = $state.raw<ModelReport | null>(null)
  error = $state.raw<WireError | null>(null)
  busy = $state(false)
  /** How far they are fitted; null: they are not being fitted, or not yet. */
  progress = $state.raw<FitProgress | null>(null)
  #askedAtMs = -Infinity
  #askedOf = 0
  #views = 0
  #timer: ReturnType<typeof setInterval> | null = null

  constructor(board: Board) {
    this.#board = board
    this.#key = keyOf(board)
    const found = kept.get(this.#key)
    if (found === undefined) return
    this.report = found.report
    this.#askedAtMs = found.askedAtMs
    this.#askedOf = found.askedOf
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
    this.#askedOf = modelledTrials(this.#board.view.ended)
    const { folder } = this.#board.view.summary
    const unlisten = listen(
      'modelsFitting',
      (told) => {
        if (told.folder === folder) this.progress = told.progress
      },
      (error) => {
        this.error = error
      },
    )
    const answer = await call('modelStudy', { id: folder })
    unlisten()
    this.busy = false
    this.progress = null
    if (answer.ok) {
      this.report = answer.value
      this.error = null
      this.#keep(answer.value)
    } else this.error = answer.error
  }

  #keep(report: ModelReport): void {
    kept.put(this.#key, { report, askedAtMs: this.#askedAtMs, askedOf: this.#askedOf })
  }

  #refreshIfDue(): void {
    const { view, frozen } = this.#board
    if (document.hidden || this.busy || (frozen && this.report !== null)) return
    const asked = { trials: this.#askedOf, msAgo: performance.now() - this.#askedAtMs }
    if (isDue(asked, modelledTrials(view.ended))) void this.refresh()
  }
}

const byBoard = new WeakMap<Board, StudyModels>()

/** The models of the board's study. */
export const studyModels = (board: Board): StudyModels => {
  const models = byBoard.get(board) ?? new StudyModels(board)
  byBoard.set(board, models)
  return models
}

/** "Fitting model 2 of 4: excitatory non-spiking share" */
export const fittingWords = (progress: FitProgress | null): string => {
  if (progress === null) return 'Fitting Gaussian processes to the finished trials…'
  const { fitted, of, output } = progress
  return output === null
    ? `${of} of ${of} models are fitted: working out what they say…`
    : `Fitting model ${fitted + 1} of ${of}: ${constraintTitle(output)}…`
}
