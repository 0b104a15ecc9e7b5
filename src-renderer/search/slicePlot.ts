/** A slice: the measured trials along a hyperparameter, against an objective or a constraint. */
import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import { numberOn } from '../charts/axes.ts'
import { squareSize } from '../charts/drawMark.ts'
import type { Marks } from '../charts/marks.ts'
import type { Plot } from '../charts/plot.ts'
import { errorOf, kindPlace, TrialColumn } from '../charts/trialColumn.ts'
import { fieldOf } from '../trials/trialFilter.ts'
import type { TrialAxis } from './trialAxes.ts'

interface SliceAxes {
  readonly x: TrialAxis
  readonly y: TrialAxis
}

/** The marks of slices against the same axis, kept from update to update: all but their own axis is the same in each. */
export class SliceMarks {
  readonly #numbers = new TrialColumn(({ number }) => number)
  readonly #kinds = new TrialColumn(kindPlace)
  readonly #y: TrialColumn
  readonly #errors: TrialColumn
  readonly #x = new Map<TrialAxis, TrialColumn>()
  readonly #columnOf: (axis: TrialAxis) => TrialColumn

  constructor(y: TrialAxis, constraints: readonly ConstraintInfo[]) {
    this.#columnOf = ({ axis, field }) => new TrialColumn((trial) => numberOn(axis, fieldOf(trial, field, constraints)))
    this.#y = this.#columnOf(y)
    this.#errors = new TrialColumn((trial) => errorOf(trial, y.field))
  }

  /** Of trials that have begun, along each of the axes. */
  of(trials: readonly TrialRow[], axes: readonly TrialAxis[]): Marks[] {
    const errors = this.#errors.of(trials)
    const hasErrors = errors.some((error) => !Number.isNaN(error))
    const shared = {
      count: trials.length,
      numbers: Int32Array.from(this.#numbers.of(trials)),
      kinds: Uint8Array.from(this.#kinds.of(trials)),
      y: this.#y.of(trials),
      ...(hasErrors && { errors: { x: new Float64Array(trials.length).fill(NaN), y: errors } }),
    }
    return axes.map((axis) => {
      const column = this.#x.get(axis) ?? this.#columnOf(axis)
      this.#x.set(axis, column)
      return { ...shared, x: column.of(trials) }
    })
  }
}

/** Beyond this many marks in all plots no shapes could be told apart. */
export const shapesAtMost = 12_000

/** @param plots how many stand beside each other; if several, they are small and say what they show in their heads */
export const slicePlot = ({ x, y }: SliceAxes, marks: Marks, plots: number): Plot => {
  const isSmall = plots > 1
  return {
    x: isSmall ? { ...x.axis, title: '' } : x.axis,
    y: isSmall ? { ...y.axis, title: '' } : y.axis,
    marks,
    ...(marks.count * plots > shapesAtMost
      ? { markSize: squareSize, markOpacity: 0.8 }
      : { markSize: isSmall ? 0.7 : 0.9 }),
    ...(isSmall ? { room: { top: 4 } } : {}),
    guides:
      y.threshold === null
        ? []
        : [{ kind: 'line', axis: 'y', at: y.threshold, text: isSmall ? '' : `limit ${y.axis.label(y.threshold)}` }],
  }
}

/** CSS pixels of a plot among several, at least. */
export const leastSize = { width: 128, height: 92 }

/** As many in a row as are wide enough. */
export const sliceColumns = (plots: number, width: number): number =>
  Math.max(1, Math.min(plots, Math.floor(width / leastSize.width)))
