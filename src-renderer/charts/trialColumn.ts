import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { kindOf, pointKinds } from '../model/placement.ts'

/**
 * One number of each trial, in an array that is made from the one before: rows never change, so that a row that is
 * still the same has the same number. Of 10,000 trials an update looks at the few that are new.
 */
export class TrialColumn {
  readonly #valueOf: (trial: TrialRow) => number
  #rows: readonly TrialRow[] = []
  #values = new Float64Array(0)

  /** @param valueOf NaN: the trial has none */
  constructor(valueOf: (trial: TrialRow) => number) {
    this.#valueOf = valueOf
  }

  /** A value for each of `trials`; the same array as before when none has changed. */
  of(trials: readonly TrialRow[]): Float64Array {
    const before = this.#rows
    if (trials === before) return this.#values
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
}

/** Place of a trial's kind in `pointKinds`; -1: it has not begun. */
export const kindPlace = (trial: TrialRow): number => {
  const kind = kindOf(trial)
  return kind === null ? -1 : pointKinds.indexOf(kind)
}
