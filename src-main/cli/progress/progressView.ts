import type {
  ConstraintInfo,
  StudyChange,
  StudySnapshot,
  StudySummary,
  TrialRow,
} from '../../../src-core/progress/readModel.ts'

/**
 * How far a person has asked the run to end. `draining`: running trials come to their ends; `pausing`: they are written down to go on later;
 * `stopping`: they end at once.
 */
export type Interruption = 'none' | 'draining' | 'pausing' | 'stopping'

/** What every progress display is drawn from. */
export interface ProgressView {
  readonly summary: StudySummary
  readonly constraints: readonly ConstraintInfo[]
  readonly running: readonly TrialRow[]
  readonly interruption: Interruption
}

export const viewOfSnapshot = (snapshot: StudySnapshot): ProgressView => ({
  summary: snapshot.summary,
  constraints: snapshot.constraints,
  running: snapshot.trials.filter(isRunning),
  interruption: 'none',
})

/** The view after a change. */
export const applyChange = (view: ProgressView, change: StudyChange): ProgressView => {
  const changed = new Set(change.trials.map(({ number }) => number))
  const running = [...view.running.filter(({ number }) => !changed.has(number)), ...change.trials.filter(isRunning)]
  return { ...view, summary: change.summary, running: running.sort(byWorker) }
}

const isRunning = (row: TrialRow): boolean => row.state === 'running'

const byWorker = (a: TrialRow, b: TrialRow): number =>
  (a.worker ?? '').localeCompare(b.worker ?? '', 'en', { numeric: true }) || a.number - b.number
