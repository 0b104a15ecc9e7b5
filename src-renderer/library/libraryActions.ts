/** What can be done with the chosen studies of the library, in the order of the bar: an action more is a line here. */
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { fewestStudies, mostStudies } from '../../src-core/studyComparison/comparison.ts'
import type { IconName } from '../components/Icon.svelte'
import type { Session } from '../state/session.svelte.ts'

interface LibraryAction {
  readonly id: string
  readonly title: string
  readonly icon: IconName
  readonly tooltip: string
  /** Keys that do the same in the list, as they are shown. */
  readonly keys?: string
  /** Why it cannot be done with these studies, of which there is one at least; null: it can. */
  readonly refusal: (studies: readonly StudySummary[]) => string | null
  readonly run: (session: Session, studies: readonly StudySummary[]) => void
}

/** Why something that is done with one study is not done with these; null: it is one. */
const onlyOne = (studies: readonly StudySummary[]): string | null => (studies.length === 1 ? null : 'Choose one study.')

/** Why studies cannot be put side by side; null: they can. */
export const whyNotCompared = (studies: readonly StudySummary[]): string | null =>
  studies.length >= fewestStudies && studies.length <= mostStudies
    ? null
    : `Choose ${fewestStudies} to ${mostStudies} studies.`

export const libraryActions: readonly LibraryAction[] = [
  {
    id: 'open',
    title: 'Open',
    icon: 'expand',
    tooltip: 'Show the study',
    keys: 'Enter',
    refusal: onlyOne,
    run: (session, [study]) => {
      if (study !== undefined) void session.open(study.folder)
    },
  },
  {
    id: 'compare',
    title: 'Compare',
    icon: 'columns',
    tooltip: 'Show the studies side by side',
    refusal: whyNotCompared,
    run: (session, studies) => {
      session.compareStudies(studies.map(({ folder }) => ({ id: folder, group: null })))
    },
  },
]
