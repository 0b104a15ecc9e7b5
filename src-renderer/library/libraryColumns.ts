/** The columns of the library, in their order: a column more is a line here. */
import { metricName, objectiveNumber } from '../../src-core/progress/objectiveText.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { formatCount, formatDuration, notKnown } from '../trials/format.ts'
import { stateLabel } from '../trials/studyState.ts'
import { doneTrials } from '../trials/studyView.ts'

export interface LibraryColumn {
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

const progressText = (study: StudySummary): string =>
  `${formatCount(doneTrials(study))}${study.trialBudget === null ? '' : ` / ${formatCount(study.trialBudget)}`}`

const bestText = ({ best, metric }: StudySummary): string =>
  best === null
    ? notKnown
    : `${objectiveNumber(metric, best.objective, best.standardError)}${best.feasible ? '' : ' infeasible'}`

/** A date and a time of day of this machine, in an order that sorts: "2026-12-01 02:30". */
const dateText = (atMs: number): string => {
  if (atMs === 0) return notKnown
  const at = new Date(atMs)
  return `${at.toLocaleDateString('en-CA')} ${at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`
}

export const libraryColumns: readonly LibraryColumn[] = [
  {
    key: 'name',
    title: 'Name',
    tooltip: 'What the study is called',
    width: 230,
    kind: 'text',
    value: ({ id }) => id,
    text: ({ id }) => id,
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
    key: 'timeLeft',
    title: 'Time left',
    tooltip: 'Estimated; of a study that runs here',
    width: 96,
    kind: 'number',
    value: ({ timeLeftMs }) => timeLeftMs,
    text: ({ timeLeftMs }) => (timeLeftMs === null ? notKnown : `≈ ${formatDuration(timeLeftMs)}`),
  },
  {
    key: 'best',
    title: 'Best',
    tooltip: 'The best feasible trial; where none is feasible, the one of least violation',
    width: 132,
    kind: 'number',
    value: ({ best }) => best?.objective ?? null,
    text: bestText,
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
