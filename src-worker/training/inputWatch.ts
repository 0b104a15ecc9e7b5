import type { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'

/** Of so few samples all may be empty by chance. */
const tooFew = 100

/** Whether a network is shown anything at all. One that is not would train to its end, at chance, without a word. */
export class InputWatch {
  readonly #explain: (indices: readonly number[]) => SpiketuneError
  /** What was shown, in its order; null: some of it had input. */
  #empty: number[] | null = []

  /** @param explain what to change, where none of these samples had a single input event */
  constructor(explain: (indices: readonly number[]) => SpiketuneError) {
    this.#explain = explain
  }

  /** @param index of the sample in its part @param events of its input, as it was shown */
  add(index: number, events: number): void {
    if (events > 0) this.#empty = null
    else this.#empty?.push(index)
  }

  /**
   * @param isLast no further samples will be shown, in this epoch or at all
   * @throws {SpiketuneError} encoding-unsuitable when nothing that was shown had input
   */
  look(isLast: boolean): void {
    if (this.#empty !== null && (isLast || this.#empty.length >= tooFew)) throw this.#explain(this.#empty)
  }
}
