import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { isMinimised, storedObjective } from '../../../src-core/progress/objectiveText.ts'
import type { ShownMetric } from '../../../src-core/study/studyWords.ts'
import {
  commonMetric,
  fewestStudies,
  mostStudies,
  type StudyComparison,
  targetOf,
} from '../../../src-core/studyComparison/comparison.ts'
import { type CostName, costNames } from '../../../src-core/studyComparison/costs.ts'
import type { ComparedImportance } from '../../../src-core/studyComparison/comparedImportance.ts'
import { curvesColumns, curvesRows } from '../../../src-core/studyComparison/curvesTable.ts'
import { csvText } from '../../../src-core/tables/csvText.ts'
import { writeWhole } from '../../files/writeWhole.ts'
import { readImportance } from '../../studyComparison/readImportance.ts'
import { StudyComparisons } from '../../studyComparison/studyComparisons.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { comparisonJson } from '../text/comparisonJson.ts'
import { studyComparisonText } from '../text/studyComparisonText.ts'
import { examples, type RunAction } from './command.ts'

interface Options extends GlobalOptions {
  readonly target?: number
  readonly against: CostName
  readonly importance?: boolean
  readonly csv?: string
}

export const addCompareCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('compare')
    .summary('studies side by side')
    .description(
      `Compares ${fewestStudies} to ${mostStudies} studies: best feasible value against what it cost, trials to a target, stopped share, the ` +
        'optimum that each found, and in what their definitions differ. Studies that differ in their seeds alone are a group, with medians ' +
        'and quartiles. None is opened: those that run go on.',
    )
    .argument('<studies...>', 'ids of studies in the library, or their folders')
    .option(
      '--target <value>',
      'a value to come to (default: what half of the studies of every group came to)',
      parseNumber,
    )
    .addOption(
      new Option('--against <cost>', 'what the best value is looked at against').choices(costNames).default('trials'),
    )
    .option('--importance', 'model each study, which takes seconds, and show what matters in each')
    .option('--csv <file>', 'also write the curves: a row for each new best')
    .addHelpText(
      'after',
      examples([
        ['spiketune compare iris-random-1 iris-tpe-1', 'two studies'],
        ['spiketune compare iris-random-* iris-tpe-* --against worker-time', 'in the library folder: all of them'],
        ['spiketune compare iris-random-1 iris-tpe-1 --target 0.95 --json', 'as one JSON object'],
      ]),
    )
    .action(
      run(async (options: Options, ...named: string[]) => {
        const { terminal } = application
        const studies = checkedNames(named)
        const library = application.openLibrary(options.library ?? null)
        const read = (id: string) => library.read(id, false)
        const comparisons = new StudyComparisons(read, (id) => resolve(library.folder, id))
        const comparison = await comparisons.compare({ studies, groups: studies.map(() => null) })
        refuseTooFew(comparison)
        const metric = commonMetric(comparison.studies)
        const target =
          options.target === undefined ? targetOf(comparison, metric) : storedTarget(metric, options.target)
        const importance: ComparedImportance[] = []
        if (options.importance === true) {
          for (const { summary } of comparison.studies) {
            importance.push(await readImportance(read, application.diagnose, summary.folder))
          }
        }
        const shown = {
          comparison,
          metric,
          target,
          isUsualTarget: options.target === undefined,
          cost: options.against,
          importance: options.importance === true ? importance : null,
        }
        if (options.csv !== undefined) {
          await writeWhole(resolve(options.csv), csvText(curvesColumns, curvesRows(comparison)))
        }
        if (options.json) terminal.print(JSON.stringify(comparisonJson(shown)))
        else {
          const { columns, styles } = terminal
          terminal.print(studyComparisonText({ ...shown, columns, styles }).join('\n'))
          if (options.csv !== undefined) terminal.print(`\nWritten: ${resolve(options.csv)}`)
        }
        return exitCodes.success
      }),
    )
}

/** Each once. @throws SpiketuneError studies-not-comparable */
const checkedNames = (named: readonly string[]): string[] => {
  const studies = [...new Set(named)]
  if (studies.length >= fewestStudies && studies.length <= mostStudies) return studies
  throw new SpiketuneError(
    'studies-not-comparable',
    `${fewestStudies} to ${mostStudies} different studies can be compared, not ${studies.length}. List the studies with: spiketune list`,
  )
}

/** @throws SpiketuneError study-not-found */
const refuseTooFew = ({ studies, missing }: StudyComparison): void => {
  if (studies.length >= fewestStudies) return
  throw new SpiketuneError(
    'study-not-found',
    [
      'Fewer than two of these studies can be read:',
      ...missing.map(({ study, message }) => `${study}: ${message}`),
    ].join('\n'),
  )
}

/** @throws SpiketuneError configuration-invalid */
const storedTarget = (metric: ShownMetric, value: number): number => {
  if (!isMinimised(metric) && (value < 0 || value > 1)) {
    throw new SpiketuneError(
      'configuration-invalid',
      `The target is ${value}; of ${metric} it is from 0 to 1, such as 0.95.`,
    )
  }
  return storedObjective(metric, value)
}

const parseNumber = (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Allowed: a number, such as 0.95.')
  return value
}
