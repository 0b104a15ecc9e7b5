import Table from 'cli-table3'
import { confirmedBest, type ConfirmedTrial, seedWords } from '../../../src-core/confirmation/summarise.ts'
import { metricName, measuredNumber } from '../../../src-core/progress/objectiveText.ts'
import type { ShownMetric } from '../../../src-core/study/studyWords.ts'
import { formatShare } from './format.ts'
import type { Styles } from './styledLine.ts'

const orDash = (value: number | null, format: (value: number) => string): string =>
  value === null ? '–' : format(value)

/** The trials of a confirmation, one a row, and which of them is confirmed as the best. */
export const confirmationText = (trials: readonly ConfirmedTrial[], metric: ShownMetric, styles: Styles): string => {
  const number = (value: number): string => measuredNumber(metric, value)
  const table = new Table({
    head: ['trial', 'mean', '95 % interval', 'deviation', 'feasible', 'runs'],
    style: { head: [], border: [] },
    colAligns: ['right', 'right', 'right', 'right', 'right', 'right'],
  })
  for (const { trial, mean, interval, standardDeviation, feasibleShare, values, planned, failed } of trials) {
    table.push([
      String(trial),
      orDash(mean, number),
      interval === null ? '–' : `${number(interval.low)} to ${number(interval.high)}`,
      orDash(standardDeviation, number),
      orDash(feasibleShare, formatShare),
      `${values.length} of ${planned}${failed === 0 ? '' : `, ${failed} failed`}`,
    ])
  }
  const best = confirmedBest(trials, metric)
  const verdict =
    best === null || best.mean === null
      ? 'Nothing has been measured.'
      : `Confirmed best: trial ${best.trial}, ${metricName(metric)} ${number(best.mean)} on the test samples.`
  const seeds = seedWords(trials, number)
  return [table.toString(), styles.bold(verdict), ...(seeds === '' ? [] : [seeds])].join('\n')
}
