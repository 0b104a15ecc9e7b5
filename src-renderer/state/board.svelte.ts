import type { WantedBounds } from '../../src-core/study/narrowBounds.ts'
import type { PlotEmphasis } from '../charts/plot.ts'
import { KindCounter, type KindCounts } from '../charts/pointKinds.ts'
import { Inspection } from '../inspect/inspection.svelte.ts'
import { untrainableReason } from '../trials/actions.ts'
import { SettledTrials } from '../trials/settledTrials.ts'
import { type StudyView, trialByNumber } from '../trials/studyView.ts'
import { filterTrials, noFilter, sameFilter, type TrialFilter } from '../trials/trialFilter.ts'
import type { Session } from './session.svelte.ts'

export type Page = 'watch' | 'inspect' | 'compare' | 'decide'

/** Trials that can be compared side by side at most. */
export const comparedAtMost = 6

/** What is asked of a person about trials. */
type TrialDialog =
  /** A trial to add: from nothing, or as another one was. */
  | { readonly kind: 'enqueue'; readonly from: number | null }
  | { readonly kind: 'annotate'; readonly numbers: readonly number[] }
  | { readonly kind: 'cancel'; readonly number: number }

/** What is left aside of a board while something else stands in its place. */
export interface BoardAside {
  readonly brush: ReadonlySet<number> | null
  readonly brushedBounds: WantedBounds
  readonly filtersBefore: readonly TrialFilter[]
  readonly frozen: StudyView | null
}

const noBounds: WantedBounds = { ranges: {}, categories: {} }

/** Filters that can be gone back to. */
const filtersKept = 50

/**
 * What a person does with one study: filter, brush, selection, comparison. Every view of the study reads it and writes
 * to it, which is all that links them. What is shown may be frozen while the study goes on.
 */
export class Board {
  readonly session: Session
  readonly #live: () => StudyView
  #frozen = $state.raw<StudyView | null>(null)
  page = $state<Page>('watch')
  #filter = $state.raw<TrialFilter>(noFilter)
  #filtersBefore = $state.raw<readonly TrialFilter[]>([])
  #brush = $state.raw<ReadonlySet<number> | null>(null)
  #brushedBounds = $state.raw<WantedBounds>(noBounds)
  /** The trial under the pointer in some view. */
  hovered = $state<number | null>(null)
  dialog = $state.raw<TrialDialog | null>(null)
  compared = $state.raw<readonly number[]>([])
  /** The network that is looked into. */
  readonly inspection: Inspection
  /** The view to draw: the latest, or the one at which it was frozen. */
  readonly view: StudyView = $derived.by(() => this.#frozen ?? this.#live())
  // What stays as it is while the study goes on: whoever reads these is not asked anew at each update, as of the view.
  readonly objective = $derived.by(() => this.view.objective)
  readonly constraints = $derived.by(() => this.view.constraints)
  readonly limits = $derived.by(() => this.view.limits)
  /** Number of the best trial so far; null: there is none. */
  readonly best = $derived.by(() => this.view.summary.best?.number ?? null)
  /** The trials that pass the filter, by rising number. */
  readonly trials = $derived.by(() => filterTrials(this.view.trials, this.filter, this.constraints))
  readonly #settling = new SettledTrials(() => (this.#due += 1))
  #due = $state(0)
  readonly #settled = $derived.by(() => {
    void this.#due
    return this.#settling.of(this.view)
  })
  /** All that have ended, as charts have them: the same array for a while, so that updates of running ones cost little. */
  readonly allEnded = $derived.by(() => this.#settled.ended)
  /** Those of them that pass the filter. */
  readonly ended = $derived.by(() => filterTrials(this.allEnded, this.filter, this.constraints))
  /** Those that wait or train, or ended since; and pass the filter. */
  readonly live = $derived.by(() => filterTrials(this.#settled.live, this.filter, this.constraints))

  readonly #counter = new KindCounter()
  readonly #allCounter = new KindCounter()
  /** Of the trials that pass the filter. */
  readonly counts: KindCounts = $derived.by(() => this.#counter.of(this))
  /** Of all trials. */
  readonly allCounts: KindCounts = $derived.by(() => this.#allCounter.of(this.view))

  constructor(session: Session, live: () => StudyView) {
    this.session = session
    this.#live = live
    this.inspection = new Inspection(live().summary.folder)
  }

  get filter(): TrialFilter {
    return this.#filter
  }

  set filter(filter: TrialFilter) {
    if (sameFilter(filter, this.#filter)) return
    this.#filtersBefore = [...this.#filtersBefore, this.#filter].slice(-filtersKept)
    this.#filter = filter
  }

  /** Numbers of the trials that were brushed in some view; null: nothing is brushed. Unbrushed ones are drawn faint. */
  get brush(): ReadonlySet<number> | null {
    return this.#brush
  }

  set brush(numbers: ReadonlySet<number> | null) {
    this.brushWithin(numbers, noBounds)
  }

  /** What the brush holds of hyperparameters, where it was drawn along axes of some. */
  get brushedBounds(): WantedBounds {
    return this.#brushedBounds
  }

  /** @param bounds of the hyperparameters that the brush was drawn along */
  brushWithin(numbers: ReadonlySet<number> | null, { ranges, categories }: WantedBounds): void {
    this.#brush = numbers
    this.#brushedBounds = { ranges, categories }
  }

  /** Shows the brushed trials only, in every view. */
  keepBrushed(): void {
    if (this.#brush === null) return
    this.filter = { ...this.#filter, numbers: [...this.#brush].sort((a, b) => a - b) }
    this.brush = null
  }

  get canUndoFilter(): boolean {
    return this.#filtersBefore.length > 0
  }

  /** Puts the filter back that held before the last change of it. */
  undoFilter(): void {
    const before = this.#filtersBefore.at(-1)
    if (before === undefined) return
    this.#filter = before
    this.#filtersBefore = this.#filtersBefore.slice(0, -1)
  }

  /** Changes the filter as a step of one movement, such as the drag of a range: one undo takes it all back. */
  adjustFilter(filter: TrialFilter): void {
    this.#filter = filter
  }

  /** Why nothing can be trained or looked into; null: it can. */
  get untrainable(): string | null {
    return untrainableReason(this.view.summary)
  }

  get frozen(): boolean {
    return this.#frozen !== null
  }

  set frozen(frozen: boolean) {
    this.#frozen = frozen ? this.#live() : null
  }

  get selected(): number | null {
    return this.session.selectedTrial
  }

  get selectedTrial() {
    return this.selected === null ? null : trialByNumber(this.view.trials, this.selected)
  }

  /** Selects a trial in every view; null: none. */
  select(number: number | null): void {
    this.session.selectedTrial = number
  }

  /** Opens a trial down to its spikes. */
  inspect(number: number): void {
    this.select(number)
    this.page = 'inspect'
  }

  /** What comes back with the study after the editor was in its place, beside what is kept between runs. */
  get aside(): BoardAside {
    return {
      brush: this.#brush,
      brushedBounds: this.#brushedBounds,
      filtersBefore: this.#filtersBefore,
      frozen: this.#frozen,
    }
  }

  resume({ brush, brushedBounds, filtersBefore, frozen }: BoardAside): void {
    this.#brush = brush
    this.#brushedBounds = brushedBounds
    this.#filtersBefore = filtersBefore
    this.#frozen = frozen
  }

  /** Takes filter and brush away. */
  showAll(): void {
    this.filter = noFilter
    this.brush = null
  }

  /** Takes a trial into the comparison, or out of it. False: the comparison is full. */
  toggleCompared(number: number): boolean {
    if (this.compared.includes(number)) this.compared = this.compared.filter((other) => other !== number)
    else if (this.compared.length >= comparedAtMost) return false
    else this.compared = [...this.compared, number]
    return true
  }
}

/** What the trials of a board are to the person at the moment, for its charts. */
export const boardEmphasis = (board: Board): PlotEmphasis => ({
  brush: board.brush,
  best: board.best,
  selected: board.selected,
  hovered: board.hovered,
})
