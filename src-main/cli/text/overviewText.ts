import type { Confirmation } from '../../../src-core/confirmation/confirmation.ts'
import { confirmationStanding } from '../../../src-core/confirmation/summarise.ts'
import { readOnlyReason } from '../../../src-core/progress/readOnly.ts'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import { resumingText } from '../../../src-core/progress/resumesText.ts'
import { suspicionsText } from './dataCardText.ts'
import { formatBytes, formatCount, formatDuration, formatTime } from './format.ts'
import { labelled } from './resultText.ts'
import { stateReason, stateStyle, whereText } from './stateText.ts'
import type { Styles } from './styledLine.ts'
import type { StudyResult } from './studyResult.ts'

/** What a study is and where it stands. */
export const overviewText = (
  { summary, definition, confirmation, resuming }: StudyResult,
  styles: Styles,
): string[] => {
  const { counts, state, trialBudget } = summary
  const reason = stateReason(state)
  const reasonToLookOnly = readOnlyReason(summary)
  const finished = counts.complete + counts.stopped + counts.failed
  const pairs: [string, string][] = [
    ['state', styles[stateStyle[state.kind]](whereText(summary)) + (reason === '' ? '' : `: ${reason}`)],
    [
      'trials',
      `${formatCount(finished)}${trialBudget === null ? '' : ` of ${formatCount(trialBudget)}`} finished: ` +
        `${formatCount(counts.complete)} complete, ${formatCount(counts.stopped)} stopped early, ${formatCount(counts.failed)} failed; ` +
        `${formatCount(counts.running)} running, ${formatCount(counts.waiting)} waiting` +
        (summary.excluded === 0 ? '' : `; ${formatCount(summary.excluded)} left out`),
    ],
    ...(resuming.length === 0 ? [] : [['waiting', resumingText(resuming)] as [string, string]]),
    [
      'time',
      `${formatDuration(summary.elapsedMs)}${sleptText(summary)}, created ${formatTime(summary.createdAtMs)}, last used ${formatTime(summary.updatedAtMs)}`,
    ],
    ['optimiser', definition.optimiser.type],
    ...(confirmation === null ? [] : [['confirmation', confirmationWords(confirmation)] as [string, string]]),
    ...(summary.networkBytes === 0
      ? []
      : [['networks', `${formatBytes(summary.networkBytes)} on disk`] as [string, string]]),
    ['folder', summary.folder],
  ]
  if (definition.provenance !== undefined) {
    const { study, trial, application } = definition.provenance
    pairs.push(['exported from', `trial ${trial} of ${study} (${application})`])
  }
  return [
    styles.bold(summary.id),
    ...(definition.description === undefined ? [] : [definition.description]),
    ...(reasonToLookOnly === null ? [] : [styles.yellow(reasonToLookOnly)]),
    labelled(pairs, styles),
    ...suspicionsText(summary.dataWarnings, styles),
  ]
}

const confirmationWords = (confirmation: Confirmation): string =>
  confirmationStanding(confirmation) ?? `finished: ${formatCount(confirmation.runs.length)} networks trained`

const sleptText = ({ sleptMs }: StudySummary): string =>
  sleptMs === 0 ? '' : ` (without ${formatDuration(sleptMs)} in which the machine slept)`
