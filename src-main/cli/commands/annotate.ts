import { type Command, InvalidArgumentError } from 'commander'
import { annotationSchema, type TrialRow } from '../../../src-core/progress/readModel.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { annotationPairs } from '../text/trialText.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'
import { parseTrials, withStudy } from './openedStudy.ts'

interface Options extends GlobalOptions {
  readonly note?: string
  readonly tag?: readonly string[]
  readonly untag?: readonly string[]
  readonly pin?: boolean
}

export const addAnnotateCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('annotate')
    .summary('note, tags and pin of a trial')
    .description(
      'Keeps a note and tags with a trial. The network of a pinned trial is kept, whatever keepNetworks says.',
    )
    .argument('<study>', 'id of a study in the library, or its folder')
    .argument('<trial>', 'number of the trial')
    .option('--note <text>', 'the note; empty: no note')
    .option('--tag <tag>', 'add a tag; may be repeated', collect)
    .option('--untag <tag>', 'take a tag away; may be repeated', collect)
    .option('--pin', 'keep its network')
    .option('--no-pin', 'keep its network only if it is one of the best')
    .addHelpText(
      'after',
      examples([
        ['spiketune annotate my-study-1 7 --note "too slow" --tag odd', 'a note'],
        ['spiketune annotate my-study-1 7 --pin', 'keep its network'],
      ]),
    )
    .action(
      run(async (options: Options, id: string, trial: string) =>
        withStudy(application, options, id, async (study) => {
          const { terminal } = application
          const [number = 0] = parseTrials(study, [trial])
          const { annotation } = study.record(number).row
          const without = new Set(options.untag)
          const tags = [...annotation.tags, ...(options.tag ?? [])].filter((tag) => !without.has(tag))
          const { note, pin: pinned } = options
          const row: TrialRow = await study.calls.annotateTrial({ id: study.id, number, note, tags, pinned })
          const pairs = annotationPairs(row)
          if (options.json) terminal.print(JSON.stringify(row))
          else terminal.print(pairs.length === 0 ? 'Nothing is said of it.' : labelled(pairs, terminal.styles))
          return exitCodes.success
        }),
      ),
    )
}

const tagSchema = annotationSchema.shape.tags.element

const collect = (tag: string, before: readonly string[] = []): readonly string[] => {
  if (!tagSchema.safeParse(tag.trim()).success) throw new InvalidArgumentError('Allowed: 1 to 64 characters.')
  return [...before, tag.trim()]
}
