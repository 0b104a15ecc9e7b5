/** Accuracy in the order of trials, with the best feasible one so far as a step line. */
import { measuredOrNull } from '../../src-core/progress/objectiveText.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import { accuracyAxis, measuredAccuracy, onAxis } from '../charts/accuracyAxis.ts'
import type { ChartColours } from '../charts/colours.ts'
import { isLive, MarkBuilder } from '../charts/marks.ts'
import type { Plot, PlotAxis, PlotGuide } from '../charts/plot.ts'
import { soFarNote } from '../charts/plotNote.ts'
import { durationAxis, steadyEnd } from '../charts/timeAxis.ts'
import { kindPlace, objectiveErrors, TrialColumn } from '../charts/trialColumn.ts'
import { accuracyOf, kindOf } from '../charts/pointKinds.ts'
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

/** The rising steps of the best feasible accuracy. */
export const bestSoFar = (
  trials: readonly TrialRow[],
  order: HistoryOrder,
  columns = new HistoryColumns(),
): BestSoFar => {
  const feasible = columns.feasible.of(trials)
  const numbers = columns.numbers.of(trials)
  const moments = columns.moments.of(trials)
  const startMs = firstStart(columns.starts.of(trials)) ?? 0
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

/** From where to where the initial design is, copies of other trials before it left out; null: there is none. */
const initialSpan = (
  initial: Float64Array,
  places: Float64Array,
  order: HistoryOrder,
  origin: number,
): { readonly from: number; readonly to: number } | null => {
  let [from, to, others] = [Infinity, -Infinity, Infinity]
  for (let at = 0; at < initial.length; at++) {
    const place = (places[at] ?? NaN) - origin
    if (initial[at] !== 1) others = Math.min(others, Number.isNaN(place) ? Infinity : place)
    else if (!Number.isNaN(place)) [from, to] = [Math.min(from, place), Math.max(to, place)]
  }
  if (from > to) return null
  const half = order === 'number' ? 0.5 : 0
  // Where nothing comes before it, it fills the plot to its edge.
  return { from: others < from ? from - half : -Infinity, to: to + half }
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
}

interface HistoryLook {
  readonly order: HistoryOrder
  readonly best: BestSoFar
  readonly columns: HistoryColumns
  readonly objective: ShownMetric
}

export const historyPlot = (
  trials: readonly TrialRow[],
  colours: ChartColours,
  { order, best, columns, objective }: HistoryLook,
): Plot => {
  const startMs = firstStart(columns.starts.of(trials)) ?? 0
  const y = accuracyAxis(columns.measured.of(trials), objective)
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
  const span = initialSpan(columns.initial.of(trials), places, order, origin)
  const initial: PlotGuide[] =
    span === null ? [] : [{ kind: 'area', axis: 'x', ...span, fill: 'quiet', text: 'initial design' }]
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
  const built = marks.build()
  return {
    x,
    y,
    marks: built,
    note: soFarNote(built),
    guides: initial,
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
