import { Argument, type Command } from 'commander'
import type { Application } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { bashCompletion } from '../reference/bashCompletion.ts'
import { manualPage } from '../reference/manualPage.ts'
import { programWords } from '../reference/programWords.ts'
import { zshCompletion } from '../reference/zshCompletion.ts'
import { examples, type RunAction } from './command.ts'

/** What the program says of itself to shells and to `man`. */
export const addReferenceCommands = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('completion')
    .summary('print completion for a shell')
    .description(
      'Prints a script that completes commands, options, studies and presets in bash or zsh. The Debian package installs both.',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh']))
    .addHelpText(
      'after',
      examples([
        ['source <(spiketune completion bash)', 'in ~/.bashrc'],
        ['source <(spiketune completion zsh)', 'in ~/.zshrc, behind compinit'],
      ]),
    )
    .action(
      run(async (_options, shell: string) => {
        const write = shell === 'zsh' ? zshCompletion : bashCompletion
        const presets = (await application.definitions.listPresets()).map(({ name }) => name)
        application.terminal.print(write(programWords(program), presets).trimEnd())
        return exitCodes.success
      }),
    )
  program
    .command('manual')
    .summary('print the manual page')
    .description('Prints the manual page in the form that man reads.')
    .addHelpText('after', examples([['spiketune manual | man -l -', 'read it']]))
    .action(
      run(() => {
        application.terminal.print(manualPage(programWords(program), application.version).trimEnd())
        return Promise.resolve(exitCodes.success)
      }),
    )
}
