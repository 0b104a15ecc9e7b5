/** What trials can be drawn along: hyperparameters, constraints, accuracy, duration; an axis and a value for each. */
import { isMinimised, measuredObjective, metricName, objectiveNumber } from '../../src-core/progress/objectiveText.ts'
import type { ConstraintInfo, MetricLimit, TrialRow } from '../../src-core/progress/readModel.ts'
import { accuracySoFar, shareSoFar } from '../../src-core/progress/soFar.ts'
import { nonSpikingShareOf, type ShownMetric } from '../../src-core/study/studyWords.ts'
import type { SearchSpace } from '../../src-core/space/parameter.ts'
import { linearAxis, parameterAxis, placeOn } from '../charts/axes.ts'
import { costLabel } from '../charts/labels.ts'
import type { PlotAxis } from '../charts/plot.ts'
import { formatDuration, formatValue } from '../trials/format.ts'
import { niceCeiling } from '../charts/pointKinds.ts'
import type { StudyView } from '../trials/studyView.ts'
import { fieldOf } from '../trials/trialFilter.ts'
import { changedRows } from './changedRows.ts'

export interface TrialAxis {
  /** The field of the trial filter. */
  readonly field: string
  readonly kind: 'hyperparameter' | 'constraint' | 'accuracy' | 'duration'
  readonly axis: PlotAxis
  /** Of a constraint: the highest allowed share, or the limit of what is measured. */
  readonly threshold: number | null
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`

/** Ends of the objective's axis: round, so that they do not move with every trial. */
const objectiveEnds = (low: number, high: number): readonly [number, number] => {
  if (low > high) return [0, 1]
  if (low >= 0 && high <= 1) return [Math.floor(low * 10) / 10, Math.min(1, Math.ceil(high * 20 + 0.2) / 20)]
  const margin = (high - low || Math.abs(high) || 1) * 0.05
  // Of costs, which are stored as their negatives, none is below 0.
  return [low - margin, high <= 0 ? Math.min(0, high + margin) : high + margin]
}

/** An accuracy ends at 1. */
const limitEnd = (metric: ShownMetric, most: number): number => (isMinimised(metric) ? niceCeiling(most) : 1)

/** Of a cost, which is stored as its negative, the numbers beside it are those that were measured. */
const objectiveAxis = (metric: ShownMetric, low: number, high: number): PlotAxis =>
  isMinimised(metric)
    ? linearAxis(metricName(metric), low, high, (objective) => formatValue(measuredObjective(metric, objective)))
    : linearAxis(metricName(metric), low, high)

const accuracyAlone: Pick<StudyView, 'objective' | 'limits'> = { objective: 'accuracy', limits: [] }

/**
 * The axes of a study, hyperparameters first, in the order of its definition. They stay the same objects while their ends do,
 * and an update looks at the trials that it has changed alone.
 */
export class TrialAxes {
  #trials: readonly TrialRow[] = []
  #space: SearchSpace | null = null
  #largest = new Map<string, number>()
  #low = Infinity
  #high = -Infinity
  #axes: readonly TrialAxis[] = []

  /** @param study what is searched for, and which costs are limited */
  of(
    space: SearchSpace,
    constraints: readonly ConstraintInfo[],
    trials: readonly TrialRow[],
    study: Pick<StudyView, 'objective' | 'limits'> = accuracyAlone,
  ): readonly TrialAxis[] {
    if (space !== this.#space || trials.length < this.#trials.length) this.#reset(space)
    for (const trial of changedRows(this.#trials, trials)) this.#extend(trial, constraints, study.limits)
    this.#trials = trials
    this.#axes = sameAxes(this.#axes, this.#made(space, constraints, study))
    return this.#axes
  }

  #reset(space: SearchSpace): void {
    this.#space = space
    this.#trials = []
    this.#largest = new Map()
    this.#low = Infinity
    this.#high = -Infinity
  }

  #extend(trial: TrialRow, constraints: readonly ConstraintInfo[], limits: readonly MetricLimit[]): void {
    const { objective } = trial
    if (objective !== null && Number.isFinite(objective)) {
      this.#low = Math.min(this.#low, objective)
      this.#high = Math.max(this.#high, objective)
    }
    for (const field of ['duration', ...constraints.map(({ name }) => name), ...limits.map(({ metric }) => metric)]) {
      const value = fieldOf(trial, field, constraints)
      if (typeof value !== 'number' || !Number.isFinite(value)) continue
      this.#largest.set(field, Math.max(this.#largest.get(field) ?? 0, value))
    }
  }

  #made(
    space: SearchSpace,
    constraints: readonly ConstraintInfo[],
    { objective, limits }: Pick<StudyView, 'objective' | 'limits'>,
  ): TrialAxis[] {
    const largest = (field: string): number => this.#largest.get(field) ?? 0
    const [low, high] = objectiveEnds(this.#low, this.#high)
    return [
      ...Object.entries(space).map(([field, parameter]): TrialAxis => ({
        field,
        kind: 'hyperparameter',
        axis: parameterAxis(field, parameter),
        threshold: null,
      })),
      ...constraints.map(({ name, layer, beta }): TrialAxis => ({
        field: name,
        kind: 'constraint',
        // No share is above 1, whatever is allowed.
        axis: linearAxis(
          nonSpikingShareOf(layer),
          0,
          Math.min(1, niceCeiling(Math.max(largest(name), 2 * beta, 0.01))),
          percent,
        ),
        threshold: beta,
      })),
      ...limits.map(({ metric, shown = metric, limit }): TrialAxis => ({
        field: metric,
        kind: 'constraint',
        axis: linearAxis(metricName(shown), 0, limitEnd(metric, Math.max(largest(metric), 2 * limit)), costLabel),
        threshold: limit,
      })),
      {
        field: 'duration',
        kind: 'duration',
        axis: linearAxis('duration', 0, niceCeiling(Math.max(largest('duration'), 1000)), formatDuration),
        threshold: null,
      },
      { field: 'objective', kind: 'accuracy', axis: objectiveAxis(objective, low, high), threshold: null },
    ]
  }
}

/** A value along an axis as people read it: a cost as it was measured, not its negative. */
export const valueText = ({ kind }: TrialAxis, value: number | string, metric: ShownMetric): string =>
  kind === 'accuracy' && typeof value === 'number' && isMinimised(metric)
    ? objectiveNumber(metric, value)
    : formatValue(value)

/** What a trial has along an axis, or has measured there so far, which says nothing of a cost; null: nothing. */
const valueAlong = (
  trial: TrialRow,
  { field, kind, axis }: TrialAxis,
  constraints: readonly ConstraintInfo[],
): number | string | null => {
  if (trial.state !== 'running') return fieldOf(trial, field, constraints)
  if (kind === 'accuracy') return axis.max > 0 ? accuracySoFar(trial) : null
  const layer = constraints.findIndex(({ name }) => name === field)
  return layer < 0 ? fieldOf(trial, field, constraints) : shareSoFar(trial, layer)
}

/** Where each trial is along each axis: trials x axes, NaN where it has no value. */
export const placesOf = (
  trials: readonly TrialRow[],
  axes: readonly TrialAxis[],
  constraints: readonly ConstraintInfo[],
): Float32Array => {
  const places = new Float32Array(trials.length * axes.length)
  for (const [row, trial] of trials.entries()) {
    for (const [column, axis] of axes.entries()) {
      places[row * axes.length + column] = placeOn(axis.axis, valueAlong(trial, axis, constraints))
    }
  }
  return places
}

/** `next`, or the axes of before where they are the same, so that nothing is drawn anew for them. */
const sameAxes = (before: readonly TrialAxis[], next: readonly TrialAxis[]): readonly TrialAxis[] => {
  const same =
    before.length === next.length &&
    next.every(({ field, threshold, axis }, index) => {
      const other = before[index]
      return (
        other?.field === field &&
        other.threshold === threshold &&
        other.axis.min === axis.min &&
        other.axis.max === axis.max &&
        other.axis.categories?.join() === axis.categories?.join()
      )
    })
  return same ? before : next
}

/** Places of trials along axes; an update computes those of the trials that it has changed alone. */
export class PlaceCache {
  #axes: readonly TrialAxis[] = []
  #trials: readonly TrialRow[] = []
  #places = new Float32Array()

  /** As `placesOf`. */
  places(
    trials: readonly TrialRow[],
    axes: readonly TrialAxis[],
    constraints: readonly ConstraintInfo[],
  ): Float32Array {
    const same = axes.length === this.#axes.length && axes.every((axis, index) => axis === this.#axes[index])
    const before = same ? this.#trials : []
    const places = new Float32Array(trials.length * axes.length)
    if (same) places.set(this.#places.subarray(0, places.length))
    for (let row = 0; row < trials.length; row++) {
      const trial = trials[row]
      if (trial === undefined || trial === before[row]) continue
      places.set(placesOf([trial], axes, constraints), row * axes.length)
    }
    this.#axes = axes
    this.#trials = trials
    this.#places = places
    return places
  }
}
