import type { Command } from 'commander'
import type { StudyCalls } from '../../../src-core/contracts/studyCalls.ts'
import type { TrialRow } from '../../../src-core/progress/readModel.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { examples, type RunAction } from './command.ts'
import { parseTrials, withStudy } from './openedStudy.ts'

interface TrialCommand {
  readonly name: string
  readonly summary: string
  readonly description: string
  readonly example: string
  readonly act: (calls: StudyCalls, trial: { readonly id: string; readonly number: number }) => Promise<TrialRow>
  /** What is said of a trial afterwards. */
  readonly done: string
}

const commands: readonly TrialCommand[] = [
  {
    name: 'exclude',
    summary: 'leave trials out',
    description:
      'Leaves finished trials out: no optimiser learns from them, they are never best, and they do not count against the ' +
      'budget, so that resume replaces them. They stay in the study, and restore puts them back.',
    example: 'leave out trials 3 and 8',
    act: (calls, trial) => calls.excludeTrial({ ...trial, excluded: true }),
    done: 'is left out',
  },
  {
    name: 'restore',
    summary: 'put trials back that were left out',
    description: 'Puts trials back that exclude left out.',
    example: 'trials 3 and 8 count again',
    act: (calls, trial) => calls.excludeTrial({ ...trial, excluded: false }),
    done: 'counts',
  },
  {
    name: 'cancel',
    summary: 'cancel trials that wait',
    description:
      'Cancels trials that wait, such as those of enqueue. One that runs is cancelled in the window that runs it.',
    example: 'cancel trials 3 and 8',
    act: (calls, trial) => calls.cancelTrial(trial),
    done: 'is cancelled',
  },
]

/** Commands that do the same to each of some trials. */
export const addTrialCommands = (program: Command, application: Application, run: RunAction): void => {
  for (const { name, summary, description, example, act, done } of commands) {
    program
      .command(name)
      .summary(summary)
      .description(description)
      .argument('<study>', 'id of a study in the library, or its folder')
      .argument('<trials...>', 'numbers of trials')
      .addHelpText('after', examples([[`spiketune ${name} mnist-stdp-small-1 3 8`, example]]))
      .action(
        run(async (options: GlobalOptions, id: string, ...words: string[]) =>
          withStudy(application, options, id, async (study) => {
            for (const number of parseTrials(study, words)) {
              const row = await act(study.calls, { id: study.id, number })
              application.terminal.print(options.json ? JSON.stringify(row) : `Trial ${number} ${done}.`)
            }
            return exitCodes.success
          }),
        ),
      )
  }
}
