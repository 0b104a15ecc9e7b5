/** Restrictions of a filter as people read them. */
import { isMinimised } from '../../src-core/progress/objectiveText.ts'
import { formatPlural } from '../trials/format.ts'
import type { PointKind } from '../charts/pointKinds.ts'
import type { StudyView } from '../trials/studyView.ts'
import type { Restriction, TrialFilter } from '../trials/trialFilter.ts'
import { tableColumns } from '../table/columns.ts'

export const kindWords: Readonly<Record<PointKind, string>> = {
  feasible: 'Feasible',
  infeasible: 'Infeasible',
  stopped: 'Stopped',
  failed: 'Failed',
  running: 'Running',
}

const listed = (words: readonly string[]): string => {
  const shown = words.length <= 4 ? words : [...words.slice(0, 3), `${words.length - 3} more`]
  return shown.join(', ')
}

/** What texts of a filter need to know of the study. */
type FilteredStudy = Pick<StudyView, 'constraints' | 'limits' | 'objective'>

/** "mapSize: 100 to 400", "tags: odd, look again". */
export const restrictionText = (filter: TrialFilter, restriction: Restriction, study: FilteredStudy): string => {
  switch (restriction.kind) {
    case 'kinds':
      return listed((filter.kinds ?? []).map((kind) => kindWords[kind])) || 'No kind of trial'
    case 'numbers':
      return `${formatPlural(filter.numbers?.length ?? 0, 'picked trial')}`
    case 'tags':
      return `tags: ${listed(filter.tags)}`
    case 'text':
      return `text: “${filter.text.trim()}”`
    case 'pinnedOnly':
      return 'pinned'
    case 'withoutExcluded':
      return 'not excluded'
    case 'range':
    case 'categories': {
      const { field } = restriction
      const columns = tableColumns({ ...study, hyperparameters: [field], metrics: [], space: {} })
      const column = columns.find(({ key }) => key === field)
      const text = (value: number | string): string => column?.text(value) ?? String(value)
      const title = column?.title ?? field
      if (restriction.kind === 'categories') return `${title}: ${listed(filter.categories[field] ?? [])}`
      const range = filter.ranges[field]
      if (range === undefined) return title
      // A cost is stored as its negative, so that its least is the highest.
      const ends = [text(range.low), text(range.high)]
      if (field === 'objective' && isMinimised(study.objective)) ends.reverse()
      return `${title}: ${ends.join(' to ')}`
    }
  }
}

/** All of a filter in one line, for its name in a list. */
export const filterText = (filter: TrialFilter, restrictions: readonly Restriction[], study: FilteredStudy): string =>
  restrictions.map((restriction) => restrictionText(filter, restriction, study)).join('; ')
