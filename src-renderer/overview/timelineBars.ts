/** One bar for each evaluation, in the lane of its worker, from its start to its end. */
import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import { kindOf, pointKinds } from '../model/placement.ts'
import type { PointKind } from '../model/placement.ts'
import { shareOfConstraint } from '../model/trialText.ts'
import type { FigureData } from '../state/figure.ts'
import { firstStart } from './historyPlot.ts'

/** What bars are coloured by: `state`, `accuracy`, `duration`, or a constraint's name. */
export type TimelineColouring = string

export interface TimelineBars {
  readonly count: number
  readonly numbers: Int32Array
  /** Places in `workers`. */
  readonly lanes: Uint16Array
  /** Milliseconds since the first start, without pauses that are left out. */
  readonly from: Float64Array
  readonly to: Float64Array
  readonly kinds: Uint8Array
  /** What they are coloured by; NaN: not known. */
  readonly values: Float64Array
  readonly workers: readonly string[]
  readonly lengthMs: number
  /** Where time in which nothing ran was left out or is shown empty. */
  readonly pauses: readonly { readonly fromMs: number; readonly toMs: number; readonly lastedMs: number }[]
  /** Lowest and highest of `values`; 0 and 1 where there are none. */
  readonly range: { readonly low: number; readonly high: number }
}

interface Run {
  readonly trial: TrialRow
  readonly kind: PointKind
  readonly fromMs: number
  readonly toMs: number
}

const valueOf = (
  { trial, fromMs, toMs }: Run,
  by: TimelineColouring,
  constraint: ConstraintInfo | undefined,
): number => {
  if (by === 'accuracy') return trial.objective ?? NaN
  if (by === 'duration') return toMs - fromMs
  return constraint === undefined ? NaN : (shareOfConstraint(trial, constraint) ?? NaN)
}

/** A time of rest shorter than this is no pause; nor one shorter than this share of the whole. */
const shortestPauseMs = 2000
const shortestPauseShare = 0.01
/** What is left of a pause that is cut out, as a share of the time in which something ran. */
const cutShare = 0.01

interface Rest {
  readonly atMs: number
  readonly lastedMs: number
}

/** When nothing ran between two runs. `runs` by rising start. */
const restsOf = (runs: readonly Run[]): Rest[] => {
  const rests: Rest[] = []
  let end = runs[0]?.fromMs ?? 0
  const total = runs.reduce((last, { toMs }) => Math.max(last, toMs), end) - end
  const least = Math.max(shortestPauseMs, total * shortestPauseShare)
  for (const { fromMs, toMs } of runs) {
    if (fromMs - end > least) rests.push({ atMs: end, lastedMs: fromMs - end })
    end = Math.max(end, toMs)
  }
  return rests
}

const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

/**
 * @param nowMs where the bars of running trials end
 * @param cutPauses leaves out most of the time in which nothing ran
 */
export const timelineBars = (
  trials: readonly TrialRow[],
  constraints: readonly ConstraintInfo[],
  by: TimelineColouring,
  { nowMs, cutPauses }: { nowMs: number; cutPauses: boolean },
): TimelineBars => {
  const runs: Run[] = []
  for (const trial of trials) {
    const kind = kindOf(trial)
    if (kind === null || trial.startedAtMs === null) continue
    runs.push({ trial, kind, fromMs: trial.startedAtMs, toMs: Math.max(trial.startedAtMs, trial.endedAtMs ?? nowMs) })
  }
  runs.sort((a, b) => a.fromMs - b.fromMs)
  const originMs = firstStart(trials) ?? 0
  const rests = restsOf(runs)
  const lastMs = runs.reduce((last, { toMs }) => Math.max(last, toMs), originMs)
  const restedMs = rests.reduce((sum, { lastedMs }) => sum + lastedMs, 0)
  const keptMs = Math.max(1, (lastMs - originMs - restedMs) * cutShare)
  const cut = ({ lastedMs }: Rest): number => (cutPauses ? Math.max(0, lastedMs - keptMs) : 0)

  const workers = [...new Set(runs.map(({ trial }) => trial.worker ?? ''))].sort(byName)
  const laneOf = new Map(workers.map((worker, lane) => [worker, lane]))
  const constraint = constraints.find(({ name }) => name === by)
  const count = runs.length
  const bars = {
    numbers: new Int32Array(count),
    lanes: new Uint16Array(count),
    from: new Float64Array(count),
    to: new Float64Array(count),
    kinds: new Uint8Array(count),
    values: new Float64Array(count),
  }
  const pauses: { fromMs: number; toMs: number; lastedMs: number }[] = []
  let next = 0
  let removedMs = 0
  let low = Infinity
  let high = -Infinity
  for (const [at, run] of runs.entries()) {
    for (let rest = rests[next]; rest !== undefined && rest.atMs < run.fromMs; rest = rests[++next]) {
      const fromMs = rest.atMs - originMs - removedMs
      removedMs += cut(rest)
      pauses.push({ fromMs, toMs: rest.atMs + rest.lastedMs - originMs - removedMs, lastedMs: rest.lastedMs })
    }
    const value = valueOf(run, by, constraint)
    if (value < low) low = value
    if (value > high) high = value
    bars.numbers[at] = run.trial.number
    bars.lanes[at] = laneOf.get(run.trial.worker ?? '') ?? 0
    bars.from[at] = run.fromMs - originMs - removedMs
    bars.to[at] = run.toMs - originMs - removedMs
    bars.kinds[at] = pointKinds.indexOf(run.kind)
    bars.values[at] = value
  }
  return {
    ...bars,
    count,
    workers,
    pauses,
    lengthMs: Math.max(1, lastMs - originMs - removedMs),
    range: low <= high ? { low, high } : { low: 0, high: 1 },
  }
}

/** Place of the bar at a time in a lane; -1: none. Bars of a lane do not overlap. */
export const barAt = (
  { count, lanes, from, to }: TimelineBars,
  lane: number,
  atMs: number,
  slackMs: number,
): number => {
  let found = -1
  let nearest = Infinity
  for (let at = 0; at < count; at++) {
    if (lanes[at] !== lane) continue
    const before = (from[at] ?? 0) - atMs
    if (before > slackMs) break
    const distance = Math.max(0, before, atMs - (to[at] ?? 0))
    if (distance <= slackMs && distance <= nearest) {
      nearest = distance
      found = at
    }
  }
  return found
}

export const timelineData = (trials: readonly TrialRow[]): FigureData => ({
  columns: ['trial', 'state', 'worker', 'startedAtMs', 'endedAtMs', 'accuracy'],
  rows: trials
    .filter(({ startedAtMs }) => startedAtMs !== null)
    .map(({ number, state, worker, startedAtMs, endedAtMs, objective }) => [
      number,
      state,
      worker,
      startedAtMs,
      endedAtMs,
      objective,
    ]),
})
