import type { Ask, Optimiser, PendingTrial } from '../../src-core/optimiser/optimiser.ts'
import type { FinishedTrial, TrialNumber } from '../../src-core/trial/trial.ts'

/** The optimiser as the scheduler sees it: it may think elsewhere, so an answer may take its time. */
export interface OptimiserService {
  tell(trial: FinishedTrial): void
  ask(number: TrialNumber, pending: readonly PendingTrial[]): Promise<Ask>
}

/** An optimiser that thinks in this process. */
export function createOptimiserService<State>(optimiser: Optimiser<State>): OptimiserService {
  let state = optimiser.initial
  return {
    tell(trial) {
      state = optimiser.tell(state, trial)
    },
    ask: (number, pending) => Promise.resolve(optimiser.ask(state, number, pending)),
  }
}
