import { type Command, InvalidArgumentError } from 'commander'
import { suspicionsOf } from '../../../src-core/datasets/dataCard.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { initialDesignReport } from '../../../src-core/progress/initialDesign.ts'
import { compareWithProvenance } from '../../../src-core/progress/reproduction.ts'
import { silenceReport } from '../../../src-core/progress/silenceReport.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import { inGroups } from '../../../src-core/study/hyperparameters.ts'
import { shownHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'
import type { StudyReading } from '../../studies/studyReading.ts'
import type { OpenStudy } from '../../studies/studyService.ts'
import { silenceConstraints } from '../../studies/studyReadModel.ts'
import type { Terminal } from '../terminal.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { printJson } from '../text/jsonText.ts'
import { labelled, resultText } from '../text/resultText.ts'
import { readResult } from '../text/studyResult.ts'
import { overviewText } from '../text/overviewText.ts'
import { trialText } from '../text/trialText.ts'
import { openedStudy, readStudy, warnOfDamage } from './openedStudy.ts'
import { examples, type RunAction } from './command.ts'

interface Options extends GlobalOptions {
  readonly trials?: number
  readonly trial?: number
}

export const addShowCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('show')
    .summary('one study, or one of its trials')
    .description('Shows a study: its best trials and what silence cost and saved; or everything known of one trial.')
    .argument('<study>', 'id of a study in the library, or its folder')
    .option('--trials <number>', 'number of best trials to show', parseCount)
    .option('--trial <number>', 'show this trial alone', parseCount)
    .addHelpText(
      'after',
      examples([
        ['spiketune show mnist-stdp-small-1', 'best trials, silence, failures'],
        ['spiketune show mnist-stdp-small-1 --trials 20', 'more of the best trials'],
        ['spiketune show mnist-stdp-small-1 --trial 7', 'all about trial 7'],
        ['spiketune show mnist-stdp-small-1 --json', 'one JSON object with all trials'],
      ]),
    )
    .action(
      run(async (options: Options, id: string) => {
        if (options.json && options.trial === undefined) {
          await printStudy(await readStudy(application, options, id), application.terminal)
          return exitCodes.success
        }
        const study = await openedStudy(application, options, id)
        try {
          await warnOfDamage(study, application, options)
          if (options.trial === undefined) showStudy(study, application, options)
          else showTrial(study, options.trial, application, options)
          return exitCodes.success
        } finally {
          await study.close()
        }
      }),
    )
}

/** One object, a trial at a time: of a large study neither its trials nor their text are ever held together. */
const printStudy = async (study: StudyReading, terminal: Terminal): Promise<void> => {
  try {
    const { summary, damage, definition } = study
    const { provenance } = definition
    await printJson(terminal, {
      summary,
      damage,
      constraints: silenceConstraints(definition),
      definition,
      groups: groupsIn(definition, Object.keys(definition.space)),
      initialDesign: initialDesignReport(study.rows()),
      silence: silenceReport(study.rows()),
      reproduction: compareWithProvenance(provenance, provenance === undefined ? null : study.trial(0)),
      trials: study.rows(),
    })
  } finally {
    study.close()
  }
}

const showStudy = (study: OpenStudy, { terminal }: Application, options: Options): void => {
  const { styles, columns } = terminal
  const result = readResult(study)
  const { summary } = result
  terminal.print(
    [...overviewText(result, styles), '', ...resultText(result, { columns, styles, trials: options.trials })].join(
      '\n',
    ),
  )
  const suggest = createSuggestions(options)
  const resumable = !study.readOnly && summary.state.kind !== 'finished'
  terminal.print(
    labelled(
      [
        ['See it', suggest.window(summary)],
        ...(summary.best === null ? [] : [['Export', suggest.command('export', study.id, '--best')] as const]),
        ...(resumable ? [['Resume', suggest.command('resume', study.id)] as const] : []),
      ],
      styles,
    ),
  )
}

const showTrial = (study: OpenStudy, number: number, { terminal }: Application, options: Options): void => {
  const trial = study.trial(number)
  if (trial === null) {
    const command = createSuggestions(options).command('show', study.id)
    throw new SpiketuneError('study-not-found', `The study "${study.id}" has no trial ${number}. See \`${command}\`.`)
  }
  const intervals = 'measurement' in trial ? trial.measurement.intervals : []
  if (options.json) {
    const measured =
      'measurement' in trial
        ? { intervals, confusion: trial.measurement.confusion, datasetSha256: trial.measurement.datasetSha256 }
        : {}
    const trainings = 'measurement' in trial ? { trainings: trial.measurement.replicates } : {}
    const { row, measured: record, events } = study.record(number)
    const card = record?.dataset ?? null
    const groups = groupsIn(study.definition, Object.keys(shownHyperparameters(study.definition, trial.configuration)))
    const dataset = card === null ? {} : { dataset: { ...card, suspicions: suspicionsOf(card) } }
    terminal.print(
      JSON.stringify({ ...row, groups, explanation: trial.explanation, ...measured, ...trainings, ...dataset, events }),
    )
    return
  }
  terminal.print(trialText(trial, study.record(number), study.definition, terminal.styles).join('\n'))
}

/** Names of hyperparameters by their group. */
const groupsIn = (
  { network }: StudyDefinition,
  names: readonly string[],
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(inGroups(network, names).map(({ group, parameters }) => [group, parameters]))

const parseCount = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Allowed: a whole number from 0.')
  return Number(text)
}
