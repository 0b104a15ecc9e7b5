import type { TrialRow } from '../../src-core/progress/readModel.ts'

/** The names of hyperparameters and metrics that occur in trials, gathered from the rows that are new. */
export class ColumnNames {
  #seen: readonly TrialRow[] = []
  #hyperparameters = new Set<string>()
  #metrics = new Set<string>()
  #names: { readonly hyperparameters: readonly string[]; readonly metrics: readonly string[] } = {
    hyperparameters: [],
    metrics: [],
  }

  /** The same object as before while there is no new name. */
  update(trials: readonly TrialRow[]): {
    readonly hyperparameters: readonly string[]
    readonly metrics: readonly string[]
  } {
    const before = this.#hyperparameters.size + this.#metrics.size
    for (const [at, trial] of trials.entries()) {
      if (this.#seen[at] === trial) continue
      for (const name of Object.keys(trial.configuration)) this.#hyperparameters.add(name)
      for (const name of Object.keys(trial.metrics)) this.#metrics.add(name)
    }
    this.#seen = trials
    if (this.#hyperparameters.size + this.#metrics.size > before) {
      this.#names = { hyperparameters: [...this.#hyperparameters], metrics: [...this.#metrics] }
    }
    return this.#names
  }
}
