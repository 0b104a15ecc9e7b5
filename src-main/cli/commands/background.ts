import type { Command } from 'commander'
import { resumingText } from '../../../src-core/progress/resumesText.ts'
import { failedStart } from '../../background/launchBackground.ts'
import type { Application } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { toJsonLine } from '../progress/jsonLines.ts'
import { attach, checkInBackground } from '../run/attach.ts'
import { runInBackground, sayHowItStarted } from '../run/backgroundRun.ts'
import type { RunOptions } from '../run/runStudy.ts'
import { stateReason, stateText } from '../text/stateText.ts'
import { readResult } from '../text/studyResult.ts'
import { examples, type RunAction } from './command.ts'
import { openedStudy, withStudy } from './openedStudy.ts'

/** Studies that run in the background: watched, paused, and, for whoever starts them, run. */
export const addBackgroundCommands = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('attach')
    .summary('watch a study that runs in the background')
    .description('Shows a study that runs in the background, as run does, until it rests. Ctrl-C leaves it running.')
    .argument('<study>', 'id of a study in the library, or its folder')
    .option('-q, --quiet', 'print only one line at the end')
    .option('--plain', 'print lines instead of redrawing, also in a terminal')
    .addHelpText('after', examples([['spiketune attach mnist-stdp-small-1', 'as listed by spiketune list']]))
    .action(
      run(async (options: RunOptions, id: string) =>
        withStudy(application, options, id, (study) => attach(study, application, options)),
      ),
    )
  program
    .command('stop')
    .summary('pause studies that run in the background')
    .description(
      'Pauses studies that run in the background: running trials are written to checkpoints, to go on from there, and their ' +
        'processes end. Resume goes on.',
    )
    .argument('<studies...>', 'ids of studies in the library, or their folders')
    .option('--finish', 'let running trials come to their ends first')
    .addHelpText(
      'after',
      examples([
        ['spiketune stop mnist-stdp-small-1', 'at once'],
        ['spiketune stop mnist-stdp-small-1 --finish', 'when running trials have ended'],
      ]),
    )
    .action(
      run(async (options: RunOptions, ...ids: string[]) => {
        for (const id of ids) await stop(id, application, options)
        return exitCodes.success
      }),
    )
  program
    .command('run-in-background', { hidden: true })
    .argument('<folder>')
    .option('--hooks')
    .action(
      run(async (options: RunOptions, folder: string) => {
        try {
          return await runInBackground(await openedStudy(application, options, folder), application, options)
        } catch (error) {
          sayHowItStarted(failedStart(error))
          throw error
        }
      }),
    )
}

const stop = (id: string, application: Application, options: RunOptions): Promise<void> =>
  withStudy(application, options, id, async (study) => {
    checkInBackground(study, options)
    if (options.finish === true) await study.calls.pauseStudy({ id: study.id })
    else await study.calls.pauseStudyNow({ id: study.id })
    await study.settled()
    const { terminal } = application
    const { summary, resuming } = readResult(study)
    if (options.json === true) terminal.print(toJsonLine({ type: 'study', summary }))
    else {
      const rest = [stateReason(summary.state), resuming.length === 0 ? '' : resumingText(resuming)]
      const said = [`${study.id} is ${stateText(summary.state)}.`, ...rest].filter((text) => text !== '')
      terminal.print(said.join(' '))
    }
  })
