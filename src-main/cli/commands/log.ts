import type { Command } from 'commander'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { formatTime } from '../text/format.ts'
import { examples, type RunAction } from './command.ts'
import { whenFree } from './openedStudy.ts'

interface Options extends GlobalOptions {
  readonly add?: string
}

export const addLogCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('log')
    .summary('the log book of a study')
    .description(
      'Prints the log book of a study, oldest line first: what happened to it, and the lines that you added, which are marked by a star.',
    )
    .argument('<study>', 'id of a study in the library, or its folder')
    .option('--add <text>', 'add a line of your own')
    .addHelpText(
      'after',
      examples([
        ['spiketune log my-study-1', 'what happened'],
        ['spiketune log my-study-1 --add "new graphics card"', 'a line of your own'],
      ]),
    )
    .action(
      run(async ({ add, ...options }: Options, id: string) => {
        const { terminal } = application
        const library = application.openLibrary(options.library ?? null)
        if (add !== undefined) await whenFree(application, () => library.writeLog(id, add))
        const lines = (await whenFree(application, () => library.logBook(id))).reverse()
        for (const line of lines) {
          const mark = { own: '*', problem: '!', best: ' ', event: ' ' }[line.kind]
          terminal.print(options.json ? JSON.stringify(line) : `${formatTime(line.atMs)} ${mark} ${line.text}`)
        }
        return exitCodes.success
      }),
    )
}
