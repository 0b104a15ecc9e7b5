import type { Command } from 'commander'
import type { ForkPlan } from '../../../src-core/contracts/window/controlCalls.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { type SpaceChange, spaceChanges } from '../../../src-core/study/spaceChanges.ts'
import { editableYaml } from '../../../src-core/study/yamlSource.ts'
import { checkComparable, planFork } from '../../studies/forkPlan.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { countOf } from '../text/format.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'
import { withBounds } from './forkBounds.ts'
import { warnOfDamage, withStudy } from './openedStudy.ts'
import { readDefinition } from './run.ts'

interface Options extends GlobalOptions {
  readonly trials: boolean
  readonly dryRun?: boolean
  readonly bounds?: readonly string[]
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
    .argument(
      '[definition]',
      'a YAML or JSON file, or the name of a preset; with --bounds: by default that of the study',
    )
    .option('--bounds <name=low:high...>', 'narrower bounds; choices as decoder=all,vote')
    .option('--no-trials', 'without the trials')
    .option('--dry-run', 'only say which trials it would have')
    .addHelpText(
      'after',
      examples([
        ['spiketune fork my-study-1 wider.yaml', 'then spiketune resume'],
        ['spiketune fork my-study-1 wider.yaml --dry-run', 'what would be copied'],
        ['spiketune fork my-study-1 --bounds mapSize=40:80 decoder=all,vote', 'its own space, narrower'],
      ]),
    )
    .action(
      run(async (options: Options, id: string, file?: string) => {
        const { terminal } = application
        if (file === undefined && options.bounds === undefined) {
          throw new SpiketuneError('bounds-invalid', 'Give a definition to fork with, or --bounds to narrow its own.')
        }
        const given = file === undefined ? null : await readDefinition(application, file)
        const library = application.openLibrary(options.library ?? null)
        return withStudy(application, options, id, async (study) => {
          await warnOfDamage(study, application, options)
          const whole = given ?? { definition: study.definition, source: study.snapshot().definitionYaml }
          const { definition, source } = options.bounds === undefined ? whole : withBounds(whole, options.bounds)
          const bounds = options.bounds === undefined ? [] : changesOf(whole.source, source)
          const { plan, fork } = planFork(study, definition)
          if (options.trials) checkComparable(plan)
          if (options.dryRun) {
            const all = [...boundPairs(bounds), ...planPairs(plan)]
            terminal.print(options.json ? JSON.stringify({ ...told(bounds), plan }) : labelled(all, terminal.styles))
            return exitCodes.success
          }
          const made = await library.create(definition, source, options.trials ? fork : null)
          await made.close()
          if (options.json)
            terminal.print(JSON.stringify({ study: made.id, folder: made.folder, ...told(bounds), plan }))
          else {
            const pairs: [string, string][] = [
              ['Study', made.id],
              ...boundPairs(bounds),
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

const changesOf = (before: string, after: string): readonly SpaceChange[] =>
  spaceChanges(editableYaml(before)?.toJS(), editableYaml(after)?.toJS())

const boundPairs = (bounds: readonly SpaceChange[]): [string, string][] =>
  bounds.map(({ name, before, after }) => ['Bounds', `${name}: ${before} → ${after}`])

/** Where bounds were given. */
const told = (bounds: readonly SpaceChange[]) =>
  bounds.length === 0 ? {} : { bounds: bounds.map(({ name, before, after }) => ({ name, before, after })) }

const planPairs = ({ copied, left }: ForkPlan): [string, string][] => [
  ['Copied', countOf(copied, 'trial')],
  ...left.map(({ reason, trials }): [string, string] => ['Not copied', `${countOf(trials, 'trial')}: ${reason}`]),
]
