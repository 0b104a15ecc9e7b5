/** Which studies the library lists, and in which order. */
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import type { LibraryColumn } from './libraryColumns.ts'

/** Those in which every word is found, whatever the case. */
export const searchedStudies = (studies: readonly StudySummary[], text: string): readonly StudySummary[] => {
  const words = text.toLocaleLowerCase('en').split(/\s+/).filter(Boolean)
  if (words.length === 0) return studies
  return studies.filter(({ id, network, metric }) => {
    const searched = `${id} ${network} ${metric}`.toLocaleLowerCase('en')
    return words.every((word) => searched.includes(word))
  })
}

/** Names as people sort them: "study-2" before "study-10". */
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Sorted by a column; what is not known comes last either way, and equal ones stay as they were. */
export const sortedStudies = (
  studies: readonly StudySummary[],
  { value }: LibraryColumn,
  descending: boolean,
): readonly StudySummary[] => {
  const sign = descending ? -1 : 1
  return studies
    .map((study) => ({ study, key: value(study) }))
    .sort(({ key: a }, { key: b }) => {
      if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0)
      return sign * (typeof a === 'string' && typeof b === 'string' ? names.compare(a, b) : Number(a) - Number(b))
    })
    .map(({ study }) => study)
}
