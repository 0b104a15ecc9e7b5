/** What trials can be drawn along: hyperparameters, constraints, accuracy, duration; an axis and a value for each. */
import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import type { SearchSpace } from '../../src-core/space/parameter.ts'
import { formatDuration } from '../model/format.ts'
import { niceCeiling } from '../model/placement.ts'
import { fieldOf } from '../model/trialFilter.ts'
import { linearAxis, parameterAxis } from './plotAxis.ts'
import type { PlotAxis } from './plotAxis.ts'

export interface TrialAxis {
  /** The field of the trial filter. */
  readonly field: string
  readonly kind: 'hyperparameter' | 'constraint' | 'accuracy' | 'duration'
  readonly axis: PlotAxis
  /** Of a constraint: the highest allowed share. */
  readonly threshold: number | null
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`

/** Ends of the objective's axis: round, so that they do not move with every trial. */
const objectiveEnds = (trials: readonly TrialRow[]): readonly [number, number] => {
  let low = Infinity
  let high = -Infinity
  for (const { objective } of trials) {
    if (objective === null || !Number.isFinite(objective)) continue
    if (objective < low) low = objective
    if (objective > high) high = objective
  }
  if (low > high) return [0, 1]
  if (low >= 0 && high <= 1) return [Math.floor(low * 10) / 10, Math.min(1, Math.ceil(high * 20 + 0.2) / 20)]
  const margin = (high - low || Math.abs(high) || 1) * 0.05
  return [low - margin, high + margin]
}

/** The axis of the objective over these trials. */
export const objectiveAxis = (trials: readonly TrialRow[], title = 'accuracy'): PlotAxis => {
  const [low, high] = objectiveEnds(trials)
  return linearAxis(title, low, high)
}

/** All axes of a study, hyperparameters first, in the order of its definition. */
export const trialAxes = (
  space: SearchSpace,
  constraints: readonly ConstraintInfo[],
  trials: readonly TrialRow[],
): TrialAxis[] => {
  const largest = (field: string): number =>
    trials.reduce((most, trial) => {
      const value = fieldOf(trial, field, constraints)
      return typeof value === 'number' && value > most && Number.isFinite(value) ? value : most
    }, 0)
  return [
    ...Object.entries(space).map(([field, parameter]): TrialAxis => ({
      field,
      kind: 'hyperparameter',
      axis: parameterAxis(field, parameter),
      threshold: null,
    })),
    ...constraints.map(({ name, beta }): TrialAxis => ({
      field: name,
      kind: 'constraint',
      axis: linearAxis(name, 0, niceCeiling(Math.max(largest(name), 2 * beta, 0.01)), percent),
      threshold: beta,
    })),
    {
      field: 'duration',
      kind: 'duration',
      axis: linearAxis('duration', 0, niceCeiling(Math.max(largest('duration'), 1000)), formatDuration),
      threshold: null,
    },
    { field: 'objective', kind: 'accuracy', axis: objectiveAxis(trials), threshold: null },
  ]
}

/** Where each trial is along each axis: trials x axes, NaN where it has no value. */
export const placesOf = (
  trials: readonly TrialRow[],
  axes: readonly TrialAxis[],
  constraints: readonly ConstraintInfo[],
): Float32Array => {
  const places = new Float32Array(trials.length * axes.length)
  for (const [row, trial] of trials.entries()) {
    for (const [column, { field, axis }] of axes.entries()) {
      places[row * axes.length + column] = axis.place(fieldOf(trial, field, constraints)) ?? NaN
    }
  }
  return places
}

/** `next`, or the axes of before where they are the same, so that nothing is drawn anew for them. */
export const sameAxes = (before: readonly TrialAxis[], next: readonly TrialAxis[]): readonly TrialAxis[] => {
  const same =
    before.length === next.length &&
    next.every(({ field, threshold, axis }, index) => {
      const other = before[index]
      return (
        other?.field === field &&
        other.threshold === threshold &&
        other.axis.valueAt(0) === axis.valueAt(0) &&
        other.axis.valueAt(1) === axis.valueAt(1) &&
        other.axis.categories?.join() === axis.categories?.join()
      )
    })
  return same ? before : next
}

/** Places of trials along axes, computed once for each trial as it is: of ten thousand few change at a time. */
export class PlaceCache {
  #axes: readonly TrialAxis[] = []
  #known = new WeakMap<TrialRow, Float32Array>()

  /** As `placesOf`. */
  places(
    trials: readonly TrialRow[],
    axes: readonly TrialAxis[],
    constraints: readonly ConstraintInfo[],
  ): Float32Array {
    if (axes.length !== this.#axes.length || axes.some((axis, index) => axis !== this.#axes[index])) {
      this.#axes = axes
      this.#known = new WeakMap()
    }
    const places = new Float32Array(trials.length * axes.length)
    for (const [row, trial] of trials.entries()) {
      let own = this.#known.get(trial)
      if (own === undefined) {
        own = placesOf([trial], axes, constraints)
        this.#known.set(trial, own)
      }
      places.set(own, row * axes.length)
    }
    return places
  }
}
