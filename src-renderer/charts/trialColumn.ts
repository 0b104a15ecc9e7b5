import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { constraintError } from '../../src-core/progress/replicatesText.ts'
import { MarkBuilder, type Marks } from './marks.ts'
import { kindOf, pointKinds } from './pointKinds.ts'

/**
 * One number of each trial, in an array that is made from the one before: rows never change, so that a row that is
 * still the same has the same number. Of 10,000 trials an update looks at the few that are new.
 */
export class TrialColumn {
  readonly #valueOf: (trial: TrialRow) => number
  #rows: readonly TrialRow[] = []
  #values = new Float64Array(0)

  readonly #inPlace: boolean
  #room = new Float64Array(0)

  /**
   * @param valueOf NaN: the trial has none
   * @param inPlace who asks is done with an array before asking again: it is written over, and not made anew
   */
  constructor(valueOf: (trial: TrialRow) => number, inPlace = false) {
    this.#valueOf = valueOf
    this.#inPlace = inPlace
  }

  /** A value for each of `trials`; the same array as before when none has changed. */
  of(trials: readonly TrialRow[]): Float64Array {
    const before = this.#rows
    if (trials === before) return this.#values
    if (this.#inPlace) return this.#write(trials)
    const count = trials.length
    let values = this.#values
    let copied = false
    if (values.length !== count) {
      values = new Float64Array(count)
      values.set(this.#values.subarray(0, count))
      copied = true
    }
    for (let at = 0; at < count; at++) {
      const trial = trials[at]
      if (trial === undefined || trial === before[at]) continue
      const value = this.#valueOf(trial)
      if (!copied && Object.is(value, values[at])) continue
      if (!copied) values = values.slice()
      copied = true
      values[at] = value
    }
    this.#rows = trials
    this.#values = values
    return values
  }

  #write(trials: readonly TrialRow[]): Float64Array {
    const before = this.#rows
    const count = trials.length
    if (count > this.#room.length) {
      const room = new Float64Array(count + 1024)
      room.set(this.#room)
      this.#room = room
    }
    const values = this.#room
    for (let at = 0; at < count; at++) {
      const trial = trials[at]
      if (trial !== undefined && trial !== before[at]) values[at] = this.#valueOf(trial)
    }
    this.#rows = trials
    this.#values = values.subarray(0, count)
    return this.#values
  }
}

/** Place of a trial's kind in `pointKinds`; -1: it has not begun. */
export const kindPlace = (trial: TrialRow): number => {
  const kind = kindOf(trial)
  return kind === null ? -1 : pointKinds.indexOf(kind)
}

/** The standard error of a trial's objective, or of a constraint by its name; NaN: none. */
export const errorOf = (trial: TrialRow, field: string): number =>
  (field === 'objective' ? trial.replicates?.objectiveStandardError : constraintError(trial, field)) ?? NaN

/** Standard errors of the objective, kept from update to update. */
export const objectiveErrors = (inPlace = true): TrialColumn =>
  new TrialColumn((trial) => errorOf(trial, 'objective'), inPlace)

/** Trials that have begun as marks, kept from update to update. */
export class TrialMarks {
  readonly #numbers = new TrialColumn(({ number }) => number, true)
  readonly #kinds = new TrialColumn(kindPlace, true)
  readonly #x: TrialColumn
  readonly #y: TrialColumn

  /** @param xOf, yOf values of the axes; NaN: not drawn */
  constructor(xOf: (trial: TrialRow) => number, yOf: (trial: TrialRow) => number) {
    this.#x = new TrialColumn(xOf, true)
    this.#y = new TrialColumn(yOf, true)
  }

  of(trials: readonly TrialRow[]): Marks {
    const [numbers, kinds] = [this.#numbers.of(trials), this.#kinds.of(trials)]
    const [x, y] = [this.#x.of(trials), this.#y.of(trials)]
    const marks = new MarkBuilder(trials.length)
    for (let at = 0; at < trials.length; at++) {
      const [kind, px, py] = [kinds[at] ?? -1, x[at] ?? NaN, y[at] ?? NaN]
      if (kind >= 0 && !Number.isNaN(px) && !Number.isNaN(py)) marks.addPlace(numbers[at] ?? 0, kind, px, py)
    }
    return marks.build()
  }
}
