/** What can be done with the chosen studies of the library, in the order of the bar: an action more is a line here. */
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { fewestStudies, mostStudies } from '../../src-core/studyComparison/comparison.ts'
import { readOnlyReason } from '../../src-core/progress/readOnly.ts'
import type { IconName } from '../components/Icon.svelte'
import type { Library } from '../state/library.svelte.ts'
import type { Session } from '../state/session.svelte.ts'
import { copyPaths, deleteStudies, exportStudies, labelStudies, showFolder } from './manageStudies.ts'

interface LibraryAction {
  readonly id: string
  readonly title: string
  readonly icon: IconName
  readonly tooltip: string
  /** Keys that do the same in the list, as they are shown. */
  readonly keys?: string
  /** Left out of the bar where it does not apply to these studies. */
  readonly applies?: (studies: readonly StudySummary[]) => boolean
  /** Why it cannot be done with these studies, of which there is one at least; null: it can. */
  readonly refusal: (studies: readonly StudySummary[]) => string | null
  readonly run: (session: Session, studies: readonly StudySummary[], library: Library) => void
}

/** Why something that is done with one study is not done with these; null: it is one. */
const onlyOne = (studies: readonly StudySummary[]): string | null => (studies.length === 1 ? null : 'Choose one study.')

/** Why studies cannot be put side by side; null: they can. */
export const whyNotCompared = (studies: readonly StudySummary[]): string | null =>
  studies.length >= fewestStudies && studies.length <= mostStudies
    ? null
    : `Choose ${fewestStudies} to ${mostStudies} studies.`

const unlessLookedAt = (studies: readonly StudySummary[]): string | null => {
  const [first] = studies
  return studies.length === 1 && first !== undefined ? readOnlyReason(first) : null
}

const isRunning = ({ state }: StudySummary): boolean => state.kind === 'running' || state.kind === 'draining'

const undeletable = (studies: readonly StudySummary[]): string | null => {
  const runs = studies.filter((study) => isRunning(study) && !study.readOnly).length
  if (runs > 0)
    return runs === 1 ? 'One of them is running: pause it first.' : `${runs} of them are running: pause them first.`
  return unlessLookedAt(studies)
}

const isArchived = ({ labels }: StudySummary): boolean => labels.archived

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
  {
    id: 'rename',
    title: 'Rename…',
    icon: 'file',
    tooltip: 'Give the study a name of your own; its id and its folder stay',
    keys: 'F2',
    refusal: (studies) => onlyOne(studies) ?? unlessLookedAt(studies),
    run: (_, [study], library) => {
      if (study !== undefined) library.dialog = { kind: 'rename', study }
    },
  },
  {
    id: 'tag',
    title: 'Tag…',
    icon: 'pin',
    tooltip: 'Tag the studies, or take tags away',
    keys: 'T',
    refusal: unlessLookedAt,
    run: (_, studies, library) => (library.dialog = { kind: 'tag', studies }),
  },
  {
    id: 'archive',
    title: 'Archive',
    icon: 'down',
    tooltip: 'Put the studies away: the list leaves them out unless it is asked for them',
    applies: (studies) => !studies.every(isArchived),
    refusal: unlessLookedAt,
    run: (session, studies) => void labelStudies(session, studies, { archived: true }, 'Archived.'),
  },
  {
    id: 'unarchive',
    title: 'Unarchive',
    icon: 'up',
    tooltip: 'Take the studies out of the archive',
    applies: (studies) => studies.length > 0 && studies.every(isArchived),
    refusal: unlessLookedAt,
    run: (session, studies) => void labelStudies(session, studies, { archived: false }, 'Taken out of the archive.'),
  },
  {
    id: 'duplicate',
    title: 'Duplicate…',
    icon: 'copy',
    tooltip: 'Make a new study of the same definition, without its trials, not started',
    refusal: onlyOne,
    run: (_, [study], library) => {
      if (study !== undefined) library.dialog = { kind: 'duplicate', study }
    },
  },
  {
    id: 'export',
    title: 'Export best…',
    icon: 'export',
    tooltip: 'Write the best configuration of each to a folder',
    refusal: (studies) => (studies.some(({ best }) => best !== null) ? null : 'No trial has been measured yet.'),
    run: (session, studies) =>
      void exportStudies(
        session,
        studies.filter(({ best }) => best !== null),
      ),
  },
  {
    id: 'folder',
    title: 'Folder',
    icon: 'system',
    tooltip: 'Open the folder where the system shows folders',
    refusal: onlyOne,
    run: (session, [study]) => {
      if (study !== undefined) void showFolder(session, study)
    },
  },
  {
    id: 'copy-path',
    title: 'Copy path',
    icon: 'copy',
    tooltip: 'Copy the paths of the folders',
    refusal: () => null,
    run: (session, studies) => void copyPaths(session, studies),
  },
  {
    id: 'delete',
    title: 'Delete…',
    icon: 'cross',
    tooltip: 'Move the folders to the bin of the system, after a question',
    keys: 'Delete',
    refusal: undeletable,
    run: (session, studies) => void deleteStudies(session, studies),
  },
]
