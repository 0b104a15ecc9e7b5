import { type Command, InvalidArgumentError } from 'commander'
import type { Confirmation, ConfirmationRun } from '../../../src-core/confirmation/confirmation.ts'
import { confirmedBest, confirmedValue, summariseConfirmation } from '../../../src-core/confirmation/summarise.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { bestTrials } from '../../../src-core/progress/best.ts'
import { metricName, measuredNumber } from '../../../src-core/progress/objectiveText.ts'
import { type ShownMetric, shownObjective } from '../../../src-core/study/studyWords.ts'
import type { OpenStudy } from '../../studies/studyService.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes, type HandledSignal, signalExitCodes } from '../exitCodes.ts'
import { onSignals } from '../signals.ts'
import { confirmationText } from '../text/confirmationText.ts'
import { openedStudy, warnOfDamage, whenFree } from './openedStudy.ts'
import { examples, type RunAction } from './command.ts'

interface Options extends GlobalOptions {
  readonly top: number
  readonly seeds: number
  readonly trial?: readonly number[]
}

export const addConfirmCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('confirm')
    .summary('train the best again with other seeds')
    .description(
      "Trains the best trials anew with new seeds and measures them on the dataset's own test samples, which the search " +
        'has never seen. Each run is stored; an interrupted confirmation goes on when the command is given again.',
    )
    .argument('<study>', 'id of a study in the library, or its folder')
    .option('--top <count>', 'number of best trials to confirm', parseCount, 3)
    .option('--seeds <count>', 'new seeds of each trial', parseCount, 5)
    .option('--trial <number...>', 'these trials instead', (text: string, before: readonly number[] = []) => [
      ...before,
      parseNumber(text),
    ])
    .addHelpText(
      'after',
      examples([
        ['spiketune confirm mnist-stdp-small-1', 'the three best, five seeds each'],
        ['spiketune confirm mnist-stdp-small-1 --trial 77 81 --seeds 10', 'two trials, ten seeds each'],
      ]),
    )
    .action(
      run(async (options: Options, id: string) => {
        const study = await openedStudy(application, options, id)
        try {
          await warnOfDamage(study, application, options)
          return await confirm(study, application, options)
        } finally {
          await study.close()
        }
      }),
    )
}

const confirm = async (study: OpenStudy, application: Application, options: Options): Promise<number> => {
  const { terminal } = application
  const metric = shownObjective(study.definition)
  let signal: HandledSignal | null = null
  const release = onSignals((received) => {
    signal ??= received
    // Where it has ended meanwhile, there is nothing to stop.
    study.calls.stopConfirmation({ id: study.id }).catch(() => undefined)
  })
  const unsubscribe = study.subscribeToConfirmations((confirmation) => {
    if (!options.json) report(confirmation)
  })
  let told = new Set<string>()
  const report = ({ runs }: Confirmation): void => {
    const ended = runs.filter(({ outcome }) => outcome !== null)
    for (const one of ended) {
      const key = `${one.trial} ${one.seed}`
      if (!told.has(key)) terminal.print(`[${ended.length}/${runs.length}] ${runText(one, metric)}`)
      told = told.add(key)
    }
  }
  try {
    await whenFree(application, () => begin(study, options))
    await study.settled()
    const [confirmation] = study.confirmations()
    if (confirmation === undefined) return exitCodes.failed
    const trials = summariseConfirmation(confirmation, metric)
    if (options.json) terminal.print(JSON.stringify({ type: 'confirmation', ...confirmation, trials }))
    else if (confirmation.message === null || confirmation.runs.some(({ outcome }) => outcome !== null)) {
      terminal.print(confirmationText(trials, metric, terminal.styles))
    }
    if (confirmation.message !== null) terminal.warn(confirmation.message)
    if (signal !== null) return signalExitCodes[signal]
    // What ends a confirmation before its time, other than a person, is the machine: dataset, disk, database, workers.
    if (confirmation.state === 'stopped' && confirmation.message !== null) return exitCodes.environment
    return confirmedBest(trials, metric) === null || confirmation.state !== 'finished'
      ? exitCodes.failed
      : exitCodes.success
  } finally {
    release()
    unsubscribe()
  }
}

/** Goes on with the latest confirmation where it is of the same trials and seeds, else begins a new one. */
const begin = async (study: OpenStudy, { top, seeds, trial }: Options): Promise<void> => {
  const trials = trial ?? bestTrials(study.snapshot().trials, top).map(({ number }) => number)
  if (trials.length === 0) {
    throw new SpiketuneError('confirmation-not-possible', `No trial of ${study.id} has been measured yet.`)
  }
  const [latest] = study.confirmations()
  const planned = [...new Set(trials)].flatMap((number) => Array.from({ length: seeds }, () => number)).join(' ')
  if (latest?.state === 'stopped' && latest.runs.map((run) => run.trial).join(' ') === planned) {
    await study.calls.continueConfirmation({ id: study.id, confirmation: latest.id })
  } else await study.calls.startConfirmation({ id: study.id, trials: [...trials], seeds })
}

const runText = ({ trial, outcome }: ConfirmationRun, metric: ShownMetric): string => {
  if (outcome?.kind !== 'measured') return `trial ${trial} failed: ${outcome?.failure.message ?? ''}`
  const held = outcome.constraints.every(({ value }) => value <= 0)
  const value = confirmedValue(outcome, metric)
  const found = value === null ? 'not measured' : measuredNumber(metric, value)
  return `trial ${trial}: ${metricName(metric)} ${found}${held ? '' : ', breaks a limit'}`
}

const parseNumber = (text: string): number => {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('It must be a whole number from 0.')
  return number
}

const parseCount = (text: string): number => {
  const number = parseNumber(text)
  if (number < 1 || number > 100) throw new InvalidArgumentError('It must be a whole number from 1 to 100.')
  return number
}
