import { shareSaved } from '../stopping/timeSaved.ts'
import { hasEnded, type StudySummary, type TrialRow } from './readModel.ts'

/** Objectives and durations of a group of measured trials. */
export interface GroupReport {
  readonly trials: number
  readonly bestObjective: number | null
  readonly medianObjective: number | null
  readonly medianDurationMs: number | null
}

/** What silence cost in a study, and what stopping silent networks early saved; pruned trials are only among the finished. */
export interface SilenceReport {
  readonly finished: number
  readonly stopped: number
  /** Stopped trials among the finished ones, 0 to 1. */
  readonly stoppedShare: number
  /** Trials by the layer that stopped them, most first. */
  readonly layers: readonly { readonly layer: string; readonly trials: number }[]
  /** Time that workers spent on finished trials, as far as it is known. */
  readonly computeMs: number
  /** Of that, on trials that were stopped, and its share. */
  readonly stoppedComputeMs: number
  readonly stoppedComputeShare: number
  /** Estimated training time that stopping saved, and its share of what the study would have taken without. */
  readonly timeSavedMs: number
  readonly timeSavedShare: number
  readonly stoppedTrials: GroupReport
  readonly completeTrials: GroupReport
}

/** Whether silence stopped a finished trial. */
export const isSilent = (row: TrialRow): boolean => hasEnded(row) && row.stop?.kind === 'silence'

/** Trials that silence stopped among the finished ones, 0 to 1, as in the report of the rows. */
export const stoppedShareOf = ({ silent, counts }: Pick<StudySummary, 'silent' | 'counts'>): number =>
  share(silent, counts.complete + counts.stopped + counts.failed)

/** The report over all finished rows; it looks at each row once. */
export const silenceReport = (rows: Iterable<TrialRow>): SilenceReport => {
  const [stopped, complete] = [emptyGroup(), emptyGroup()]
  const layers = new Map<string, number>()
  let finished = 0
  let computeMs = 0
  let timeSavedMs = 0
  for (const row of rows) {
    if (!hasEnded(row)) continue
    finished += 1
    computeMs += row.durationMs ?? 0
    const silence = row.stop?.kind === 'silence' ? row.stop : null
    if (row.state === 'complete') add(complete, row)
    if (silence === null) continue
    add(stopped, row)
    timeSavedMs += row.timeSavedMs
    layers.set(silence.layer, (layers.get(silence.layer) ?? 0) + 1)
  }
  const stoppedComputeMs = stopped.durationsMs.reduce((sum, duration) => sum + duration, 0)
  return {
    finished,
    stopped: stopped.trials,
    stoppedShare: share(stopped.trials, finished),
    layers: [...layers].map(([layer, trials]) => ({ layer, trials })).sort((a, b) => b.trials - a.trials),
    computeMs,
    stoppedComputeMs,
    stoppedComputeShare: share(stoppedComputeMs, computeMs),
    timeSavedMs,
    timeSavedShare: shareSaved(computeMs, timeSavedMs),
    stoppedTrials: groupReport(stopped),
    completeTrials: groupReport(complete),
  }
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** The numbers of a group that a median is of; of a large study the rows themselves are never held together. */
interface Group {
  trials: number
  readonly objectives: number[]
  readonly durationsMs: number[]
}

const emptyGroup = (): Group => ({ trials: 0, objectives: [], durationsMs: [] })

const add = (group: Group, { objective, durationMs }: TrialRow): void => {
  group.trials += 1
  if (objective !== null) group.objectives.push(objective)
  if (durationMs !== null) group.durationsMs.push(durationMs)
}

const groupReport = ({ trials, objectives, durationsMs }: Group): GroupReport => ({
  trials,
  bestObjective: objectives.length === 0 ? null : objectives.reduce((best, value) => Math.max(best, value)),
  medianObjective: median(objectives),
  medianDurationMs: median(durationsMs),
})

/** Mean of the two middle values where their number is even; null of nothing. */
const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2
}
