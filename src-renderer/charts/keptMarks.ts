import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { MarkBuilder, type Marks } from './marks.ts'
import { unchangedCount } from './unchanged.ts'

/** The marks of an update before, of which those of the first trials, whose rows are the same, stay as they are. */
export class KeptMarks {
  #trials: readonly TrialRow[] = []
  #by: readonly unknown[] = []
  #marks: Marks | null = null

  /**
   * Makes the marks of `trials`, which are by rising number, one of each at most.
   * @param by what else places of marks follow from: another value, and all are placed anew
   * @param place adds the marks of the trials from this place on
   */
  of(trials: readonly TrialRow[], by: readonly unknown[], place: (marks: MarkBuilder, from: number) => void): Marks {
    const same =
      this.#marks !== null && by.length === this.#by.length && by.every((one, at) => Object.is(one, this.#by[at]))
    const from = same ? unchangedCount(this.#trials, trials) : 0
    const builder = new MarkBuilder(trials.length, this.#begun(trials[from - 1]?.number ?? -Infinity))
    place(builder, from)
    this.#trials = trials
    this.#by = by
    this.#marks = builder.build()
    return this.#marks
  }

  /** The marks of the trials up to this number. */
  #begun(last: number): { marks: Marks; count: number } | null {
    const marks = this.#marks
    if (marks === null) return null
    let { count } = marks
    while (count > 0 && (marks.numbers[count - 1] ?? 0) > last) count--
    return { marks, count }
  }
}
