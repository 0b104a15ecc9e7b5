/** Accuracy in the order of trials, with the best feasible one so far as a step line. */
import { measuredOrNull } from '../../src-core/progress/objectiveText.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import { accuracyAxis, measuredAccuracy, onAxis } from '../charts/accuracyAxis.ts'
import type { ChartColours } from '../charts/colours.ts'
import { keepLast } from '../charts/keepLast.ts'
import { isLive, MarkBuilder, type Marks } from '../charts/marks.ts'
import type { Plot, PlotAxis, PlotGuide } from '../charts/plot.ts'
import { soFarNote } from '../charts/plotNote.ts'
import { durationAxis, steadyEnd } from '../charts/timeAxis.ts'
import { kindPlace, objectiveErrors, TrialColumn } from '../charts/trialColumn.ts'
import { accuracyOf, kindOf } from '../charts/pointKinds.ts'
import type { TrialsByEnd } from '../trials/studyView.ts'
import { errorColumns } from '../trials/errorColumns.ts'
import type { FigureData } from '../state/figure.ts'

type HistoryOrder = 'number' | 'time'

interface BestSoFar {
  /** Where it became the best, by rising x. */
  readonly x: readonly number[]
  readonly accuracy: readonly number[]
  readonly numbers: readonly number[]
}

/** The least of the times at which trials began; null: none has. */
const firstStart = (starts: Float64Array): number | null => {
  let first = Infinity
  for (const start of starts) if (start < first) first = start
  return Number.isFinite(first) ? first : null
}

/** Only what may be exported as best: complete, feasible, not left out. */
const counts = (trial: TrialRow): boolean => kindOf(trial) === 'feasible' && !trial.annotation.excluded

/** When the first of the trials began. */
export const originOf = ({ ended, live }: TrialsByEnd, columns: HistoryColumns): number => {
  const first = live.reduce(
    (least, { startedAtMs }) => Math.min(least, startedAtMs ?? Infinity),
    columns.firstStart(ended) ?? Infinity,
  )
  return Number.isFinite(first) ? first : 0
}

/**
 * The rising steps of the best feasible accuracy.
 * @param trials that have ended
 * @param startMs when the first of all began
 */
export const bestSoFar = (
  trials: readonly TrialRow[],
  order: HistoryOrder,
  columns: HistoryColumns,
  startMs: number,
): BestSoFar => {
  const feasible = columns.feasible.of(trials)
  const numbers = columns.numbers.of(trials)
  const moments = columns.moments.of(trials)
  const places: number[] = []
  for (let at = 0; at < feasible.length; at++) if (!Number.isNaN(feasible[at])) places.push(at)
  if (order === 'time') places.sort((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0))
  const steps = { x: [] as number[], accuracy: [] as number[], numbers: [] as number[] }
  let best = -Infinity
  for (const at of places) {
    const accuracy = feasible[at] ?? NaN
    if (!(accuracy > best)) continue
    best = accuracy
    steps.x.push(order === 'number' ? (numbers[at] ?? 0) : (moments[at] ?? 0) - startMs)
    steps.accuracy.push(accuracy)
    steps.numbers.push(numbers[at] ?? 0)
  }
  return steps
}

/** Where the initial design is along the axis, and where the first of the others is. */
interface InitialPart {
  readonly from: number
  readonly to: number
  readonly others: number
}

const initialPart = (initial: Float64Array, places: Float64Array, origin: number): InitialPart => {
  let [from, to, others] = [Infinity, -Infinity, Infinity]
  for (let at = 0; at < initial.length; at++) {
    const place = (places[at] ?? NaN) - origin
    if (initial[at] !== 1) others = Math.min(others, Number.isNaN(place) ? Infinity : place)
    else if (!Number.isNaN(place)) [from, to] = [Math.min(from, place), Math.max(to, place)]
  }
  return { from, to, others }
}

/** From where to where the initial design is, copies of other trials before it left out; empty: there is none. */
const initialGuides = (parts: readonly InitialPart[], order: HistoryOrder): PlotGuide[] => {
  const from = Math.min(...parts.map((part) => part.from))
  const to = Math.max(...parts.map((part) => part.to))
  const others = Math.min(...parts.map((part) => part.others))
  if (from > to) return []
  const half = order === 'number' ? 0.5 : 0
  // Where nothing comes before it, it fills the plot to its edge.
  const span = { from: others < from ? from - half : -Infinity, to: to + half }
  return [{ kind: 'area', axis: 'x', ...span, fill: 'quiet', text: 'initial design' }]
}

/** What the history draws of trials, kept from update to update. */
export class HistoryColumns {
  readonly numbers = new TrialColumn(({ number }) => number, true)
  readonly kinds = new TrialColumn(kindPlace, true)
  readonly accuracies = new TrialColumn(accuracyOf, true)
  readonly errors = objectiveErrors()
  readonly measured = new TrialColumn(measuredAccuracy, true)
  readonly starts = new TrialColumn(({ startedAtMs }) => startedAtMs ?? NaN, true)
  readonly moments = new TrialColumn(({ startedAtMs, endedAtMs }) => endedAtMs ?? startedAtMs ?? NaN, true)
  readonly initial = new TrialColumn(({ initialDesign }) => (initialDesign === true ? 1 : 0), true)
  /** Accuracies that may be the best; NaN of all other trials. */
  readonly feasible = new TrialColumn((trial) => (counts(trial) ? (trial.objective ?? NaN) : NaN), true)
  // Made anew only when some of the trials have changed.
  readonly firstStart = keepLast((trials: readonly TrialRow[]) => firstStart(this.starts.of(trials)))
  readonly axis = keepLast((trials: readonly TrialRow[], objective: ShownMetric) =>
    accuracyAxis(this.measured.of(trials), objective),
  )
  readonly part = keepLast((trials: readonly TrialRow[], order: HistoryOrder, startMs: number, y: PlotAxis) =>
    partOf(trials, this, { order, startMs, y }),
  )
}

interface HistoryPart {
  readonly marks: Marks
  readonly initial: InitialPart
  /** The last place along the axis. */
  readonly last: number
}

interface PartLook {
  readonly order: HistoryOrder
  readonly startMs: number
  readonly y: PlotAxis
}

const partOf = (trials: readonly TrialRow[], columns: HistoryColumns, { order, startMs, y }: PartLook): HistoryPart => {
  const places = order === 'number' ? columns.numbers.of(trials) : columns.moments.of(trials)
  const origin = order === 'number' ? 0 : startMs
  const numbers = columns.numbers.of(trials)
  const kinds = columns.kinds.of(trials)
  const accuracies = columns.accuracies.of(trials)
  const errors = columns.errors.of(trials)
  const marks = new MarkBuilder(trials.length)
  let last = 0
  for (let at = 0; at < trials.length; at++) {
    const kind = kinds[at] ?? -1
    if (kind < 0) continue
    const place = (places[at] ?? NaN) - origin
    if (place > last) last = place
    const accuracy = accuracies[at] ?? 0
    // Training says nothing of a cost.
    if (isLive(kind) && (Number.isNaN(accuracy) || y.max <= 0)) continue
    // What lies below the axis is drawn on its floor: failed trials, and running ones.
    marks.addPlace(numbers[at] ?? 0, kind, place, onAxis(y, accuracy))
    marks.addErrors(NaN, errors[at] ?? NaN)
  }
  return { marks: marks.build(), initial: initialPart(columns.initial.of(trials), places, origin), last }
}

interface HistoryLook {
  readonly order: HistoryOrder
  /** When the first trial began. */
  readonly startMs: number
  readonly best: BestSoFar
  readonly columns: HistoryColumns
  readonly objective: ShownMetric
}

export const historyPlot = (
  { ended, live }: TrialsByEnd,
  colours: ChartColours,
  { order, startMs, best, columns, objective }: HistoryLook,
): Plot => {
  const y = columns.axis(ended, objective)
  const main = columns.part(ended, order, startMs, y)
  const moving = partOf(live, new HistoryColumns(), { order, startMs, y })
  const last = Math.max(main.last, moving.last)
  const topAccuracy = best.accuracy.at(-1)
  const x: PlotAxis =
    order === 'time'
      ? durationAxis('Time since the first trial', steadyEnd(last))
      : {
          title: 'Trial',
          scale: 'linear',
          min: -0.5,
          max: Math.max(9.5, steadyEnd(last) + 0.5),
          label: (value) => (Number.isInteger(value) ? String(value) : ''),
        }
  return {
    x,
    y,
    marks: main.marks,
    live: moving.marks,
    note: soFarNote(moving.marks),
    guides: initialGuides([main.initial, moving.initial], order),
    lines:
      topAccuracy === undefined
        ? []
        : [
            {
              x: [...best.x, x.max],
              y: [...best.accuracy, topAccuracy],
              colour: colours.text,
              width: 1.75,
              name: 'best feasible so far',
              step: true,
              above: true,
            },
          ],
  }
}

/** A row for each trial that has begun, with the best feasible accuracy up to it, by number. */
export const historyData = (trials: readonly TrialRow[], metric: ShownMetric): FigureData => {
  const startMs = firstStart(new HistoryColumns().starts.of(trials)) ?? 0
  let best: number | null = null
  const errors = errorColumns(trials)
  return {
    columns: [
      ...['trial', 'state', 'startedAfterMs', 'endedAfterMs', 'initialDesign', metric, 'bestFeasibleSoFar'],
      ...errors.columns,
    ],
    rows: trials
      .filter(({ state }) => state !== 'waiting')
      .map((trial) => {
        if (counts(trial) && trial.objective !== null) best = Math.max(best ?? -Infinity, trial.objective)
        const after = (atMs: number | null): number | null => (atMs === null ? null : atMs - startMs)
        const initial = trial.initialDesign === null ? null : String(trial.initialDesign)
        const times = [after(trial.startedAtMs), after(trial.endedAtMs)]
        const values = [trial.objective, best].map((objective) => measuredOrNull(metric, objective))
        return [trial.number, trial.state, ...times, initial, ...values, ...errors.valuesOf(trial)]
      }),
  }
}
