/** One bar for each evaluation, in the lane of its worker, from its start to its end. */
import { measuredOrNull } from '../../src-core/progress/objectiveText.ts'
import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import { kindPlace, TrialColumn } from '../charts/trialColumn.ts'
import { durationOf, shareOfConstraint } from '../trials/trialText.ts'
import type { FigureData } from '../state/figure.ts'

/** What bars are coloured by: `state`, `accuracy` (the objective), `duration`, or a constraint's name. */
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

const valueOf = (trial: TrialRow, by: TimelineColouring, constraint: ConstraintInfo | undefined): number => {
  if (by === 'accuracy') return trial.objective ?? NaN
  if (by === 'duration') return durationOf(trial) ?? NaN
  return constraint === undefined ? NaN : (shareOfConstraint(trial, constraint) ?? NaN)
}

/** As long after its start as it took: a clock that was set meanwhile makes no bar longer or shorter. */
const endOf = ({ startedAtMs, endedAtMs, durationMs }: TrialRow): number => {
  if (endedAtMs === null) return NaN
  return startedAtMs === null || durationMs === null ? endedAtMs : startedAtMs + durationMs
}

/** What bars are made from, kept from update to update; made anew for another colouring. */
export class TimelineColumns {
  /** In the order in which they were seen first. */
  readonly workers: string[] = []
  readonly numbers = new TrialColumn(({ number }) => number, true)
  readonly starts = new TrialColumn(({ startedAtMs }) => startedAtMs ?? NaN, true)
  /** NaN of running trials. */
  readonly ends = new TrialColumn(endOf, true)
  readonly kinds = new TrialColumn(kindPlace, true)
  readonly workerPlaces = new TrialColumn(({ worker }) => this.#placeOf(worker ?? ''), true)
  readonly values: TrialColumn
  /** Room for the runs of an update, which the next writes over. */
  room = { places: new Int32Array(0), starts: new Float64Array(0), ends: new Float64Array(0) }

  constructor(by: TimelineColouring, constraints: readonly ConstraintInfo[]) {
    const constraint = constraints.find(({ name }) => name === by)
    this.values = new TrialColumn((trial) => valueOf(trial, by, constraint), true)
  }

  #placeOf(worker: string): number {
    const place = this.workers.indexOf(worker)
    return place < 0 ? this.workers.push(worker) - 1 : place
  }
}

interface Runs {
  readonly count: number
  /** Places of trials by rising start. */
  readonly places: Int32Array
  readonly starts: Float64Array
  readonly ends: Float64Array
}

/** The trials that have begun, by rising start; as a rule they are in that order already. */
const runsOf = (trials: readonly TrialRow[], columns: TimelineColumns, nowMs: number): Runs => {
  const starts = columns.starts.of(trials)
  const known = columns.ends.of(trials)
  const kinds = columns.kinds.of(trials)
  if (columns.room.places.length < trials.length) {
    const size = trials.length + 1024
    columns.room = { places: new Int32Array(size), starts: new Float64Array(size), ends: new Float64Array(size) }
  }
  const { room } = columns
  let count = 0
  let sorted = true
  let last = -Infinity
  for (let at = 0; at < starts.length; at++) {
    const start = starts[at] ?? NaN
    if (Number.isNaN(start) || (kinds[at] ?? -1) < 0) continue
    if (start < last) sorted = false
    last = start
    room.places[count++] = at
  }
  const places = room.places.subarray(0, count)
  if (!sorted) places.sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0))
  const runs = { count, places, starts: room.starts.subarray(0, count), ends: room.ends.subarray(0, count) }
  for (let run = 0; run < count; run++) {
    const at = places[run] ?? 0
    const start = starts[at] ?? 0
    const end = known[at] ?? NaN
    runs.starts[run] = start
    runs.ends[run] = Math.max(start, Number.isNaN(end) ? nowMs : end)
  }
  return runs
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

const latest = (ends: Float64Array, first: number): number => {
  let last = first
  for (const end of ends) if (end > last) last = end
  return last
}

/** When nothing ran between two runs. */
const restsOf = ({ count, starts, ends }: Runs): Rest[] => {
  const rests: Rest[] = []
  let end = starts[0] ?? 0
  const total = latest(ends, end) - end
  const least = Math.max(shortestPauseMs, total * shortestPauseShare)
  for (let run = 0; run < count; run++) {
    const start = starts[run] ?? 0
    if (start - end > least) rests.push({ atMs: end, lastedMs: start - end })
    end = Math.max(end, ends[run] ?? 0)
  }
  return rests
}

const { compare: byName } = new Intl.Collator('en', { numeric: true })

/**
 * @param nowMs where the bars of running trials end
 * @param cutPauses leaves out most of the time in which nothing ran
 */
export const timelineBars = (
  trials: readonly TrialRow[],
  columns: TimelineColumns,
  { nowMs, cutPauses }: { nowMs: number; cutPauses: boolean },
): TimelineBars => {
  const runs = runsOf(trials, columns, nowMs)
  const { count, places } = runs
  const originMs = runs.starts[0] ?? 0
  const rests = restsOf(runs)
  const lastMs = latest(runs.ends, originMs)
  const restedMs = rests.reduce((sum, { lastedMs }) => sum + lastedMs, 0)
  const keptMs = Math.max(1, (lastMs - originMs - restedMs) * cutShare)
  const cut = ({ lastedMs }: Rest): number => (cutPauses ? Math.max(0, lastedMs - keptMs) : 0)

  const numbers = columns.numbers.of(trials)
  const kinds = columns.kinds.of(trials)
  const values = columns.values.of(trials)
  const workerPlaces = columns.workerPlaces.of(trials)
  const used = columns.workers.map(() => false)
  for (const at of places) used[workerPlaces[at] ?? 0] = true
  const workers = columns.workers.filter((_, place) => used[place]).sort(byName)
  const laneOfWorker = columns.workers.map((worker) => workers.indexOf(worker))
  const bars = {
    numbers: new Int32Array(count),
    lanes: new Uint16Array(count),
    kinds: new Uint8Array(count),
    values: new Float64Array(count),
    from: new Float64Array(count),
    to: new Float64Array(count),
  }
  const pauses: { fromMs: number; toMs: number; lastedMs: number }[] = []
  let next = 0
  let removedMs = 0
  let low = Infinity
  let high = -Infinity
  for (let run = 0; run < count; run++) {
    const startMs = runs.starts[run] ?? 0
    for (let rest = rests[next]; rest !== undefined && rest.atMs < startMs; rest = rests[++next]) {
      const fromMs = rest.atMs - originMs - removedMs
      removedMs += cut(rest)
      pauses.push({ fromMs, toMs: rest.atMs + rest.lastedMs - originMs - removedMs, lastedMs: rest.lastedMs })
    }
    const at = places[run] ?? 0
    const value = values[at] ?? NaN
    bars.numbers[run] = numbers[at] ?? 0
    bars.lanes[run] = laneOfWorker[workerPlaces[at] ?? 0] ?? 0
    bars.kinds[run] = kinds[at] ?? 0
    bars.values[run] = value
    if (value < low) low = value
    if (value > high) high = value
    bars.from[run] = startMs - originMs - removedMs
    bars.to[run] = (runs.ends[run] ?? 0) - originMs - removedMs
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

export const timelineData = (trials: readonly TrialRow[], metric: ShownMetric): FigureData => ({
  columns: ['trial', 'state', 'worker', 'startedAtMs', 'endedAtMs', 'durationMs', metric],
  rows: trials
    .filter(({ startedAtMs }) => startedAtMs !== null)
    .map(({ number, state, worker, startedAtMs, endedAtMs, durationMs, objective }) => [
      number,
      state,
      worker,
      startedAtMs,
      endedAtMs,
      durationMs,
      measuredOrNull(metric, objective),
    ]),
})
