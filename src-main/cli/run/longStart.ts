/** What takes days is asked about first, where somebody is there to answer; scripts are never kept waiting. */
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { timeText } from '../../../src-core/study/estimateText.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import type { Estimate } from '../../../src-core/study/estimate.ts'
import { isOfDays, isSurelyShort, trialsInADay } from '../../../src-core/study/longStudy.ts'
import { estimateStudyHere } from '../../devices/estimateStudyHere.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { countOf, formatCount, numberForms } from '../text/format.ts'

interface Options extends GlobalOptions {
  readonly yes?: boolean
}

/** Whether a study is to be started: at once where it is short, or where nobody can say how long it takes. */
export const mayStart = async (
  definition: StudyDefinition,
  application: Application,
  options: Options,
): Promise<boolean> => {
  const { terminal } = application
  const isAsked = terminal.attended && options.yes !== true && options.json !== true
  if (!isAsked || isSurelyShort(definition)) return true
  terminal.print('How long it takes here is measured: networks are trained for a moment.')
  const estimate = await estimated(definition, application)
  if (estimate === null || !isOfDays(estimate)) return true
  terminal.print(questionText(estimate, createSuggestions(options).command('resume', '<study>')))
  const answer = await terminal.ask('Start it all the same? [y/N] ')
  if (/^\s*y(es)?\s*$/i.test(answer ?? '')) return true
  terminal.print(`${answer === null ? '\n' : ''}Not started; nothing was written.`)
  return false
}

/** Null: there is none, as the dataset cannot be read or no network can be trained; the study itself says why. */
const estimated = async (
  definition: StudyDefinition,
  { devices, inspectorHost, workerHost }: Application,
): Promise<Estimate | null> => {
  try {
    await devices.look(definition)
    const { estimate } = await estimateStudyHere(definition, { inspectorHost, workerHost, machine: devices.machine })
    return estimate
  } catch (error) {
    if (error instanceof SpiketuneError) return null
    throw error
  }
}

const questionText = (estimate: Estimate, resume: string): string => {
  const daily = trialsInADay(estimate)
  const fewer =
    estimate.trials === null || daily >= estimate.trials
      ? []
      : [
          `  fewer trials: about ${formatCount(daily)} of its ${formatCount(estimate.trials)} are done in a day (budget.trials)`,
        ]
  return [
    `The study takes ${timeText(estimate, numberForms)} on this machine, with ${countOf(estimate.workers, 'worker')}. ` +
      `Ctrl-C ends it at any time, and \`${resume}\` goes on.`,
    'To be done sooner:',
    ...fewer,
    '  an end after a time (budget.wallTimeMinutes), or fewer samples (dataset.trainSamples, testSamples)',
  ].join('\n')
}
