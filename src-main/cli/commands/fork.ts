import type { Command } from 'commander'
import type { ForkPlan } from '../../../src-core/contracts/window/controlCalls.ts'
import { checkComparable, planFork } from '../../studies/forkPlan.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { countOf } from '../text/format.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'
import { warnOfDamage, withStudy } from './openedStudy.ts'
import { readDefinition } from './run.ts'

interface Options extends GlobalOptions {
  readonly trials: boolean
  readonly dryRun?: boolean
}

export const addForkCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('fork')
    .summary('a new study that begins with the trials of another')
    .description(
      'Creates a study from a changed definition, with the finished trials of the given study that lie in its space: other ' +
        'bounds, hyperparameters added or held, another optimiser or budget. A hyperparameter that is new has in them the ' +
        'value that it was held at. They do not count against the budget of the new study.',
    )
    .argument('<study>', 'id of a study in the library, or its folder')
    .argument('<definition>', 'a YAML or JSON file, or the name of a preset')
    .option('--no-trials', 'without the trials')
    .option('--dry-run', 'only say which trials it would have')
    .addHelpText(
      'after',
      examples([
        ['spiketune fork my-study-1 wider.yaml', 'then spiketune resume'],
        ['spiketune fork my-study-1 wider.yaml --dry-run', 'what would be copied'],
      ]),
    )
    .action(
      run(async (options: Options, id: string, file: string) => {
        const { terminal } = application
        const { definition, source } = await readDefinition(application, file)
        const library = application.openLibrary(options.library ?? null)
        return withStudy(application, options, id, async (study) => {
          await warnOfDamage(study, application, options)
          const { plan, fork } = planFork(study, definition)
          if (options.trials) checkComparable(plan)
          if (options.dryRun) {
            terminal.print(options.json ? JSON.stringify({ plan }) : labelled(planPairs(plan), terminal.styles))
            return exitCodes.success
          }
          const made = await library.create(definition, source, options.trials ? fork : null)
          await made.close()
          if (options.json) terminal.print(JSON.stringify({ study: made.id, folder: made.folder, plan }))
          else {
            const pairs: [string, string][] = [
              ['Study', made.id],
              ...(options.trials ? planPairs(plan) : []),
              ['Run it', createSuggestions(options).command('resume', made.id)],
            ]
            terminal.print(labelled(pairs, terminal.styles))
          }
          return exitCodes.success
        })
      }),
    )
}

const planPairs = ({ copied, left }: ForkPlan): [string, string][] => [
  ['Copied', countOf(copied, 'trial')],
  ...left.map(({ reason, trials }): [string, string] => ['Not copied', `${countOf(trials, 'trial')}: ${reason}`]),
]
