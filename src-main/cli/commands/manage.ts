/** What a person says of whole studies: names, tags, notes, the archive; a copy of one, and the end of one. */
import { type Command, InvalidArgumentError } from 'commander'
import { type LabelChange, tagProblem } from '../../../src-core/library/studyLabels.ts'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import { moveToBin } from '../../files/moveToBin.ts'
import { systemClock } from '../../scheduler/clock.ts'
import type { StudyLibrary } from '../../studies/studyService.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { reportError } from '../reportError.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'
import { whenFree } from './openedStudy.ts'

export const collectTag = (tag: string, before: readonly string[] = []): readonly string[] => {
  const problem = tagProblem(tag)
  if (problem !== null) throw new InvalidArgumentError(problem)
  return [...before, tag]
}

const libraryOf = (application: Application, { library }: GlobalOptions): StudyLibrary =>
  application.openLibrary(library ?? null)

/** What people say of a study, for the terminal. */
const labelPairs = ({ id, labels: { title, tags, note, archived } }: StudySummary): [string, string][] => [
  ['Study', id],
  ...(title === '' ? [] : [['Name', title] satisfies [string, string]]),
  ...(tags.length === 0 ? [] : [['Tags', tags.join(', ')] satisfies [string, string]]),
  ...(note === '' ? [] : [['Note', note] satisfies [string, string]]),
  ...(archived ? [['Archived', 'yes'] satisfies [string, string]] : []),
]

const printLabels = (summary: StudySummary, { terminal }: Application, { json = false }: GlobalOptions): void => {
  const { id, folder, labels } = summary
  terminal.print(json ? JSON.stringify({ id, folder, labels }) : labelled(labelPairs(summary), terminal.styles))
}

/** Does something with each of the studies; one that fails is told, and hides no other. @returns the exit code of the first that failed */
const forEach = async (
  application: Application,
  options: GlobalOptions,
  ids: readonly string[],
  action: (id: string) => Promise<void>,
): Promise<number> => {
  let exitCode: number = exitCodes.success
  for (const id of ids) {
    try {
      await whenFree(application, () => action(id))
    } catch (error) {
      const failed = reportError(error, application, options)
      if (exitCode === exitCodes.success) exitCode = failed
    }
  }
  return exitCode
}

const labelEach = (
  application: Application,
  options: GlobalOptions,
  ids: readonly string[],
  change: LabelChange,
): Promise<number> =>
  forEach(application, options, ids, async (id) => {
    printLabels(await libraryOf(application, options).label(id, change), application, options)
  })

const studyArgument = 'id of a study in the library, or its folder'

const addRename = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('rename')
    .summary('what a study is called')
    .description(
      'Gives a study a name of your own. Its id and its folder stay as they are; an empty name takes it away.',
    )
    .argument('<study>', studyArgument)
    .argument('<name>', 'the name, one line')
    .addHelpText('after', examples([['spiketune rename my-study-1 "Figure 3, seed 1"', 'a name']]))
    .action(
      run(async (options: GlobalOptions, id: string, title: string) =>
        labelEach(application, options, [id], { title }),
      ),
    )
}

interface TagOptions extends GlobalOptions {
  readonly add?: readonly string[]
  readonly remove?: readonly string[]
}

const addTag = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('tag')
    .summary('tags of studies')
    .description('Tags studies, or takes tags away; without options it prints what is said of them.')
    .argument('<study...>', studyArgument)
    .option('--add <tag>', 'add a tag; may be repeated', collectTag)
    .option('--remove <tag>', 'take a tag away; may be repeated', collectTag)
    .addHelpText(
      'after',
      examples([
        ['spiketune tag my-study-1 my-study-2 --add paper', 'tag both'],
        ['spiketune tag my-study-1 --remove paper --add draft', 'another tag'],
      ]),
    )
    .action(
      run(async ({ add = [], remove = [], ...options }: TagOptions, ...ids: string[]) =>
        labelEach(application, options, ids, { addTags: [...add], removeTags: [...remove] }),
      ),
    )
}

const addNote = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('note')
    .summary('the note of a study')
    .description('Keeps a note with a study. An empty text takes it away; without a text it is printed.')
    .argument('<study>', studyArgument)
    .argument('[text]', 'the note')
    .addHelpText('after', examples([['spiketune note my-study-1 "trained without inhibition"', 'a note']]))
    .action(
      run(async (options: GlobalOptions, id: string, note?: string) =>
        labelEach(application, options, [id], note === undefined ? {} : { note }),
      ),
    )
}

const addArchive = (program: Command, application: Application, run: RunAction): void => {
  for (const archived of [true, false]) {
    const name = archived ? 'archive' : 'unarchive'
    program
      .command(name)
      .summary(archived ? 'put studies away' : 'take studies out of the archive')
      .description(
        archived
          ? 'Puts studies away: lists leave them out unless they are asked for. Nothing of them changes.'
          : 'Takes studies out of the archive.',
      )
      .argument('<study...>', studyArgument)
      .addHelpText('after', examples([[`spiketune ${name} my-study-1`, archived ? 'put it away' : 'list it again']]))
      .action(
        run(async (options: GlobalOptions, ...ids: string[]) => labelEach(application, options, ids, { archived })),
      )
  }
}

const addDuplicate = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('duplicate')
    .summary('a new study of the same definition')
    .description('Makes a new study of the definition of another one, without its trials, and does not start it.')
    .argument('<study>', studyArgument)
    .argument('<name>', 'name of the new definition: letters, digits, dots, dashes and underscores')
    .addHelpText('after', examples([['spiketune duplicate my-study-1 my-study-again', 'a copy to be started']]))
    .action(
      run(async (options: GlobalOptions, id: string, name: string) => {
        const { terminal } = application
        const study = await whenFree(application, () => libraryOf(application, options).duplicate(id, name))
        await study.close()
        if (options.json) terminal.print(JSON.stringify({ id: study.id, folder: study.folder }))
        else terminal.print(`Made ${study.id}. Start it: ${createSuggestions(options).command('resume', study.id)}`)
        return exitCodes.success
      }),
    )
}

interface DeleteOptions extends GlobalOptions {
  readonly yes?: boolean
}

const addDelete = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('delete')
    .summary('move studies to the bin')
    .description(
      'Moves the folders of studies to the bin of the system, from which they can be taken back. Without --yes it says which, and does nothing. A study that another application has open is not deleted.',
    )
    .argument('<study...>', studyArgument)
    .option('--yes', 'move them')
    .addHelpText('after', examples([['spiketune delete my-study-1 --yes', 'to the bin']]))
    .action(
      run(async (options: DeleteOptions, ...ids: string[]) => {
        const { terminal, environment } = application
        const library = libraryOf(application, options)
        const exitCode = await forEach(application, options, ids, async (id) => {
          const { id: name, folder } = await library.summary(id)
          if (options.yes !== true) {
            terminal.print(options.json ? JSON.stringify({ id: name, folder, deleted: false }) : folder)
            return
          }
          let bin = ''
          await library.remove(id, (place) => {
            bin = moveToBin(place, { environment, nowMs: systemClock.now() })
          })
          terminal.print(options.json ? JSON.stringify({ id: name, folder, deleted: true, bin }) : `Moved to ${bin}`)
        })
        if (options.yes === true || options.json === true) return exitCode
        terminal.print('Nothing was deleted. To move these folders to the bin, add --yes.')
        return exitCode === exitCodes.success ? exitCodes.usage : exitCode
      }),
    )
}

export const addManageCommands = (program: Command, application: Application, run: RunAction): void => {
  for (const add of [addRename, addTag, addNote, addArchive, addDuplicate, addDelete]) add(program, application, run)
}
