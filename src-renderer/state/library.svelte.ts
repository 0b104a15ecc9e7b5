import { z } from 'zod'
import type { Libraries } from '../../src-core/contracts/window/manageCalls.ts'
import {
  allStudies,
  countedValues,
  passes,
  sortedStudies,
  type StudyFilter,
  studyFilterSchema,
} from '../../src-core/library/studyFilter.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { libraryColumns } from '../library/libraryColumns.ts'
import { nothingChosen, type StudyChoice } from '../library/studyChoice.ts'
import { preference } from './preferences.svelte.ts'

const viewSchema = z.strictObject({
  layout: z.enum(['table', 'cards']),
  sorting: z.strictObject({ key: z.string(), descending: z.boolean() }),
  filter: studyFilterSchema,
})
type LibraryView = z.infer<typeof viewSchema>

const firstView: LibraryView = {
  layout: 'table',
  sorting: { key: 'used', descending: true },
  filter: allStudies,
}

/** What is asked of a person about the chosen studies. */
export type LibraryDialog =
  | { readonly kind: 'rename' | 'duplicate'; readonly study: StudySummary }
  | { readonly kind: 'tag'; readonly studies: readonly StudySummary[] }
  | { readonly kind: 'libraries' }

/** The studies as the library shows them: found, sorted, chosen. What is remembered of it outlives the window. */
export class Library {
  readonly #source: { readonly summaries: readonly StudySummary[] }
  readonly #view = preference('library.view', viewSchema, firstView)
  choice = $state.raw<StudyChoice>(nothingChosen)
  dialog = $state.raw<LibraryDialog | null>(null)
  libraries = $state.raw<Libraries | null>(null)

  readonly listed = $derived.by((): readonly StudySummary[] => {
    const { key, descending } = this.sorting
    const column = libraryColumns.find((one) => one.key === key)
    const found = this.#source.summaries.filter(passes(this.filter))
    return column === undefined ? found : sortedStudies(found, column.value, descending)
  })
  readonly folders = $derived(this.listed.map(({ folder }) => folder))
  /** In the order of the list; what is not listed is not chosen. */
  readonly chosen: readonly StudySummary[] = $derived(
    this.choice.chosen.size === 0 ? [] : this.listed.filter(({ folder }) => this.choice.chosen.has(folder)),
  )
  /** Values that a filter can ask for, each with the number of its studies. */
  readonly values = $derived.by(() => {
    const of = (valuesOf: (study: StudySummary) => readonly string[]) => countedValues(this.#source.summaries, valuesOf)
    return {
      states: of(({ state }) => [state.kind]),
      tags: of(({ labels }) => labels.tags),
      datasets: of(({ dataset }) => [dataset]),
      networks: of(({ network }) => [network]),
      optimisers: of(({ optimiser }) => [optimiser]),
    }
  })
  readonly archived = $derived.by(() => this.#source.summaries.filter(({ labels }) => labels.archived).length)

  /** @param source the studies as they are now */
  constructor(source: { readonly summaries: readonly StudySummary[] }) {
    this.#source = source
  }

  get layout(): LibraryView['layout'] {
    return this.#view.value.layout
  }
  set layout(layout: LibraryView['layout']) {
    this.#view.value = { ...this.#view.value, layout }
  }

  get filter(): StudyFilter {
    return this.#view.value.filter
  }
  set filter(filter: StudyFilter) {
    this.#view.value = { ...this.#view.value, filter }
  }

  get sorting(): LibraryView['sorting'] {
    return this.#view.value.sorting
  }

  /** The first time as it is read best: names from A, numbers from the largest; then the other way round. */
  sortBy(key: string): void {
    const { sorting } = this
    const isText = libraryColumns.some((column) => column.key === key && column.kind === 'text')
    const descending = sorting.key === key ? !sorting.descending : !isText
    this.#view.value = { ...this.#view.value, sorting: { key, descending } }
  }
}
