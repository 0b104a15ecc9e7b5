import { type Command, InvalidArgumentError } from 'commander'
import { applicable } from '../../../src-core/space/space.ts'
import type { Configuration, SearchSpace } from '../../../src-core/space/parameter.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { OpenStudy } from '../../studies/studyService.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'
import { parseTrials, withStudy } from './openedStudy.ts'

interface Options extends GlobalOptions {
  readonly like?: string
  readonly seed?: number
}

export const addEnqueueCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('enqueue')
    .summary('add a trial of your own')
    .description(
      'Adds a trial with the given hyperparameters. It begins at the next resume, before anything that the optimiser asks ' +
        'for, and does not count against the budget. The optimiser learns from it as from any other.',
    )
    .argument('<study>', 'id of a study in the library, or its folder')
    .argument('[values...]', 'name=value for each hyperparameter that is searched')
    .option('--like <trial>', 'take the values of this trial, but for those given')
    .option('--seed <number>', 'seed of its network (default: that of its number)', parseSeed)
    .addHelpText(
      'after',
      examples([
        ['spiketune enqueue my-study-1 mapSize=400 weightNorm=78.4', 'all values'],
        ['spiketune enqueue my-study-1 --like 7 mapSize=800', 'trial 7, larger'],
        ['spiketune enqueue my-study-1 --like 7 --seed 2', 'trial 7 again'],
      ]),
    )
    .action(
      run(async (options: Options, id: string, ...words: string[]) =>
        withStudy(application, options, id, async (study) => {
          const { terminal } = application
          const configuration = configurationOf(study, words, options.like)
          const row = await study.calls.enqueueTrial({ id: study.id, configuration, seed: options.seed ?? null })
          if (options.json) terminal.print(JSON.stringify(row))
          else {
            const resume = createSuggestions(options).command('resume', study.id)
            const pairs: [string, string][] = [
              ['Trial', `${row.number}, waits`],
              ['Run it', resume],
            ]
            terminal.print(labelled(pairs, terminal.styles))
          }
          return exitCodes.success
        }),
      ),
    )
}

/** The values that are given, over those of the trial that is to be like it as far as they apply. */
const configurationOf = (study: OpenStudy, words: readonly string[], like: string | undefined): Configuration => {
  const { space } = study.definition
  const given = Object.fromEntries(words.map((word) => parseValue(space, word)))
  if (like === undefined) return given
  const [number = 0] = parseTrials(study, [like])
  const all = { ...study.record(number).row.configuration, ...given }
  const applies = applicable(space, all)
  return Object.fromEntries(Object.entries(all).filter(([name]) => applies.has(name) || Object.hasOwn(given, name)))
}

const parseValue = (space: SearchSpace, word: string): [name: string, value: number | string] => {
  const [, name = '', text = ''] = /^([^=]+)=(.*)$/s.exec(word) ?? []
  if (name === '') {
    throw new SpiketuneError('configuration-invalid', `"${word}" is no value; give each as name=value.`)
  }
  const isNumber = space[name]?.type !== 'categorical' && text.trim() !== '' && Number.isFinite(Number(text))
  return [name, isNumber ? Number(text) : text]
}

const parseSeed = (text: string): number => {
  if (!/^\d{1,10}$/.test(text) || Number(text) > 0xffffffff) {
    throw new InvalidArgumentError('Allowed: a whole number from 0 to 4294967295.')
  }
  return Number(text)
}
