import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { type StudyDefinition, studyDefinitionSchema } from '../../../src-core/study/definition.ts'
import { isShippedTable, knownTask } from '../../../src-core/datasets/catalogue.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { looksLikeFile } from '../../experiments/experimentSources.ts'
import type { SourcedDefinition } from '../../studies/definitionSources.ts'
import type { DeviceWorkers } from '../../../src-core/study/workersSchema.ts'
import type { Application } from '../application.ts'
import { mayStart } from '../run/longStart.ts'
import { detach } from '../run/detach.ts'
import { type RunOptions, runStudy } from '../run/runStudy.ts'
import { exitCodes } from '../exitCodes.ts'
import { examples, type RunAction } from './command.ts'
import { isExperiment } from './experimentFile.ts'

interface Options extends RunOptions {
  readonly workers?: number
  readonly name?: string
  readonly device?: DeviceWorkers
  readonly folder?: string
  readonly yes?: boolean
  readonly detach?: boolean
}

export const addRunCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('run')
    .summary('create a study and run it')
    .description(
      'Creates a study in the library from a definition and runs it to its end. Ctrl-C pauses: running ' +
        'trials go on from there when the study is resumed. Nothing that was finished is lost.',
    )
    .argument(
      '<study>',
      'a YAML or JSON file (a study definition or an exported configuration), or the name of a preset',
    )
    .option('-w, --workers <number>', 'worker processes, instead of what the definition says', parseWorkers)
    .option(
      '-d, --device <device=workers...>',
      'workers on each device, such as cpu=2 gpu0=1; `spiketune devices` names them',
      parseDevice,
    )
    .option('-f, --folder <folder>', 'folder of the files of the dataset, instead of what the definition says')
    .option('-n, --name <name>', 'name of the study, instead of what the definition says', parseName)
    .option('-y, --yes', 'start without a question, also what takes days')
    .option('-q, --quiet', 'print only one line at the end')
    .option('--detach', 'run it in the background, and return when it runs; attach and stop find it again')
    .option('--finish', 'Ctrl-C lets running trials come to their ends; otherwise they pause, to go on from there')
    .option('--hooks', 'run the programs that the study names under `hooks`; without it they are not run')
    .option('--plain', 'print lines instead of redrawing, also in a terminal')
    .addHelpText(
      'after',
      examples([
        ['spiketune run mnist-stdp-small', 'the preset of the demo'],
        ['spiketune run nmnist-slayer-small --folder ~/nmnist', 'a preset, on your copy of its dataset'],
        ['spiketune run my-study.yaml --workers 8', 'a definition of your own'],
        ['spiketune run my-study.yaml --device gpu0=1 cpu=2', 'also on a GPU'],
        ['spiketune run mnist-stdp-small-1-trial-9.yaml', 'an export, to reproduce it'],
        ['spiketune run my-study.yaml --detach', 'in the background'],
        ['spiketune run my-study.yaml --json > run.jsonl', 'for scripts'],
      ]),
    )
    .action(
      run(async (options: Options, study: string) => {
        const { definition, source } = await readDefinition(application, study)
        const wanted = withOverrides(definition, options)
        if (!(await mayStart(wanted, application, options))) return exitCodes.notStarted
        const library = application.openLibrary(options.library ?? null)
        const opened = await library.create(wanted, source)
        return (options.detach === true ? detach : runStudy)(opened, application, options)
      }),
    )
}

/**
 * A file when there is one of that name or the name looks like one; otherwise a preset.
 * @throws {SpiketuneError} definition-not-found, definition-invalid; of an experiment it is said how that is run
 */
export const readDefinition = async (application: Application, study: string): Promise<SourcedDefinition> => {
  const { definitions } = application
  const path = resolve(study)
  try {
    return await (looksLikeFile(study) || existsSync(path) ? definitions.readFile(path) : definitions.readPreset(study))
  } catch (error) {
    if (!(await isExperiment(application, study))) throw error
    throw usage(`${study} is an experiment, which is several studies. Run it with: spiketune experiment ${study}`)
  }
}

const withOverrides = (definition: StudyDefinition, options: Options): StudyDefinition => {
  const { workers, device, name, folder } = options
  checkDevice(definition, { workers, device })
  return Object.freeze({
    ...definition,
    ...(folder === undefined ? {} : { dataset: inFolder(definition.dataset, folder) }),
    ...(device === undefined ? {} : { workers: device }),
    ...(workers === undefined ? {} : { workers }),
    ...(name === undefined ? {} : { name }),
  })
}

/** @throws {SpiketuneError} definition-invalid for a dataset that is a file */
const inFolder = (dataset: StudyDefinition['dataset'], folder: string): StudyDefinition['dataset'] => {
  if (dataset.file !== undefined) {
    throw usage(`The dataset ${dataset.name} is a file. Name it in the definition as \`dataset.file\`.`)
  }
  if (isShippedTable(dataset.name) || knownTask(dataset.name) !== undefined) {
    throw usage(`The dataset ${dataset.name} comes with Spiketune and has no folder of its own.`)
  }
  return Object.freeze({ ...dataset, folder: resolve(folder) })
}

/** @throws {SpiketuneError} definition-invalid where a study cannot run on the devices, or both options are given */
export const checkDevice = (
  { network }: StudyDefinition,
  { workers, device }: { readonly workers?: number | undefined; readonly device?: DeviceWorkers | undefined },
): void => {
  if (device === undefined) return
  if (workers !== undefined) throw usage('Give --workers or --device, not both.')
  if (namesOthers(device) && network.type !== 'layered') {
    throw usage(`Networks of the type ${network.type} train on the processor alone: --device cpu=2.`)
  }
}

const namesOthers = (device: DeviceWorkers): boolean => Object.keys(device).some((id) => id !== 'cpu')

const usage = (message: string): SpiketuneError => new SpiketuneError('definition-invalid', message)

/** Adds `gpu0=1` to what was given before. */
export const parseDevice = (text: string, before: DeviceWorkers = {}): Record<string, number> => {
  const [id = '', count = '1', ...rest] = text.split('=')
  const workers = studyDefinitionSchema.shape.workers.safeParse({ ...before, [id]: Number(count) })
  if (rest.length > 0 || !workers.success || typeof workers.data !== 'object') {
    throw new InvalidArgumentError(
      'Allowed: cpu, tensorflow or gpu0, gpu1, ..., with a number of workers, such as gpu0=1.',
    )
  }
  return { ...workers.data }
}

export const parseWorkers = (text: string): number => {
  const workers = studyDefinitionSchema.shape.workers.safeParse(Number(text))
  if (!workers.success || typeof workers.data !== 'number') throw new InvalidArgumentError('Allowed: 1 to 256.')
  return workers.data
}

export const parseName = (text: string): string => {
  const name = studyDefinitionSchema.shape.name.safeParse(text)
  if (!name.success) throw new InvalidArgumentError('Allowed: letters, digits, dot, dash, underscore; at most 64.')
  return name.data
}
