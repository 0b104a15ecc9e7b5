import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import { durationOf, shareOfConstraint } from './trialText.ts'

/** A column is a way to read one comparable value from a trial; null sorts last, whichever the direction. */
export interface TableColumn {
  readonly key: string
  readonly title: string
  readonly tooltip: string
  readonly numeric: boolean
  value(trial: TrialRow): number | string | null
}

export interface Sorting {
  readonly key: string
  readonly descending: boolean
}

export const latestFirst: Sorting = { key: 'number', descending: true }

export const tableColumns = (constraints: readonly ConstraintInfo[]): TableColumn[] => [
  { key: 'number', title: 'Trial', tooltip: 'Number in the order of asking', numeric: true, value: (t) => t.number },
  { key: 'state', title: 'State', tooltip: 'What became of the trial', numeric: false, value: (t) => t.state },
  {
    key: 'objective',
    title: 'Accuracy',
    tooltip: "Share of correct answers on the objective's images",
    numeric: true,
    value: (t) => t.objective,
  },
  ...constraints.map((constraint): TableColumn => ({
    key: constraint.name,
    title: constraint.name,
    tooltip: `Share of non-spiking samples in the ${constraint.layer} layer`,
    numeric: true,
    value: (t) => shareOfConstraint(t, constraint),
  })),
  { key: 'duration', title: 'Duration', tooltip: 'Training and testing', numeric: true, value: durationOf },
]

const compare = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))

/** The trials in the order of a column; equal ones by falling number. */
export const sortTrials = (
  trials: readonly TrialRow[],
  columns: readonly TableColumn[],
  { key, descending }: Sorting,
): TrialRow[] => {
  const column = columns.find((candidate) => candidate.key === key)
  const keyed = trials.map((trial) => ({ trial, value: column?.value(trial) ?? null }))
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) {
      if (a.value !== b.value) return a.value === null ? 1 : -1
      return b.trial.number - a.trial.number
    }
    const order = compare(a.value, b.value) * (descending ? -1 : 1)
    return order === 0 ? b.trial.number - a.trial.number : order
  })
  return keyed.map(({ trial }) => trial)
}

/** A click on a header: sorts by it, largest first; a second click turns the direction. */
export const nextSorting = (current: Sorting, key: string): Sorting =>
  current.key === key ? { key, descending: !current.descending } : { key, descending: true }

/** Which rows of a long table to draw, so that 10,000 trials cost as much as fifty. */
export const visibleRows = (
  count: number,
  { scrollTop, height, rowHeight }: { scrollTop: number; height: number; rowHeight: number },
): { first: number; last: number } => {
  const margin = 8
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - margin)
  return { first, last: Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + margin) }
}
