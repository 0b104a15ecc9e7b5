import { z } from 'zod'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { libraryColumns } from '../library/libraryColumns.ts'
import { searchedStudies, sortedStudies } from '../library/listedStudies.ts'
import { nothingChosen, type StudyChoice } from '../library/studyChoice.ts'
import { preference } from './preferences.svelte.ts'

const sortingSchema = z.strictObject({ key: z.string(), descending: z.boolean() })
type LibrarySorting = z.infer<typeof sortingSchema>

/** The studies as the library shows them: found, sorted, chosen. */
export class Library {
  readonly #source: { readonly summaries: readonly StudySummary[] }
  readonly #sorting = preference('library.sorting', sortingSchema, { key: 'used', descending: true })
  text = $state('')
  choice = $state.raw<StudyChoice>(nothingChosen)

  readonly listed = $derived.by(() => {
    const { key, descending } = this.sorting
    const column = libraryColumns.find((one) => one.key === key)
    const found = searchedStudies(this.#source.summaries, this.text)
    return column === undefined ? found : sortedStudies(found, column, descending)
  })
  readonly folders = $derived(this.listed.map(({ folder }) => folder))
  /** In the order of the list; what is not listed is not chosen. */
  readonly chosen: readonly StudySummary[] = $derived(
    this.choice.chosen.size === 0 ? [] : this.listed.filter(({ folder }) => this.choice.chosen.has(folder)),
  )

  /** @param source the studies as they are now */
  constructor(source: { readonly summaries: readonly StudySummary[] }) {
    this.#source = source
  }

  get sorting(): LibrarySorting {
    return this.#sorting.value
  }

  /** The first time as it is read best: names from A, numbers from the largest; then the other way round. */
  sortBy(key: string): void {
    const { sorting } = this
    const isText = libraryColumns.some((column) => column.key === key && column.kind === 'text')
    this.#sorting.value = { key, descending: sorting.key === key ? !sorting.descending : !isText }
  }
}
