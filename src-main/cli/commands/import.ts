import { resolve } from 'node:path'
import type { Command } from 'commander'
import { readLogFile } from '../../imports/readLogFile.ts'
import { createSuggestions, type Application, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { formatCount } from '../text/format.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'

export function addImportCommand(program: Command, application: Application, run: RunAction): void {
  program
    .command('import')
    .summary('a published evaluation log as a study')
    .description(
      'Reads an evaluation log as a study to look at: CSV, plain or packed by gzip, with a row for each evaluation and ' +
        'columns of hyperparameters, constraint_0 and constraint_1, stopped, objective, starts and ends.',
    )
    .argument('<file>', 'the log')
    .addHelpText(
      'after',
      examples([['spiketune import stdp-mnist.csv.gz', 'then look at it: spiketune show stdp-mnist-1']]),
    )
    .action(
      run(async (options: GlobalOptions, file: string) => {
        const { terminal } = application
        const logged = await readLogFile(resolve(file))
        const study = await application.openLibrary(options.library ?? null).importLog(logged)
        try {
          const { summary } = study.snapshot()
          if (options.json) {
            terminal.print(JSON.stringify(summary))
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
