import { type BrowserWindow, dialog } from 'electron'
import type { WireError } from '../../src-core/contracts/window.ts'
import type { HookAnswer } from './studyStarts.ts'
import { triedOn } from '../../src-core/tennlab/studyOfNetwork.ts'

/** Asks for a study definition; null: the person cancelled. */
export const chooseDefinitionFile = async (window: BrowserWindow): Promise<string | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'New study from a definition',
    properties: ['openFile'],
    filters: [
      { name: 'Study definition', extensions: ['yaml', 'yml', 'json'] },
      { name: 'All files', extensions: ['*'] },
    ],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks where a dataset lies: a folder, or one file; null: the person cancelled. */
export const chooseDatasetPlace = async (window: BrowserWindow, kind: 'folder' | 'file'): Promise<string | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: kind === 'folder' ? 'Folder of the dataset' : 'File of the dataset',
    buttonLabel: 'Choose',
    properties: [kind === 'folder' ? 'openDirectory' : 'openFile'],
    filters:
      kind === 'folder'
        ? []
        : [
            { name: 'Tables and arrays', extensions: ['csv', 'tsv', 'npz'] },
            { name: 'All files', extensions: ['*'] },
          ],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks for an evaluation log, or a network in TENNLab's form; null: the person cancelled. */
export const chooseLogFile = async (window: BrowserWindow): Promise<string | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import an evaluation log or a network',
    buttonLabel: 'Import',
    properties: ['openFile'],
    filters: [
      { name: 'Evaluation log, TENNLab network', extensions: ['csv', 'gz', 'json'] },
      { name: 'All files', extensions: ['*'] },
    ],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks for the folder of an existing study; null: the person cancelled. */
export const chooseStudyFolder = async (window: BrowserWindow, library: string): Promise<string | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open the folder of a study',
    defaultPath: library,
    properties: ['openDirectory'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks for the folder of a library; null: the person cancelled. */
export const chooseLibraryFolder = async (window: BrowserWindow, current: string): Promise<string | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'A folder of studies',
    buttonLabel: 'Use as Library',
    defaultPath: current,
    properties: ['openDirectory', 'createDirectory'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks where to write an export; null: the person cancelled. */
export const chooseExportFolder = async (window: BrowserWindow): Promise<string | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Export the best configuration to a folder',
    buttonLabel: 'Export',
    properties: ['openDirectory', 'createDirectory'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks where to write a file that the window made; null: the person cancelled. */
export const chooseFileToSave = async (window: BrowserWindow, name: string, kind: string): Promise<string | null> => {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save',
    defaultPath: `${name}.${kind}`,
    filters: [{ name: kind.toUpperCase(), extensions: [kind] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  return canceled || filePath === '' ? null : filePath
}

const ask = async <Answer>(
  window: BrowserWindow,
  question: { message: string; detail: string },
  answers: readonly (readonly [label: string, answer: Answer])[],
  cancel: Answer,
): Promise<Answer> => {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Spiketune',
    ...question,
    buttons: answers.map(([label]) => label),
    defaultId: 0,
    cancelId: answers.findIndex(([, answer]) => answer === cancel),
    noLink: true,
  })
  return answers[response]?.[1] ?? cancel
}

/** What a text can name and a dialog would show otherwise than it is: line ends, and marks that turn the direction of writing. */
const misleading = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const longestShown = 300

/** A path as it can be judged in a dialog. */
const shownPath = (path: string): string => {
  const shown = path.replaceAll(misleading, '\uFFFD')
  return shown.length <= longestShown ? shown : `${shown.slice(0, longestShown)}…`
}

/** Asks whether the files at these places, which a definition names, may be read. Enter says no: a page can ask at any moment. */
export const askToRead = (window: BrowserWindow, paths: readonly string[]): Promise<boolean> =>
  ask<boolean>(
    window,
    {
      message: paths.length === 1 ? 'Use this dataset?' : 'Use these files?',
      detail: `${paths.map(shownPath).join('\n')}\n\nThe definition names ${paths.length === 1 ? 'it' : 'them'}, and it was typed, not chosen. Spiketune will read what lies there.`,
    },
    [
      ['Do Not Use', false],
      ['Use', true],
    ],
    false,
  )

/** Folders that are named one by one. */
const namedAtMost = 8

/** Asks whether the folders of studies may go to the bin. Enter says no. */
export const askToDelete = (window: BrowserWindow, folders: readonly string[]): Promise<boolean> => {
  const more = folders.length - namedAtMost
  const named = folders.slice(0, namedAtMost).map(shownPath)
  return ask<boolean>(
    window,
    {
      message: folders.length === 1 ? 'Delete this study?' : `Delete ${folders.length} studies?`,
      detail:
        [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('\n') +
        '\n\nEverything in these folders goes to the bin of the system, from which it can be taken back.',
    },
    [
      ['Do Not Delete', false],
      ['Move to the Bin', true],
    ],
    false,
  )
}

/** Asks whether the accuracies of a log are per cent. */
export const askAccuracyUnit = (
  window: BrowserWindow,
  { column, highest }: { readonly column: string; readonly highest: number },
): Promise<'percent' | 'cancel'> =>
  ask<'percent' | 'cancel'>(
    window,
    {
      message: 'Are the accuracies of this log in per cent?',
      detail: `The column “${column}” goes up to ${Number(highest.toPrecision(4))}; accuracies are from 0 to 1 here. Per cent are divided by 100. If they are something else, correct the log first.`,
    },
    [
      ['Import as Per Cent', 'percent'],
      ['Cancel', 'cancel'],
    ],
    'cancel',
  )

/** Asks what a network is tried on, which its file does not say. */
export const askDataset = (window: BrowserWindow, file: string): Promise<string> =>
  ask<string>(
    window,
    {
      message: 'What is this network tried on?',
      detail: `${shownPath(file)} does not say it in a way that is known here. The values and answers of what you choose have to fit its inputs and outputs.`,
    },
    [...triedOn.map((name) => [name, name] as const), ['Cancel', 'cancel']],
    'cancel',
  )

type ClosingChoice = 'leave' | 'drain' | 'pause' | 'stay'

/** @param canLeave whether some of them can go on in the background */
export const askClosing = (
  window: BrowserWindow,
  names: readonly string[],
  canLeave: boolean,
): Promise<ClosingChoice> =>
  ask<ClosingChoice>(
    window,
    {
      message: names.length === 1 ? `The study ${names.join()} is running.` : `${names.length} studies are running.`,
      detail:
        (canLeave
          ? 'What runs can go on in the background without this window, and is found there when Spiketune is opened again. '
          : '') +
        'Trials that you pause now are written to checkpoints, and go on from there when the study is resumed. Nothing is lost in either case.',
    },
    [
      ...(canLeave ? [['Leave Running and Quit', 'leave'] as const] : []),
      ['Pause Now and Quit', 'pause'],
      ['Finish Running Trials, Then Quit', 'drain'],
      ['Cancel', 'stay'],
    ],
    'stay',
  )

/** @param waits what is waited for, a line for each study */
export const askWhileDraining = (window: BrowserWindow, waits: readonly string[]): Promise<'pause' | 'stay'> =>
  ask<'pause' | 'stay'>(
    window,
    {
      message: 'Running trials are finishing.',
      detail: [
        ...waits,
        'Spiketune quits when the last one has ended. Trials that you pause now go on from their checkpoints at the next resume.',
      ].join('\n'),
    },
    [
      ['Keep Waiting', 'stay'],
      ['Pause Now and Quit', 'pause'],
    ],
    'stay',
  )

/** Asks whether the programs that a study names may be run. Enter says no: the study may come from anyone. */
export const askToRunHooks = (
  window: BrowserWindow,
  study: string,
  hooks: readonly (readonly [name: string, command: readonly string[]])[],
): Promise<HookAnswer> =>
  ask<HookAnswer>(
    window,
    {
      message: hooks.length === 1 ? `Run the program that ${study} names?` : `Run the programs that ${study} names?`,
      detail: [
        ...hooks.map(([name, command]) => `${name}: ${command.map(shownPath).join(' ')}`),
        '',
        'Its definition has them as hooks: they are run as you, when it finds a new best trial, fails or ends. Run only what you know.',
      ].join('\n'),
    },
    [
      ['Start Without', 'without'],
      ['Run Them', 'run'],
      ['Cancel', 'cancel'],
    ],
    'cancel',
  )

/** Tells of an error that no call of the window waits for. */
export const showError = async (window: BrowserWindow | null, title: string, error: WireError): Promise<void> => {
  const options = {
    type: 'error' as const,
    title: 'Spiketune',
    message: title,
    detail: error.details === undefined ? error.message : `${error.message}\n\n${error.details}`,
    buttons: ['OK'],
    noLink: true,
  }
  await (window === null || window.isDestroyed()
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options))
}
