import type { OpenedStudy } from '../../src-core/contracts/window/libraryCalls.ts'
import {
  type ConstraintInfo,
  hasEnded,
  type MetricLimit,
  type StudyChange,
  type StudySummary,
  type TrialRow,
} from '../../src-core/progress/readModel.ts'
import { unpackTrials } from '../../src-core/progress/unpackTrials.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'

/** Trials by whether they have ended, each by rising number: few of them change at most updates. */
export interface TrialsByEnd {
  /** Complete, stopped or failed ones: the same array while none of them has changed. */
  readonly ended: readonly TrialRow[]
  /** Those that wait or train. */
  readonly live: readonly TrialRow[]
}

/** The study in view: its latest state, its trials by rising number. */
export interface StudyView extends TrialsByEnd {
  readonly summary: StudySummary
  /** What the study searches for; costs are minimised, and stored as their negatives. */
  readonly objective: ShownMetric
  readonly constraints: readonly ConstraintInfo[]
  readonly limits: readonly MetricLimit[]
  readonly definitionYaml: string
  readonly trials: readonly TrialRow[]
  readonly names: TrialNames
}

/** The names of hyperparameters and metrics that occur in trials. */
interface TrialNames {
  readonly hyperparameters: readonly string[]
  readonly metrics: readonly string[]
  /** Trials are several trainings each; absent: no. */
  readonly hasReplicates?: boolean
}

const byNumber = (a: TrialRow, b: TrialRow): number => a.number - b.number

/** Place of `number` among rows of rising number, or where it would go. */
const indexOf = (trials: readonly TrialRow[], number: number): number => {
  let low = 0
  let high = trials.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((trials[middle]?.number ?? Infinity) < number) low = middle + 1
    else high = middle
  }
  return low
}

export const trialByNumber = (trials: readonly TrialRow[], number: number): TrialRow | null => {
  const trial = trials[indexOf(trials, number)]
  return trial?.number === number ? trial : null
}

/** `trials` with the changed rows replaced and new ones put in their place. */
export const mergeTrials = (trials: readonly TrialRow[], changed: readonly TrialRow[]): readonly TrialRow[] => {
  if (changed.length === 0) return trials
  const merged = trials.slice()
  for (const trial of [...changed].sort(byNumber)) {
    const index = indexOf(merged, trial.number)
    // Almost always a known trial, or the next one.
    if (index === merged.length) merged.push(trial)
    else if (merged[index]?.number === trial.number) merged[index] = trial
    else merged.splice(index, 0, trial)
  }
  return merged
}

export const byEnd = (trials: readonly TrialRow[]): TrialsByEnd => ({
  ended: trials.filter(hasEnded),
  live: trials.filter((trial) => !hasEnded(trial)),
})

const mergeByEnd = ({ ended, live }: TrialsByEnd, changed: readonly TrialRow[]): TrialsByEnd => {
  const begunAnew = changed.filter((trial) => !hasEnded(trial) && trialByNumber(ended, trial.number) !== null)
  const stay =
    begunAnew.length === 0 ? ended : ended.filter(({ number }) => begunAnew.every((trial) => trial.number !== number))
  return {
    ended: mergeTrials(stay, changed.filter(hasEnded)),
    live: mergeTrials(live, changed).filter((trial) => !hasEnded(trial)),
  }
}

const isOrdered = (trials: readonly TrialRow[]): boolean =>
  trials.every((trial, index) => index === 0 || (trials[index - 1]?.number ?? 0) < trial.number)

/** The view of a study that was opened: its columns stay as they came, and its rows are places in them. */
export const viewOf = ({ trials: columns, changed, ...rest }: OpenedStudy): StudyView => {
  const unpacked = unpackTrials(columns)
  const trials = isOrdered(unpacked) ? unpacked : unpacked.sort(byNumber)
  const nameOf = ({ name }: { readonly name: string }): string => name
  const view = {
    ...rest,
    objective: rest.summary.metric,
    trials,
    ...byEnd(trials),
    names: {
      hyperparameters: columns.configuration.map(nameOf),
      metrics: columns.metrics.map(nameOf),
      hasReplicates: columns.replicates !== null,
    },
  }
  return applyChange(view, { summary: rest.summary, trials: changed })
}

/** The same object as before while there is no new name. */
const namesWith = (names: TrialNames, changed: readonly TrialRow[]): TrialNames => {
  const hyperparameters = new Set(names.hyperparameters)
  const metrics = new Set(names.metrics)
  let { hasReplicates = false } = names
  for (const trial of changed) {
    hasReplicates ||= trial.replicates !== undefined
    for (const name of Object.keys(trial.configuration)) hyperparameters.add(name)
    for (const name of Object.keys(trial.metrics)) metrics.add(name)
  }
  const isNew =
    hasReplicates !== (names.hasReplicates ?? false) ||
    hyperparameters.size > names.hyperparameters.length ||
    metrics.size > names.metrics.length
  return isNew ? { hyperparameters: [...hyperparameters], metrics: [...metrics], hasReplicates } : names
}

/** The view after a change of its study. */
export const applyChange = (view: StudyView, { summary, trials }: StudyChange): StudyView => ({
  ...view,
  summary,
  trials: mergeTrials(view.trials, trials),
  ...mergeByEnd(view, trials),
  names: namesWith(view.names, trials),
})

/** The list of studies after one of them changed; a study that was not in it comes first. */
export const mergeSummary = (summaries: readonly StudySummary[], changed: StudySummary): readonly StudySummary[] =>
  summaries.some(({ folder }) => folder === changed.folder)
    ? summaries.map((summary) => (summary.folder === changed.folder ? changed : summary))
    : [changed, ...summaries]

/** The list as it was read now, with what has not changed since the last look as it was: nothing is drawn again for it. */
export const keepUnchanged = (
  before: readonly StudySummary[],
  listed: readonly StudySummary[],
): readonly StudySummary[] => {
  const known = new Map(before.map((summary) => [summary.folder, summary]))
  const kept = listed.map((summary) => {
    const same = known.get(summary.folder)
    return same !== undefined && JSON.stringify(same) === JSON.stringify(summary) ? same : summary
  })
  return kept.length === before.length && kept.every((summary, index) => summary === before[index]) ? before : kept
}

/** Newest first. The order does not depend on what a study does, so that no entry moves while it is aimed at. */
export const newestFirst = (summaries: readonly StudySummary[]): StudySummary[] =>
  [...summaries].sort((a, b) => b.createdAtMs - a.createdAtMs || a.id.localeCompare(b.id))

/** Trials that have ended, however they did. */
export const doneTrials = ({ counts }: StudySummary): number => counts.complete + counts.stopped + counts.failed
