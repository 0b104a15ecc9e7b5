import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type AccuracyUnit, accuracyUnits } from '../../../src-core/evaluationLog/logAccuracy.ts'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import { startingNetworks } from '../../../src-core/study/startingNetworks.ts'
import { neuroprocessorParts } from '../../../src-core/study/studyKinds.ts'
import { triedOn } from '../../../src-core/tennlab/studyOfNetwork.ts'
import type { ImportWords } from '../../studies/studyService.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { formatCount } from '../text/format.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'

interface Options extends GlobalOptions {
  readonly dataset?: string
  readonly accuracy?: AccuracyUnit
}

export const addImportCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('import')
    .summary('a published evaluation log, or a TENNLab network, as a study')
    .description(
      'Reads an evaluation log as a study to look at: CSV, plain or packed by gzip, with a row for each evaluation and ' +
        'columns of hyperparameters, constraint_0 and constraint_1, stopped, objective, starts and ends. Commas, ' +
        'semicolons or tabs separate cells; decimal commas are read where they do not. A network in TENNLab’s JSON becomes a ' +
        'study of one trial, which judges it as it is.',
    )
    .argument('<file>', 'the log, or the network')
    .addOption(
      new Option('--accuracy <unit>', 'what its accuracies are, where they go beyond 1').choices([...accuracyUnits]),
    )
    .option('--dataset <name>', `what a network is tried on: ${triedOn.join(', ')}, or the path of a table`)
    .addHelpText(
      'after',
      examples([
        ['spiketune import stdp-mnist.csv.gz', 'then look at it: spiketune show stdp-mnist-1'],
        ['spiketune import best.tennlab.json', 'then judge the network: spiketune resume best-1'],
        ['spiketune import xor.json --dataset iris', 'where the file does not say what it is for'],
      ]),
    )
    .action(
      run(async (options: Options, file: string) => {
        const { terminal } = application
        const library = application.openLibrary(options.library ?? null)
        const { study, notes } = await library.importLog(resolve(file), wordsOf(options))
        try {
          const { summary } = study.snapshot()
          if (options.json) {
            terminal.print(JSON.stringify({ ...summary, notes }))
            return exitCodes.success
          }
          const isLog = study.definition.log !== undefined
          const suggest = createSuggestions(options)
          terminal.print(
            labelled(
              [
                ['Study', summary.id],
                isLog ? ['Trials', countsText(summary.counts)] : ['Network', networkText(study.definition)],
                ...notes.map((note, index): [string, string] => [index === 0 ? 'Note' : '', note]),
                isLog
                  ? ['Show', suggest.command('show', summary.id)]
                  : ['Judge', suggest.command('resume', summary.id)],
                ['Window', suggest.window(summary)],
              ],
              terminal.styles,
            ),
          )
          return exitCodes.success
        } finally {
          await study.close()
        }
      }),
    )
}

const wordsOf = ({ accuracy, dataset }: Options): ImportWords => ({
  ...(accuracy === undefined ? {} : { accuracy }),
  ...(dataset === undefined ? {} : { dataset: /\.(csv|tsv|npz)$/i.test(dataset) ? resolve(dataset) : dataset }),
})

const countsText = ({ complete, stopped, failed }: StudySummary['counts']): string =>
  `${formatCount(complete)} complete, ${formatCount(stopped)} stopped early, ${formatCount(failed)} failed`

const networkText = (definition: StudyDefinition): string => {
  const [network] = startingNetworks(neuroprocessorParts(definition).training)
  const { neurons, synapses, inputs, outputs } = network ?? { neurons: [], synapses: [], inputs: [], outputs: [] }
  return `${neurons.length} neurons, ${inputs.length} of them inputs and ${outputs.length} outputs, ${synapses.length} synapses, for ${definition.dataset.name}`
}
