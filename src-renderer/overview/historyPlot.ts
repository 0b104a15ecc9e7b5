/** Accuracy in the order of trials, with the best feasible one so far as a step line. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { accuracyAxis } from '../charts/accuracyAxis.ts'
import type { ChartColours } from '../charts/colours.ts'
import { MarkBuilder } from '../charts/marks.ts'
import type { Plot, PlotAxis, PlotGuide } from '../charts/plot.ts'
import { durationAxis, steadyEnd } from '../charts/timeAxis.ts'
import { accuracyOf, kindOf } from '../model/placement.ts'
import type { FigureData } from '../state/figure.ts'

export type HistoryOrder = 'number' | 'time'

export interface BestSoFar {
  /** Where it became the best, by rising x. */
  readonly x: readonly number[]
  readonly accuracy: readonly number[]
  readonly numbers: readonly number[]
}

/** When the first trial began; null: none has. */
export const firstStart = (trials: readonly TrialRow[]): number | null => {
  let first = Infinity
  for (const { startedAtMs } of trials) if (startedAtMs !== null && startedAtMs < first) first = startedAtMs
  return Number.isFinite(first) ? first : null
}

const placeOf = (trial: TrialRow, order: HistoryOrder, startMs: number): number =>
  order === 'number' ? trial.number : (trial.endedAtMs ?? trial.startedAtMs ?? NaN) - startMs

/** Only what may be exported as best: complete, feasible, not left out. */
const counts = (trial: TrialRow): boolean => kindOf(trial) === 'feasible' && !trial.annotation.excluded

/** The rising steps of the best feasible accuracy. */
export const bestSoFar = (trials: readonly TrialRow[], order: HistoryOrder): BestSoFar => {
  const startMs = firstStart(trials) ?? 0
  const feasible = trials.filter(counts)
  if (order === 'time') feasible.sort((a, b) => placeOf(a, order, startMs) - placeOf(b, order, startMs))
  const steps = { x: [] as number[], accuracy: [] as number[], numbers: [] as number[] }
  let best = -Infinity
  for (const trial of feasible) {
    const { objective } = trial
    if (objective === null || objective <= best) continue
    best = objective
    steps.x.push(placeOf(trial, order, startMs))
    steps.accuracy.push(objective)
    steps.numbers.push(trial.number)
  }
  return steps
}

/** Where the initial design ends; null: there is none. */
const initialEnd = (trials: readonly TrialRow[], order: HistoryOrder, startMs: number): number | null => {
  let end: number | null = null
  for (const trial of trials) {
    if (trial.initialDesign !== true) continue
    const place = placeOf(trial, order, startMs)
    if (place > (end ?? -Infinity)) end = place
  }
  return end === null || order === 'time' ? end : end + 0.5
}

export const historyPlot = (trials: readonly TrialRow[], order: HistoryOrder, colours: ChartColours): Plot => {
  const startMs = firstStart(trials) ?? 0
  const y = accuracyAxis(trials)
  const marks = new MarkBuilder(trials.length)
  let last = 0
  for (const trial of trials) {
    const kind = kindOf(trial)
    if (kind === null) continue
    const place = placeOf(trial, order, startMs)
    if (place > last) last = place
    // What lies below the axis is drawn on its floor: failed trials, and running ones that have no labels yet.
    marks.add(trial.number, kind, place, Math.max(y.min, accuracyOf(trial)))
  }
  const best = bestSoFar(trials, order)
  const end = initialEnd(trials, order, startMs)
  const initial: PlotGuide[] =
    end === null ? [] : [{ kind: 'area', axis: 'x', from: -Infinity, to: end, fill: 'quiet', text: 'initial design' }]
  const topAccuracy = best.accuracy.at(-1)
  const x: PlotAxis =
    order === 'time'
      ? durationAxis('Time since the first trial', steadyEnd(last))
      : {
          title: 'Trial',
          scale: 'linear',
          min: -0.5,
          max: Math.max(9.5, last + 0.5 + last * 0.01),
          label: (value) => (Number.isInteger(value) ? String(value) : ''),
        }
  return {
    x,
    y,
    marks: marks.build(),
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
              step: true,
              above: true,
            },
          ],
  }
}

/** A row for each trial that has begun, with the best feasible accuracy up to it, by number. */
export const historyData = (trials: readonly TrialRow[]): FigureData => {
  const startMs = firstStart(trials) ?? 0
  let best: number | null = null
  return {
    columns: ['trial', 'state', 'startedAfterMs', 'endedAfterMs', 'initialDesign', 'accuracy', 'bestFeasibleSoFar'],
    rows: trials
      .filter(({ state }) => state !== 'waiting')
      .map((trial) => {
        if (counts(trial) && trial.objective !== null) best = Math.max(best ?? -Infinity, trial.objective)
        const after = (atMs: number | null): number | null => (atMs === null ? null : atMs - startMs)
        const initial = trial.initialDesign === null ? null : String(trial.initialDesign)
        const times = [after(trial.startedAtMs), after(trial.endedAtMs)]
        return [trial.number, trial.state, ...times, initial, trial.objective, best]
      }),
  }
}
