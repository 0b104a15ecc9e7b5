/** Everything a person can do by name: the command palette lists it, the menu and keys choose from it. */
import { readOnlyReason } from '../../src-core/progress/readOnly.ts'
import { availability, type Availability, runOrPause, trainingRefusal, untrainableReason } from '../trials/actions.ts'
import { withObjective } from '../../src-core/progress/objectiveText.ts'
import { reportFormats, writeLatestReport } from '../report/saveReport.ts'
import { arrangement, watchLayouts } from '../watch/arrangement.svelte.ts'
import { watchViews } from '../watch/views.ts'
import { whyNotCompared } from '../library/libraryActions.ts'
import { shortcut } from './keys.ts'
import { current } from '../state/currentBoard.svelte.ts'
import { forkNarrowed, narrowedForkRefusal } from '../state/narrowedFork.ts'
import type { Session } from '../state/session.svelte.ts'
import { studyPages } from '../study/pages.ts'

export interface Command {
  readonly id: string
  readonly title: string
  /** Heading in the palette. */
  readonly group: 'Study' | 'Trial' | 'View' | 'Application' | 'Open'
  /** As this system writes it. */
  readonly keys?: string
  readonly available: Availability
  run(): void
}

const possible: Availability = { possible: true }
const noStudy: Availability = { possible: false, reason: 'No study is open.' }
const onlyIf = (condition: boolean, reason: string): Availability =>
  condition ? possible : { possible: false, reason }

const unless = (reason: string | null): Availability => (reason === null ? possible : { possible: false, reason })

const applicationCommands = (session: Session): Command[] => [
  {
    id: 'new-study',
    title: 'New study, copy or fork…',
    group: 'Application',
    keys: shortcut('N'),
    available: possible,
    run: () => (session.dialog = 'new-study'),
  },
  {
    id: 'new-from-file',
    title: 'New study from a YAML file…',
    group: 'Application',
    keys: shortcut('O'),
    available: possible,
    run: () => void session.editFile(),
  },
  {
    id: 'import-log',
    title: 'Import an evaluation log or a network…',
    group: 'Application',
    available: possible,
    run: () => void session.importLog(),
  },
  {
    id: 'dataset-cache',
    title: 'Converted datasets on the disk…',
    group: 'Application',
    available: possible,
    run: () => (session.dialog = 'cache'),
  },
  ...(['system', 'light', 'dark'] as const).map((theme): Command => ({
    id: `theme-${theme}`,
    title: { system: 'Theme of the system', light: 'Light theme', dark: 'Dark theme' }[theme],
    group: 'Application',
    available: possible,
    run: () => void session.setTheme(theme),
  })),
  {
    id: 'library',
    title: 'Go to the library',
    group: 'View',
    keys: shortcut('L'),
    available: possible,
    run: () => {
      session.goTo('library')
    },
  },
  {
    id: 'compare-studies',
    title: 'Compare the studies chosen in the library',
    group: 'View',
    available: unless(whyNotCompared(session.library?.chosen ?? [])),
    run: () => {
      session.compareStudies((session.library?.chosen ?? []).map(({ folder }) => ({ id: folder, group: null })))
    },
  },
  {
    id: 'toggle-sidebar',
    title: 'Show or hide the list of studies',
    group: 'View',
    keys: shortcut('B'),
    available: possible,
    run: () => {
      session.toggleSidebar()
    },
  },
  {
    id: 'shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Application',
    keys: shortcut('/'),
    available: possible,
    run: () => (session.dialog = 'shortcuts'),
  },
  {
    id: 'glossary',
    title: 'Glossary: what the terms mean',
    group: 'Application',
    available: possible,
    run: () => (session.dialog = 'glossary'),
  },
  {
    id: 'tour',
    title: 'Take the tour',
    group: 'Application',
    available: possible,
    run: () => (session.dialog = 'tour'),
  },
]

const studyCommands = (session: Session): Command[] => {
  const summary = session.view?.summary ?? null
  const toggle = summary === null ? null : runOrPause(summary)
  const of = summary === null ? null : availability(summary)
  return [
    {
      id: 'run-or-pause',
      title: toggle === null ? 'Pause or resume' : `${toggle.word} the study`,
      group: 'Study',
      keys: shortcut('P'),
      available: of === null || toggle === null ? noStudy : of[toggle.action],
      run: () => toggle !== null && void session.act(toggle.action),
    },
    {
      id: 'pause-now',
      title: 'Pause the study now',
      group: 'Study',
      keys: shortcut('.'),
      available: of === null ? noStudy : of.pauseStudyNow,
      run: () => void session.act('pauseStudyNow'),
    },
    {
      id: 'leave-running',
      title: 'Leave the study to the background',
      group: 'Study',
      available: of === null ? noStudy : of.leaveStudy,
      run: () => void session.act('leaveStudy'),
    },
    {
      id: 'workers',
      title: 'Devices and workers…',
      group: 'Study',
      available: summary === null ? noStudy : unless(untrainableReason(summary)),
      run: () => (session.dialog = 'workers'),
    },
    {
      id: 'export-best',
      title: 'Export the best configuration…',
      group: 'Study',
      keys: shortcut('E'),
      available: of === null ? noStudy : of.exportBest,
      run: () => void session.act('exportBest'),
    },
    {
      id: 'check-study',
      title: 'Check whether what is stored is what was written',
      group: 'Study',
      available: of === null ? noStudy : possible,
      run: () => void session.checkStudy(),
    },
    {
      id: 'back-up',
      title: 'Back up the study…',
      group: 'Study',
      available: of === null ? noStudy : possible,
      run: () => void session.backUp(),
    },
    {
      id: 'log-book',
      title: 'Log book of the study…',
      group: 'Study',
      available: of === null ? noStudy : possible,
      run: () => (session.dialog = 'log-book'),
    },
    {
      id: 'open-folder',
      title: 'Open the folder of the study',
      group: 'Study',
      available: of === null ? noStudy : possible,
      run: () => void session.showStudyFolder(),
    },
  ]
}

const boardCommands = ({ board }: typeof current): Command[] => {
  if (board === null) return []
  const { selected } = board
  const best = board.view.summary.best?.number ?? null
  const writable = unless(readOnlyReason(board.view.summary))
  const trainable = unless(trainingRefusal(board.view.summary))
  const measured = onlyIf(best !== null, 'No trial has been measured yet.')
  const withTrial = onlyIf(selected !== null, 'No trial is selected.')
  return [
    ...studyPages.map(({ page, title }, index): Command => ({
      id: `page-${page}`,
      title: `Go to ${title}`,
      group: 'View',
      keys: shortcut(String(index + 1)),
      available: possible,
      run: () => (board.page = page),
    })),
    ...watchLayouts.map(({ id, title }): Command => ({
      id: `layout-${id}`,
      title: `Layout: ${title}`,
      group: 'View',
      available: possible,
      run: () => {
        board.page = 'watch'
        arrangement().show(id)
      },
    })),
    ...watchViews.map(({ id, title }): Command => ({
      id: `view-${id}`,
      title: `View: ${withObjective(title, board.objective)}`,
      group: 'View',
      available: possible,
      run: () => {
        board.page = 'watch'
        arrangement().showAlone(id)
      },
    })),
    {
      id: 'confirm',
      title: 'Confirm the best trials…',
      group: 'Study',
      available: trainable.possible ? measured : trainable,
      run: () => (board.page = 'decide'),
    },
    ...reportFormats.map(({ format, title }): Command => ({
      id: `report-${format}`,
      title: `Report as ${title}…`,
      group: 'Study',
      available: possible,
      run: () => void writeLatestReport(board, format),
    })),
    {
      id: 'fork-narrowed',
      title: 'Fork with the brushed bounds…',
      group: 'Study',
      available: unless(narrowedForkRefusal(board)),
      run: () => {
        forkNarrowed(board)
      },
    },
    {
      id: 'freeze',
      title: board.frozen ? 'Show the study live' : 'Freeze what is shown',
      group: 'View',
      keys: 'F',
      available: possible,
      run: () => (board.frozen = !board.frozen),
    },
    {
      id: 'clear-filter',
      title: 'Show all trials',
      group: 'View',
      available: possible,
      run: () => {
        board.showAll()
      },
    },
    {
      id: 'select-best',
      title: 'Select the best trial',
      group: 'Trial',
      keys: 'B',
      available: measured,
      run: () => {
        board.select(best)
      },
    },
    {
      id: 'inspect',
      title: selected === null ? 'Inspect the selected trial' : `Inspect trial ${selected}`,
      group: 'Trial',
      keys: shortcut('I'),
      available: board.untrainable === null ? withTrial : unless(board.untrainable),
      run: () => {
        if (selected !== null) board.inspect(selected)
      },
    },
    {
      id: 'add-trial',
      title: 'Add a trial…',
      group: 'Trial',
      available: trainable,
      run: () => (board.dialog = { kind: 'enqueue', from: null }),
    },
    {
      id: 'clone-trial',
      title: selected === null ? 'Clone the selected trial…' : `Clone trial ${selected}…`,
      group: 'Trial',
      available: selected === null ? withTrial : trainable,
      run: () => (board.dialog = { kind: 'enqueue', from: selected }),
    },
    {
      id: 'annotate-trial',
      title: 'Note and tags of the selected trial…',
      group: 'Trial',
      available: selected === null ? withTrial : writable,
      run: () => selected !== null && (board.dialog = { kind: 'annotate', numbers: [selected] }),
    },
    {
      id: 'undo-filter',
      title: 'Undo the last change of the filter',
      group: 'View',
      available: onlyIf(board.canUndoFilter, 'The filter was not changed.'),
      run: () => {
        board.undoFilter()
      },
    },
    {
      id: 'compare',
      title: 'Take the selected trial into the comparison, or out of it',
      group: 'Trial',
      keys: 'C',
      available: withTrial,
      run: () => selected !== null && board.toggleCompared(selected),
    },
  ]
}

const openCommands = (session: Session): Command[] =>
  session.summaries.map((summary) => ({
    id: `open-${summary.folder}`,
    title: summary.labels.title === '' ? summary.id : `${summary.labels.title} (${summary.id})`,
    group: 'Open',
    available: possible,
    run: () => void session.open(summary.folder),
  }))

/** All commands as they stand now. */
export const commandsOf = (session: Session): Command[] => [
  ...studyCommands(session),
  ...boardCommands(current),
  ...applicationCommands(session),
  ...openCommands(session),
]

/** Does a command, or says why not. */
export const runCommand = (session: Session, id: string): void => {
  const command = commandsOf(session).find((candidate) => candidate.id === id)
  const reason =
    command === undefined ? 'Open a study first.' : 'reason' in command.available && command.available.reason
  if (command !== undefined && reason === false) command.run()
  else if (reason !== false) {
    session.toasts.showError('Not possible now.', { code: 'not-possible', message: reason })
  }
}
