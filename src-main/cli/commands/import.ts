import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type AccuracyUnit, accuracyUnits } from '../../../src-core/evaluationLog/logAccuracy.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { formatCount } from '../text/format.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'

interface Options extends GlobalOptions {
  readonly accuracy?: AccuracyUnit
}

export const addImportCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('import')
    .summary('a published evaluation log as a study')
    .description(
      'Reads an evaluation log as a study to look at: CSV, plain or packed by gzip, with a row for each evaluation and ' +
        'columns of hyperparameters, constraint_0 and constraint_1, stopped, objective, starts and ends. Commas, ' +
        'semicolons or tabs separate cells; decimal commas are read where they do not.',
    )
    .argument('<file>', 'the log')
    .addOption(
      new Option('--accuracy <unit>', 'what its accuracies are, where they go beyond 1').choices([...accuracyUnits]),
    )
    .addHelpText(
      'after',
      examples([['spiketune import stdp-mnist.csv.gz', 'then look at it: spiketune show stdp-mnist-1']]),
    )
    .action(
      run(async (options: Options, file: string) => {
        const { terminal } = application
        const library = application.openLibrary(options.library ?? null)
        const { study, notes } = await library.importLog(resolve(file), options.accuracy ?? null)
        try {
          const { summary } = study.snapshot()
          if (options.json) {
            terminal.print(JSON.stringify({ ...summary, notes }))
            return exitCodes.success
          }
          const { complete, stopped, failed } = summary.counts
          const suggest = createSuggestions(options)
          terminal.print(
            labelled(
              [
                ['Study', summary.id],
                [
                  'Trials',
                  `${formatCount(complete)} complete, ${formatCount(stopped)} stopped early, ${formatCount(failed)} failed`,
                ],
                ...notes.map((note, index): [string, string] => [index === 0 ? 'Note' : '', note]),
                ['Show', suggest.command('show', summary.id)],
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
