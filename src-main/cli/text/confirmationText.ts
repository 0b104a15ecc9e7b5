import Table from 'cli-table3'
import { confirmedBest } from '../../../src-core/confirmation/summarise.ts'
import type { ConfirmedTrial } from '../../../src-core/confirmation/summarise.ts'
import { formatObjective, formatShare } from './format.ts'
import type { Styles } from './styledLine.ts'

const orDash = (value: number | null, format: (value: number) => string): string =>
  value === null ? '–' : format(value)

/** The trials of a confirmation, one a row, and which of them is confirmed as the best. */
export function confirmationText(trials: readonly ConfirmedTrial[], styles: Styles): string {
  const table = new Table({
    head: ['trial', 'mean', '95 % interval', 'deviation', 'feasible', 'runs'],
    style: { head: [], border: [] },
    colAligns: ['right', 'right', 'right', 'right', 'right', 'right'],
  })
  for (const { trial, mean, interval, standardDeviation, feasibleShare, accuracies, planned, failed } of trials) {
    table.push([
      String(trial),
      orDash(mean, formatObjective),
      interval === null ? '–' : `${formatObjective(interval.low)} to ${formatObjective(interval.high)}`,
      orDash(standardDeviation, formatObjective),
      orDash(feasibleShare, formatShare),
      `${accuracies.length} of ${planned}${failed === 0 ? '' : `, ${failed} failed`}`,
    ])
  }
  const best = confirmedBest(trials)
  const verdict =
    best === null || best.mean === null
      ? 'Nothing has been measured.'
      : `Confirmed best: trial ${best.trial}, accuracy ${formatObjective(best.mean)} on the test images.`
  return `${table.toString()}\n${styles.bold(verdict)}`
}
