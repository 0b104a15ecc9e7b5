import Table from 'cli-table3'
import type { Command } from 'commander'
import { allStudies, passes, type StudyFilter } from '../../../src-core/library/studyFilter.ts'
import { collectTag } from './manage.ts'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import type { ShownMetric } from '../../../src-core/study/studyWords.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { formatCount, formatTime } from '../text/format.ts'
import { isMinimised, objectiveNumber, objectivePhrase } from '../../../src-core/progress/objectiveText.ts'
import { stateStyle, whereText } from '../text/stateText.ts'
import type { Styles } from '../text/styledLine.ts'
import { examples, type RunAction } from './command.ts'

/** Thousands of studies come in tables of this many: nobody waits for the last to see the first. */
const linesAtOnce = 100

interface Options extends GlobalOptions {
  readonly tag?: readonly string[]
  readonly find?: string
  readonly archived?: boolean
  readonly all?: boolean
}

const filterOf = ({ tag = [], find = '', archived = false, all = false }: Options): StudyFilter => ({
  ...allStudies,
  text: find,
  tags: [...tag],
  archived: archived ? 'only' : all ? 'with' : 'without',
})

const nothingListed = (found: number, { archived = false }: Options): string =>
  archived
    ? `None of ${formatCount(found)} studies is archived.`
    : `None of ${formatCount(found)} studies is like that. Archived ones are listed with: spiketune list --all`

export const addListCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('list')
    .summary('the studies of the library')
    .description('Lists the studies of the library with their state and best value, last used first.')
    .option('--tag <tag>', 'only studies with this tag; may be repeated', collectTag)
    .option('--find <words>', 'only studies whose names, tags, note, dataset, network or optimiser have all words')
    .option('--archived', 'only studies that were archived')
    .option('--all', 'archived studies too')
    .addHelpText(
      'after',
      examples([
        ['spiketune list --json', 'one JSON object for each study'],
        ['spiketune list --tag paper', 'those with this tag'],
        ['spiketune list --archived', 'those that were archived'],
      ]),
    )
    .action(
      run(async (options: Options) => {
        const { terminal } = application
        const library = application.openLibrary(options.library ?? null)
        const errors: string[] = []
        let found = 0
        let listed = 0
        let part: StudySummary[] = []
        const printPart = (): void => {
          if (part.length > 0) terminal.print(listText(part, terminal.styles))
          part = []
        }
        const isListed = passes(filterOf(options))
        for await (const study of library.list()) {
          found++
          if (!isListed(study)) continue
          listed++
          if (options.json) {
            terminal.print(JSON.stringify(study))
            continue
          }
          part.push(study)
          if (study.state.kind === 'error') errors.push(`${study.id}: ${study.state.message}`)
          if (part.length === linesAtOnce) printPart()
        }
        if (options.json) return exitCodes.success
        printPart()
        if (errors.length > 0) terminal.print(errors.join('\n'))
        if (listed === 0 && found > 0) terminal.print(nothingListed(found, options))
        else if (listed === 0) {
          const command = createSuggestions(options).command('run', 'mnist-stdp-small')
          terminal.print(`No study in ${library.folder} yet. Start one: ${command}`)
        }
        return exitCodes.success
      }),
    )
}

/** A study of another objective than accuracy says which. */
const bestText = (metric: ShownMetric, { objective, standardError }: NonNullable<StudySummary['best']>): string =>
  (isMinimised(metric) ? objectivePhrase : objectiveNumber)(metric, objective, standardError)

const listText = (studies: readonly StudySummary[], styles: Styles): string => {
  const table = new Table({
    head: ['study', 'state', 'trials', 'best', 'last used'],
    colAligns: ['left', 'left', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  })
  const areTagged = studies.some(({ labels }) => labels.tags.length > 0)
  if (areTagged) table.options.head.push('tags')
  for (const study of studies) {
    const { id, labels, state, counts, trialBudget, metric, best, updatedAtMs } = study
    const finished = formatCount(counts.complete + counts.stopped + counts.failed)
    table.push([
      labels.title === '' ? id : `${id}: ${labels.title}`,
      styles[stateStyle[state.kind]](whereText(study)),
      trialBudget === null ? finished : `${finished} of ${formatCount(trialBudget)}`,
      best === null ? '-' : bestText(metric, best) + (best.feasible ? '' : ' infeasible'),
      updatedAtMs === 0 ? '-' : formatTime(updatedAtMs),
      ...(areTagged ? [labels.tags.join(', ')] : []),
    ])
  }
  return table.toString()
}
