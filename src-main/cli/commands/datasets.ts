import { resolve } from 'node:path'
import type { Command } from 'commander'
import { type DataCard, suspicionsOf } from '../../../src-core/datasets/dataCard.ts'
import { knownDataset, type KnownDataset, knownDatasets, knownTasks } from '../../../src-core/datasets/catalogue.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { datasetSchema } from '../../../src-core/study/datasetSchema.ts'
import { oneOf, probablyMeant } from '../../../src-core/study/wording.ts'
import { InspectorProcess } from '../../inspection/inspectorProcess.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { formatCount } from '../text/format.ts'
import { cardText } from '../text/dataCardText.ts'
import { examples, type RunAction } from './command.ts'

interface Places extends GlobalOptions {
  readonly folder?: string
  readonly file?: string
  readonly testFile?: string
  readonly labelColumn?: string
}

export const addDatasetsCommand = (program: Command, application: Application, run: RunAction): void => {
  const { terminal } = application
  const datasets = program
    .command('datasets')
    .summary('what can be trained on, and where to get it')
    .description('Lists the datasets that Spiketune reads, whether they are here, and where people get them.')
    .addHelpText(
      'after',
      examples([['spiketune datasets check nmnist --folder data/nmnist', 'converted and verified']]),
    )
    .action(
      run(async (options: GlobalOptions) => {
        const found = []
        for (const known of knownDatasets) found.push({ ...known, ...(await stateOf(known, application)) })
        for (const dataset of found) {
          terminal.print(options.json ? JSON.stringify(dataset) : listedText(dataset, application))
        }
        for (const task of knownTasks) {
          const about = `${terminal.styles.bold(task.name)}: ${task.title}\n  a control task, for networks of the type neuroprocessor`
          terminal.print(options.json ? JSON.stringify(task) : about)
        }
        return exitCodes.success
      }),
    )
  datasets
    .command('check')
    .argument('<name>', 'such as nmnist')
    .summary('reads a dataset as a whole')
    .description(
      'Reads every file of a dataset, verifies and converts it, says what is in it, and what of that is suspicious.',
    )
    .option('--folder <folder>', 'folder of its files')
    .option('--file <file>', 'the table or the arrays, of csv and npz')
    .option('--test-file <file>', 'table or arrays to test on')
    .option('--label-column <name>', 'of csv: the column of the class')
    .action(
      run(async (options: Places, name = '') => {
        const facts = await read(namedDataset(name), options, application, {
          isAnew: true,
          report(done, planned) {
            // Of a table, nobody knows beforehand how many there are.
            if (options.json !== true && planned > done)
              terminal.warn(`${formatCount(done)} of about ${formatCount(planned)} samples`)
          },
        })
        const suspicions = suspicionsOf(facts)
        terminal.print(
          options.json ? JSON.stringify({ ...facts, suspicions }) : cardText(facts, terminal.styles).join('\n'),
        )
        return exitCodes.success
      }),
    )
}

const namedDataset = (name: string): KnownDataset => {
  const known = knownDataset(name)
  if (known !== undefined) return known
  const names = knownDatasets.map((one) => one.name)
  const meant = probablyMeant(name, names)
  const hint = meant === null ? `There are ${oneOf(names)}.` : `Did you mean ${meant}?`
  throw new SpiketuneError('configuration-invalid', `There is no dataset ${name}. ${hint}`)
}

const read = async (
  { name, needs }: KnownDataset,
  places: Places,
  { inspectorHost }: Application,
  { isAnew, report }: { readonly isAnew: boolean; readonly report?: (done: number, planned: number) => void },
): Promise<DataCard> => {
  const { folder, file, testFile, labelColumn } = places
  if (needs !== 'nothing' && places[needs] === undefined) {
    throw new SpiketuneError('configuration-invalid', `Name the ${needs} of ${name} with --${needs}.`)
  }
  const settings = datasetSchema.parse({
    name,
    ...(folder === undefined ? {} : { folder: resolve(folder) }),
    ...(file === undefined ? {} : { file: resolve(file) }),
    ...(testFile === undefined ? {} : { testFile: resolve(testFile) }),
    ...(labelColumn === undefined ? {} : { labelColumn }),
  })
  const reader = new InspectorProcess(inspectorHost, 'dataset')
  try {
    return await reader.ask(
      'dataset',
      { settings, isAnew },
      {
        progress: (at) => {
          report?.(at.samplesDone, at.samplesPlanned)
        },
      },
    )
  } finally {
    reader.close()
  }
}

interface State {
  /** Null: a study names where it lies. */
  readonly isHere: boolean | null
  readonly facts: DataCard | null
  readonly problem: string | null
}

/** Datasets with a place of their own are verified, and read where that was not done before. */
const stateOf = async (known: KnownDataset, application: Application): Promise<State> => {
  if (known.needs !== 'nothing') return { isHere: null, facts: null, problem: null }
  try {
    const facts = await read(known, {}, application, { isAnew: false })
    return { isHere: true, facts, problem: null }
  } catch (error) {
    if (!(error instanceof SpiketuneError)) throw error
    return { isHere: false, facts: null, problem: error.message }
  }
}

const listedText = (dataset: KnownDataset & State, { terminal }: Application): string => {
  const { name, title, needs, files, from, isHere, problem } = dataset
  const { styles } = terminal
  const state =
    isHere === null
      ? `a study names its ${needs}: dataset.${needs}`
      : isHere
        ? styles.green('here, and whole')
        : `not here: ${problem ?? ''}`
  return [
    `${styles.bold(name)}  ${title}`,
    `  ${state}`,
    ...(isHere === true ? [] : [`  files: ${files}`, `  from: ${from}`]),
  ].join('\n')
}
