/** Ended trials as charts have them: of a very long study they are taken over now and then, not with each trial that ends. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { mergeTrials, type TrialsByEnd } from './studyView.ts'

/** Up to so many trials are taken over at once: charts of them are drawn within a frame or two. */
const fewTrials = 10_000

/** How long charts of so many trials stay as they are, in milliseconds: some tenths of what it takes to draw them anew. */
const restMs = (trials: number): number => (trials <= fewTrials ? 0 : trials / 50)

/** Rows of `after` that `before` lacks, both by rising number; null: one of before is another now, or gone. */
const addedRows = (before: readonly TrialRow[], after: readonly TrialRow[]): readonly TrialRow[] | null => {
  const added: TrialRow[] = []
  let at = 0
  for (const row of after) {
    if (row === before[at]) at++
    else if (row.number === before[at]?.number) return null
    else added.push(row)
  }
  return at === before.length ? added : null
}

interface Waiting {
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
  readonly later: (call: () => void, afterMs: number) => void
}

export class SettledTrials {
  readonly #onDue: () => void
  readonly #waiting: Waiting
  #settled: readonly TrialRow[] = []
  #settledAtMs = -Infinity
  #planned = false

  /** @param onDue called when trials are to be asked for again, as some wait to be taken over */
  constructor(
    onDue: () => void,
    waiting: Waiting = { now: () => performance.now(), later: (call, afterMs) => setTimeout(call, afterMs) },
  ) {
    this.#onDue = onDue
    this.#waiting = waiting
  }

  /**
   * `ended`, the same array for a while, and whatever has happened since among the live ones: so that each trial is in one of
   * the two. A trial that is changed by a person, as one that is left out, is taken over at once.
   */
  of({ ended, live }: TrialsByEnd): TrialsByEnd {
    if (ended === this.#settled) return { ended, live }
    const leftMs = this.#settledAtMs + restMs(ended.length) - this.#waiting.now()
    const recent = leftMs <= 0 ? null : addedRows(this.#settled, ended)
    if (recent === null) {
      this.#settled = ended
      this.#settledAtMs = this.#waiting.now()
      return { ended, live }
    }
    if (!this.#planned) {
      this.#planned = true
      this.#waiting.later(() => {
        this.#planned = false
        this.#onDue()
      }, leftMs)
    }
    return { ended: this.#settled, live: mergeTrials(live, recent) }
  }
}
