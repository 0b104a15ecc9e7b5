import type { FinishedTrial } from '../../src-core/trial/trial.ts'

/** Finished trials that were stored before. */
export interface StoredHistory {
  readonly count: number
  /** Those that do not count against the budget. */
  readonly uncounted: number
  /** All that are stored now, in the order they were told, without their records. */
  read(): readonly FinishedTrial[]
}

/**
 * The finished trials of a study in the order they were told. What was stored before is read when somebody asks for it: an
 * optimiser does, and a study that is only looked at has none.
 */
export class History {
  readonly #stored: StoredHistory
  #told: FinishedTrial[] | null = null
  #size: number

  constructor(stored: StoredHistory) {
    this.#stored = stored
    this.#size = stored.count
  }

  get count(): number {
    return this.#size
  }

  /** @param trial stored already, without its records */
  add(trial: FinishedTrial): void {
    this.#size++
    this.#told?.push(trial)
  }

  all(): readonly FinishedTrial[] {
    return (this.#told ??= [...this.#stored.read()])
  }
}
