import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { newestFirst } from '../trials/studyView.ts'

/** More than that nobody looks through here: the library has them all, and finds them. */
const listedAtMost = 50

interface ListedStudies {
  readonly studies: readonly StudySummary[]
  /** How many are in the library only. */
  readonly more: number
}

/** What the list beside a study shows: the newest, without those that were put away, and in any case the one in view. */
export const listedStudies = (summaries: readonly StudySummary[], current: string | null): ListedStudies => {
  const all = newestFirst(summaries.filter(({ labels, folder }) => !labels.archived || folder === current))
  const studies = all.filter(({ folder }, place) => place < listedAtMost || folder === current)
  return { studies, more: all.length - studies.length }
}
