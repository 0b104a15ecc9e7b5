import type { Command } from 'commander'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { renamed } from '../../../src-core/experiment/experimentPlan.ts'
import {
  createExperiment,
  experimentNames,
  openExperiment,
  type StoredExperiment,
} from '../../experiments/experimentFolder.ts'
import { experimentFile } from '../../experiments/experimentSources.ts'
import { readOverview } from '../../experiments/readOverview.ts'
import { systemClock } from '../../scheduler/clock.ts'
import type { StudyLibrary } from '../../studies/studyService.ts'
import { type Application, createSuggestions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { toJsonLine } from '../progress/jsonLines.ts'
import { printComparison } from '../run/printComparison.ts'
import { type ExperimentOptions, runExperiment } from '../run/runExperiment.ts'
import { experimentLine, membersTable } from '../text/experimentText.ts'
import { examples, type RunAction } from './command.ts'
import { parseName } from './run.ts'

interface Options extends ExperimentOptions {
  readonly resume?: boolean
  readonly status?: boolean
  readonly forget?: boolean
  readonly name?: string
}

export const addExperimentCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('experiment')
    .summary('one definition times variants and seeds, run as a queue')
    .description(
      'Runs an experiment: a study for each of its variants and seeds, one after the other. Ctrl-C pauses it, and --resume goes on. ' +
        'Without an argument: the experiments of the library.',
    )
    .argument(
      '[experiment]',
      'a YAML or JSON file, or the name of a preset; with an option below: the name of an experiment of the library',
    )
    .option('--resume', 'go on with an experiment that was paused or killed, or of which studies were left out')
    .option('--status', 'where it stands; nothing is run')
    .option('--forget', 'forget the experiment; its studies stay')
    .option('--remake', 'with --resume: make studies anew that were deleted')
    .option('-n, --name <name>', 'name of the experiment, instead of what the file says', parseName)
    .option('-q, --quiet', 'print only one line at the end')
    .option('--finish', 'Ctrl-C lets running trials come to their ends; otherwise they pause, to go on from there')
    .option('--hooks', 'run the programs that the definition names under `hooks`; without it they are not run')
    .option('--plain', 'print lines instead of redrawing, also in a terminal')
    .addHelpText(
      'after',
      examples([
        ['spiketune experiment optimisers-on-mnist-stdp-small', 'a preset: four optimisers, five seeds'],
        ['spiketune experiment my-experiment.yaml', 'one of your own'],
        ['spiketune experiment --resume my-experiment', 'go on with it'],
        ['spiketune experiment --status my-experiment', 'where it stands'],
      ]),
    )
    .action(
      run(async (options: Options, experiment?: string) => {
        const library = application.openLibrary(options.library ?? null)
        if (experiment === undefined) return listExperiments(library, application, options)
        if (options.status)
          return printStatus(openExperiment(library.folder, experiment), library, application, options)
        if (options.forget) {
          openExperiment(library.folder, experiment).forget()
          if (!options.json) application.terminal.print(`Forgotten: ${experiment}. Its studies stay where they are.`)
          return exitCodes.success
        }
        const stored = options.resume
          ? openExperiment(library.folder, experiment)
          : await newExperiment(experiment, library, application, options)
        return runExperiment(stored, library, application, options)
      }),
    )
}

const newExperiment = async (
  experiment: string,
  library: StudyLibrary,
  application: Application,
  options: Options,
): Promise<StoredExperiment> => {
  const { experiments } = application
  const { plan, source } = await experiments.readFile(await fileOf(experiment, library, application, options))
  const wanted = options.name === undefined ? plan : renamed(plan, options.name)
  if (experimentNames(library.folder).includes(wanted.name)) {
    throw await experimentExists(openExperiment(library.folder, wanted.name), source, library, options)
  }
  return createExperiment(library.folder, wanted, source, systemClock)
}

/** @throws {SpiketuneError} definition-not-found, which says how to go on with an experiment of that name */
const fileOf = async (
  experiment: string,
  library: StudyLibrary,
  { experiments }: Application,
  options: Options,
): Promise<string> => {
  try {
    return await experimentFile(experiments, experiment)
  } catch (error) {
    if (!(error instanceof SpiketuneError) || !experimentNames(library.folder).includes(experiment)) throw error
    const command = createSuggestions(options).command('experiment', '--resume', experiment)
    throw new SpiketuneError(
      error.code,
      `"${experiment}" is no file and no preset, but an experiment of the library. Go on with it: ${command}`,
    )
  }
}

/** Nothing starts a second time without a word. */
const experimentExists = async (
  stored: StoredExperiment,
  source: string,
  library: StudyLibrary,
  options: Options,
): Promise<SpiketuneError> => {
  const { command } = createSuggestions(options)
  const overview = await readOverview(stored, (study) => library.summary(study))
  const edited =
    stored.source === source
      ? []
      : ['The file is another than the one that it was started from; what was started goes on as it was.']
  return new SpiketuneError(
    'experiment-exists',
    [
      `The library has this experiment already. ${experimentLine(overview)}`,
      ...edited,
      `Go on with it: ${command('experiment', '--resume', stored.name)}`,
      `Begin another one: --name <another name>; forget this one, whose studies stay: ${command('experiment', '--forget', stored.name)}`,
    ].join('\n'),
  )
}

const listExperiments = async (library: StudyLibrary, { terminal }: Application, options: Options): Promise<number> => {
  if (options.resume === true || options.status === true || options.forget === true) {
    throw new SpiketuneError('experiment-not-found', 'Say which experiment, such as --status my-experiment.')
  }
  const names = experimentNames(library.folder)
  for (const name of names) {
    try {
      const overview = await readOverview(openExperiment(library.folder, name), (study) => library.summary(study))
      terminal.print(options.json ? toJsonLine({ type: 'experiment', experiment: overview }) : experimentLine(overview))
    } catch (error) {
      // One that is damaged hides no other.
      if (!(error instanceof SpiketuneError)) throw error
      terminal.warn(`${name}: ${error.message}`)
    }
  }
  if (names.length === 0 && !options.json) {
    const command = createSuggestions(options).command('experiment', 'optimisers-on-mnist-stdp-small')
    terminal.print(`No experiment in ${library.folder} yet. Start one: ${command}`)
  }
  return exitCodes.success
}

const printStatus = async (
  stored: StoredExperiment,
  library: StudyLibrary,
  { terminal }: Application,
  options: Options,
): Promise<number> => {
  const overview = await readOverview(stored, (study) => library.summary(study))
  if (options.json) {
    terminal.print(toJsonLine({ type: 'experiment', experiment: overview }))
    return exitCodes.success
  }
  terminal.print(membersTable(overview.members, terminal.styles))
  await printComparison(overview, library, terminal)
  terminal.print(`\n${experimentLine(overview)}`)
  const isDone = overview.members.every(({ state }) => state === 'finished')
  if (!isDone && !overview.running) {
    terminal.print(`Go on: ${createSuggestions(options).command('experiment', '--resume', overview.name)}`)
  }
  return exitCodes.success
}
