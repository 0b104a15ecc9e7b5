import type { Command } from 'commander'
import type { Application, GlobalOptions } from '../application.ts'
import { examples, type RunAction } from './command.ts'

export const addWindowCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('window')
    .summary('open the window')
    .description(
      'Opens the window, with a study or a definition where one is named. Where it is open already, it comes to the front and shows ' +
        'that. Ends when the window is closed.',
    )
    .argument(
      '[study]',
      'id of a study in the library, its folder, or a file: a definition (YAML, JSON) or an evaluation log',
    )
    .addHelpText(
      'after',
      examples([
        ['spiketune window', 'the study that was looked at last'],
        ['spiketune window mnist-stdp-small-1', 'a study'],
        ['spiketune window my-study.yaml', 'a definition, to edit and start it'],
      ]),
    )
    .action(
      run(({ library }: GlobalOptions, study?: string) =>
        application.openWindow([
          ...(library === undefined ? [] : [`--library=${library}`]),
          ...(study === undefined ? [] : [study]),
        ]),
      ),
    )
}
