/** The columns of the library, in their order: a column more is a line here. */
import { titleOf } from '../../src-core/library/studyFilter.ts'
import { measuredNumber, metricName, objectiveNumber, storedObjective } from '../../src-core/progress/objectiveText.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { stoppedShareOf } from '../../src-core/progress/silenceReport.ts'
import { formatBytes, formatCount, formatDuration, formatPercent, notKnown } from '../trials/format.ts'
import { stateLabel } from '../trials/studyState.ts'
import { doneTrials } from '../trials/studyView.ts'

interface LibraryColumn {
  readonly key: string
  readonly title: string
  readonly tooltip: string
  /** CSS pixels. */
  readonly width: number
  readonly kind: 'text' | 'number'
  /** What is sorted by; null: not known, which comes last either way. */
  readonly value: (study: StudySummary) => string | number | null
  readonly text: (study: StudySummary) => string
}

const progressOf = (study: StudySummary): number | null =>
  study.trialBudget === null ? null : doneTrials(study) / Math.max(1, study.trialBudget)

export const progressText = (study: StudySummary): string =>
  `${formatCount(doneTrials(study))}${study.trialBudget === null ? '' : ` / ${formatCount(study.trialBudget)}`}`

export const bestText = ({ best, metric }: StudySummary): string =>
  best === null
    ? notKnown
    : `${objectiveNumber(metric, best.objective, best.standardError)}${best.feasible ? '' : ' infeasible'}`

export const stoppedText = (study: StudySummary): string =>
  doneTrials(study) === 0 ? notKnown : formatPercent(stoppedShareOf(study), 1)

/** A date and a time of day of this machine, in an order that sorts: "2026-12-01 02:30". */
export const dateText = (atMs: number): string => {
  if (atMs === 0) return notKnown
  const at = new Date(atMs)
  return `${at.toLocaleDateString('en-CA')} ${at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`
}

export const libraryColumns: readonly LibraryColumn[] = [
  {
    key: 'name',
    title: 'Name',
    tooltip: 'What the study is called: its id, or the name that you gave it',
    width: 210,
    kind: 'text',
    value: titleOf,
    text: titleOf,
  },
  {
    key: 'state',
    title: 'State',
    tooltip: 'Where the study stands',
    width: 124,
    kind: 'text',
    value: ({ state }) => stateLabel(state).word,
    text: ({ state }) => stateLabel(state).word,
  },
  {
    key: 'progress',
    title: 'Progress',
    tooltip: 'Trials that have ended, of those of the budget; sorted by the share of the budget',
    width: 120,
    kind: 'number',
    value: progressOf,
    text: progressText,
  },
  {
    key: 'best',
    title: 'Best',
    tooltip: 'The best feasible trial; where none is feasible, the one of least violation',
    width: 144,
    kind: 'number',
    value: ({ best }) => best?.objective ?? null,
    text: bestText,
  },
  {
    key: 'timeLeft',
    title: 'Time left',
    tooltip: 'Estimated; of a study that runs here',
    width: 96,
    kind: 'number',
    value: ({ timeLeftMs }) => timeLeftMs,
    text: ({ timeLeftMs }) => (timeLeftMs === null ? notKnown : `≈ ${formatDuration(timeLeftMs)}`),
  },
  {
    key: 'confirmed',
    title: 'Confirmed',
    tooltip: 'The confirmed best on the test samples: mean over new seeds, of the latest confirmation that finished',
    width: 92,
    kind: 'number',
    value: ({ confirmed, metric }) => (confirmed === null ? null : storedObjective(metric, confirmed.mean)),
    text: ({ confirmed, metric }) => (confirmed === null ? notKnown : measuredNumber(metric, confirmed.mean)),
  },
  {
    key: 'stopped',
    title: 'Stopped',
    tooltip: 'Finished trials that silence stopped',
    width: 76,
    kind: 'number',
    value: (study) => (doneTrials(study) === 0 ? null : stoppedShareOf(study)),
    text: stoppedText,
  },
  {
    key: 'dataset',
    title: 'Dataset',
    tooltip: 'What its networks are trained on',
    width: 92,
    kind: 'text',
    value: ({ dataset }) => dataset,
    text: ({ dataset }) => dataset,
  },
  {
    key: 'network',
    title: 'Network',
    tooltip: 'The kind of its networks',
    width: 116,
    kind: 'text',
    value: ({ network }) => network,
    text: ({ network }) => network,
  },
  {
    key: 'optimiser',
    title: 'Optimiser',
    tooltip: 'What searches',
    width: 84,
    kind: 'text',
    value: ({ optimiser }) => optimiser,
    text: ({ optimiser }) => optimiser,
  },
  {
    key: 'metric',
    title: 'Searched for',
    tooltip: 'What the study searches for',
    width: 110,
    kind: 'text',
    value: ({ metric }) => metricName(metric),
    text: ({ metric }) => metricName(metric),
  },
  {
    key: 'tags',
    title: 'Tags',
    tooltip: 'What you tagged it with',
    width: 140,
    kind: 'text',
    value: ({ labels }) => (labels.tags.length === 0 ? null : labels.tags.join(', ')),
    text: ({ labels }) => labels.tags.join(', '),
  },
  {
    key: 'note',
    title: 'Note',
    tooltip: 'What you noted of it',
    width: 170,
    kind: 'text',
    value: ({ labels }) => (labels.note === '' ? null : labels.note),
    text: ({ labels }) => labels.note.replaceAll(/\s+/g, ' '),
  },
  {
    key: 'disk',
    title: 'On disk',
    tooltip: 'Everything in its folder',
    width: 84,
    kind: 'number',
    value: ({ diskBytes }) => diskBytes,
    text: ({ diskBytes }) => formatBytes(diskBytes),
  },
  {
    key: 'created',
    title: 'Created',
    tooltip: 'When the study was made',
    width: 128,
    kind: 'number',
    value: ({ createdAtMs }) => createdAtMs,
    text: ({ createdAtMs }) => dateText(createdAtMs),
  },
  {
    key: 'used',
    title: 'Last used',
    tooltip: 'When something was stored in it last',
    width: 128,
    kind: 'number',
    value: ({ updatedAtMs }) => updatedAtMs,
    text: ({ updatedAtMs }) => dateText(updatedAtMs),
  },
]
