import type { Command } from 'commander'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { createSuggestions, type Application } from '../application.ts'
import { runStudy, type RunOptions } from '../run/runStudy.ts'
import { examples, type RunAction } from './command.ts'

export function addResumeCommand(program: Command, application: Application, run: RunAction): void {
  program
    .command('resume')
    .summary('go on with a study')
    .description('Goes on with a study that was paused, stopped or killed. Trials that were running start first.')
    .argument('<study>', 'id of a study in the library, or its folder')
    .option('-q, --quiet', 'print only one line at the end')
    .option('--plain', 'print lines instead of redrawing, also in a terminal')
    .addHelpText(
      'after',
      examples([
        ['spiketune resume mnist-stdp-small-1', 'as listed by spiketune list'],
        ['spiketune resume ./studies/mnist-stdp-1', 'a study folder anywhere'],
      ]),
    )
    .action(
      run(async (options: RunOptions, id: string) => {
        const study = await application.openLibrary(options.library ?? null).open(id)
        if (study.readOnly) {
          await study.close()
          throw readOnly(id, options)
        }
        return runStudy(study, application, options)
      }),
    )
}

const readOnly = (id: string, options: RunOptions): SpiketuneError =>
  new SpiketuneError(
    'study-read-only',
    `Another application runs the study "${id}" already. Look at it with \`${createSuggestions(options).command('show', id)}\`, ` +
      'or end that application and resume then.',
  )
