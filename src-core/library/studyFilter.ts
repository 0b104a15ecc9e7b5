/** Which studies of a library are listed: what the window filters by and what `spiketune list` does. */
import { z } from 'zod'
import type { StudySummary } from '../progress/readModel.ts'

export const studyFilterSchema = z.strictObject({
  /** Every word of it is found in what a study is called, trained on, searched by, tagged with or noted. */
  text: z.string(),
  /** Kinds of states; empty: all. */
  states: z.array(z.string()),
  /** Studies that have all of these; empty: all. */
  tags: z.array(z.string()),
  datasets: z.array(z.string()),
  networks: z.array(z.string()),
  optimisers: z.array(z.string()),
  /** `without`: archived ones are left out; `only`: they alone are listed. */
  archived: z.enum(['without', 'with', 'only']),
})
export type StudyFilter = z.infer<typeof studyFilterSchema>

export const allStudies: StudyFilter = {
  text: '',
  states: [],
  tags: [],
  datasets: [],
  networks: [],
  optimisers: [],
  archived: 'without',
}

/** What a study is called: by its person, else by its id. */
export const titleOf = ({ id, labels }: Pick<StudySummary, 'id' | 'labels'>): string =>
  labels.title === '' ? id : labels.title

const searchedText = ({ id, name, dataset, network, optimiser, labels }: StudySummary): string =>
  [id, name, dataset, network, optimiser, labels.title, labels.note, ...labels.tags].join('\n').toLocaleLowerCase('en')

const isAmong = (allowed: readonly string[], value: string): boolean => allowed.length === 0 || allowed.includes(value)

/** Whether a filter leaves anything out but archived studies. */
export const isFiltering = (filter: StudyFilter): boolean =>
  filter.text.trim() !== '' ||
  [filter.states, filter.tags, filter.datasets, filter.networks, filter.optimisers].some(({ length }) => length > 0) ||
  filter.archived === 'only'

/** The test of a filter, to be asked of each study. */
export const passes = (filter: StudyFilter): ((study: StudySummary) => boolean) => {
  const words = filter.text.toLocaleLowerCase('en').split(/\s+/).filter(Boolean)
  return (study) => {
    const { labels, state, dataset, network, optimiser } = study
    if (filter.archived !== 'with' && labels.archived !== (filter.archived === 'only')) return false
    if (!isAmong(filter.states, state.kind) || !isAmong(filter.datasets, dataset)) return false
    if (!isAmong(filter.networks, network) || !isAmong(filter.optimisers, optimiser)) return false
    if (!filter.tags.every((tag) => labels.tags.includes(tag))) return false
    if (words.length === 0) return true
    const text = searchedText(study)
    return words.every((word) => text.includes(word))
  }
}

type Key = string | number | null

/** Names as people sort them: "study-2" before "study-10". */
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Sorted by what `keyOf` says; what is not known comes last either way, and equal ones stay as they were. */
export const sortedStudies = (
  studies: readonly StudySummary[],
  keyOf: (study: StudySummary) => Key,
  descending: boolean,
): StudySummary[] => {
  const sign = descending ? -1 : 1
  return studies
    .map((study) => ({ study, key: keyOf(study) }))
    .sort(({ key: a }, { key: b }) => {
      if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0)
      return sign * (typeof a === 'string' && typeof b === 'string' ? names.compare(a, b) : Number(a) - Number(b))
    })
    .map(({ study }) => study)
}

/** Values that occur, each with the number of its studies, by name. */
export const countedValues = (
  studies: readonly StudySummary[],
  valuesOf: (study: StudySummary) => readonly string[],
): { readonly value: string; readonly studies: number }[] => {
  const counts = new Map<string, number>()
  for (const study of studies) for (const value of valuesOf(study)) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, number]) => ({ value, studies: number }))
    .sort((a, b) => names.compare(a.value, b.value))
}
