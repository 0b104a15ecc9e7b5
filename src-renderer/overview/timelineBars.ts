/** One bar for each evaluation, in the lane of its worker, from its start to its end. */
import { measuredOrNull } from '../../src-core/progress/objectiveText.ts'
import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import { keepEqual, keepLast } from '../charts/keepLast.ts'
import { kindPlace, TrialColumn } from '../charts/trialColumn.ts'
import type { TrialsByEnd } from '../trials/studyView.ts'
import { durationOf, shareOfConstraint } from '../trials/trialText.ts'
import type { FigureData } from '../state/figure.ts'

/** What bars are coloured by: `state`, `accuracy` (the objective), `duration`, or a constraint's name. */
export type TimelineColouring = string

/** Bars by rising start. */
export interface BarSet {
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
  /** Every kind that occurs. */
  readonly present: readonly number[]
}

export interface TimelineBars {
  readonly ended: BarSet
  /** Of running trials. */
  readonly live: BarSet
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

/** Trials that have begun, by rising start. */
interface Runs extends Omit<BarSet, 'lanes' | 'from' | 'to'> {
  readonly starts: Float64Array
  readonly ends: Float64Array
  /** Places of their workers. */
  readonly workers: Uint16Array
  /** When the last of them ended; -Infinity: there is none. */
  readonly lastMs: number
}

/** What the runs of trials are made from, kept from update to update. */
class RunColumns {
  readonly #numbers = new TrialColumn(({ number }) => number, true)
  readonly #starts = new TrialColumn(({ startedAtMs }) => startedAtMs ?? NaN, true)
  /** NaN of running trials. */
  readonly #ends = new TrialColumn(endOf, true)
  readonly #kinds = new TrialColumn(kindPlace, true)
  readonly #workers: TrialColumn
  readonly #values: TrialColumn

  constructor(workerOf: (trial: TrialRow) => number, valueOf: (trial: TrialRow) => number) {
    this.#workers = new TrialColumn(workerOf, true)
    this.#values = new TrialColumn(valueOf, true)
  }

  /** @param nowMs when runs end that have not ended yet */
  runs(trials: readonly TrialRow[], nowMs: number): Runs {
    const starts = this.#starts.of(trials)
    const kinds = this.#kinds.of(trials)
    const order: number[] = []
    let sorted = true
    let last = -Infinity
    for (let at = 0; at < starts.length; at++) {
      const start = starts[at] ?? NaN
      if (Number.isNaN(start) || (kinds[at] ?? -1) < 0) continue
      if (start < last) sorted = false
      last = start
      order.push(at)
    }
    // As a rule they are in that order already.
    if (!sorted) order.sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0))
    const ends = this.#ends.of(trials)
    const [numbers, workers, values] = [this.#numbers.of(trials), this.#workers.of(trials), this.#values.of(trials)]
    const count = order.length
    const runs = {
      count,
      starts: new Float64Array(count),
      ends: new Float64Array(count),
      numbers: new Int32Array(count),
      kinds: new Uint8Array(count),
      workers: new Uint16Array(count),
      values: new Float64Array(count),
    }
    let lastMs = -Infinity
    for (let run = 0; run < count; run++) {
      const at = order[run] ?? 0
      const start = starts[at] ?? 0
      const end = ends[at] ?? NaN
      runs.starts[run] = start
      const endMs = Math.max(start, Number.isNaN(end) ? nowMs : end)
      runs.ends[run] = endMs
      if (endMs > lastMs) lastMs = endMs
      runs.numbers[run] = numbers[at] ?? 0
      runs.kinds[run] = kinds[at] ?? 0
      runs.workers[run] = workers[at] ?? 0
      runs.values[run] = values[at] ?? NaN
    }
    return { ...runs, present: [...new Set(runs.kinds)], lastMs }
  }
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

/** When nothing ran between two runs of either kind. */
const restsOf = (ended: Runs, live: Runs, originMs: number, lastMs: number): Rest[] => {
  const rests: Rest[] = []
  const least = Math.max(shortestPauseMs, (lastMs - originMs) * shortestPauseShare)
  let end = originMs
  const pass = (startMs: number, endMs: number): void => {
    if (startMs - end > least) rests.push({ atMs: end, lastedMs: startMs - end })
    if (endMs > end) end = endMs
  }
  let next = 0
  for (let run = 0; run <= ended.count; run++) {
    const startMs = ended.starts[run] ?? Infinity
    for (; next < live.count && (live.starts[next] ?? 0) <= startMs; next++) {
      pass(live.starts[next] ?? 0, live.ends[next] ?? 0)
    }
    if (run < ended.count) pass(startMs, ended.ends[run] ?? 0)
  }
  return rests
}

/** A rest, and how much of it is left out. */
interface Cut extends Rest {
  readonly cutMs: number
}

/** How the runs of workers become bars. */
interface Drawing {
  /** By place of the worker. */
  readonly lanes: readonly number[]
  readonly originMs: number
  readonly cuts: readonly Cut[]
}

const barsOf = (runs: Runs, { lanes, originMs, cuts }: Drawing): BarSet => {
  const { count, starts, ends, workers, numbers, kinds, values, present } = runs
  const bars = { lanes: new Uint16Array(count), from: new Float64Array(count), to: new Float64Array(count) }
  let next = 0
  let removedMs = 0
  for (let run = 0; run < count; run++) {
    const startMs = starts[run] ?? 0
    for (let cut = cuts[next]; cut !== undefined && cut.atMs < startMs; cut = cuts[++next]) removedMs += cut.cutMs
    bars.lanes[run] = lanes[workers[run] ?? 0] ?? 0
    bars.from[run] = startMs - originMs - removedMs
    bars.to[run] = (ends[run] ?? 0) - originMs - removedMs
  }
  return { count, numbers, kinds, values, present, ...bars }
}

const usedBy = ({ workers }: Runs): ReadonlySet<number> => new Set(workers)

const rangeOf = ({ values }: Runs): { readonly low: number; readonly high: number } => {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return { low, high }
}

const { compare: byName } = new Intl.Collator('en', { numeric: true })

/** Makes the bars of a study, update by update; made anew for another colouring. */
export class TimelineMaker {
  /** In the order in which they were seen first. */
  readonly #workers: string[] = []
  readonly #live: RunColumns
  // Of trials that have ended: made anew only when some of them have changed, or their bars have moved.
  readonly #runs: (ended: readonly TrialRow[]) => Runs
  readonly #used = keepLast(usedBy)
  readonly #range = keepLast(rangeOf)
  readonly #bars = keepLast(barsOf)
  readonly #kept = keepEqual<Drawing>()

  constructor(by: TimelineColouring, constraints: readonly ConstraintInfo[]) {
    const constraint = constraints.find(({ name }) => name === by)
    const workerOf = ({ worker }: TrialRow): number => this.#placeOf(worker ?? '')
    const ownValue = (trial: TrialRow): number => valueOf(trial, by, constraint)
    this.#live = new RunColumns(workerOf, ownValue)
    const ended = new RunColumns(workerOf, ownValue)
    // One that ended without a time of its end is a bar without length.
    this.#runs = keepLast((trials) => ended.runs(trials, -Infinity))
  }

  /**
   * @param nowMs where the bars of running trials end
   * @param cutPauses leaves out most of the time in which nothing ran
   */
  bars(trials: TrialsByEnd, { nowMs, cutPauses }: { nowMs: number; cutPauses: boolean }): TimelineBars {
    const [ended, live] = [this.#runs(trials.ended), this.#live.runs(trials.live, nowMs)]
    const firstMs = Math.min(ended.starts[0] ?? Infinity, live.starts[0] ?? Infinity)
    const originMs = Number.isFinite(firstMs) ? firstMs : 0
    const lastMs = Math.max(ended.lastMs, live.lastMs, originMs)
    const rests = restsOf(ended, live, originMs, lastMs)
    const restedMs = rests.reduce((sum, { lastedMs }) => sum + lastedMs, 0)
    const keptMs = Math.max(1, (lastMs - originMs - restedMs) * cutShare)
    const cuts = rests.map((rest) => ({ ...rest, cutMs: cutPauses ? Math.max(0, rest.lastedMs - keptMs) : 0 }))
    const used = new Set([...this.#used(ended), ...usedBy(live)])
    const workers = this.#workers.filter((_, place) => used.has(place)).sort(byName)
    const drawing = this.#kept({ lanes: this.#workers.map((worker) => workers.indexOf(worker)), originMs, cuts })
    let removedMs = 0
    const pauses = cuts.map(({ atMs, lastedMs, cutMs }) => {
      const fromMs = atMs - originMs - removedMs
      removedMs += cutMs
      return { fromMs, toMs: atMs + lastedMs - originMs - removedMs, lastedMs }
    })
    const ranges = [this.#range(ended), rangeOf(live)]
    const low = Math.min(...ranges.map((range) => range.low))
    const high = Math.max(...ranges.map((range) => range.high))
    return {
      ended: this.#bars(ended, drawing),
      live: barsOf(live, drawing),
      workers,
      pauses,
      lengthMs: Math.max(1, lastMs - originMs - removedMs),
      range: low <= high ? { low, high } : { low: 0, high: 1 },
    }
  }

  #placeOf(worker: string): number {
    const place = this.#workers.indexOf(worker)
    return place < 0 ? this.#workers.push(worker) - 1 : place
  }
}

/** A bar that was found, and how far from what was sought. */
interface FoundBar {
  readonly number: number
  readonly distanceMs: number
}

const nearestIn = (
  { count, numbers, lanes, from, to }: BarSet,
  lane: number,
  atMs: number,
  slackMs: number,
): FoundBar | null => {
  let found: FoundBar | null = null
  for (let at = 0; at < count; at++) {
    if (lanes[at] !== lane) continue
    const before = (from[at] ?? 0) - atMs
    if (before > slackMs) break
    const distanceMs = Math.max(0, before, atMs - (to[at] ?? 0))
    if (distanceMs <= slackMs && distanceMs <= (found?.distanceMs ?? Infinity)) {
      found = { number: numbers[at] ?? 0, distanceMs }
    }
  }
  return found
}

/** The trial whose bar is at a time in a lane; null: none. Bars of a lane do not overlap. */
export const trialAtTime = (
  { ended, live }: Pick<TimelineBars, 'ended' | 'live'>,
  lane: number,
  atMs: number,
  slackMs: number,
): number | null => {
  const [one, other] = [nearestIn(ended, lane, atMs, slackMs), nearestIn(live, lane, atMs, slackMs)]
  return (other !== null && other.distanceMs <= (one?.distanceMs ?? Infinity) ? other : one)?.number ?? null
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
