import type { Optimiser } from './optimiser.ts'

/**
 * The optimiser of a study without a search space: the same network again and again, with the seed of each trial.
 * @param once all trials have the same seed, so that a second one could only repeat the first
 */
export const createRepetition = (once: boolean): Optimiser<{ readonly told: number }> => ({
  initial: { told: 0 },
  tell: ({ told }) => ({ told: told + 1 }),
  ask: ({ told }, _, pending) =>
    once && told + pending.length > 0
      ? { kind: 'exhausted', reason: 'there is nothing to search, and every trial has the same seed' }
      : { kind: 'candidate', configuration: {}, explanation: { optimiser: 'repetition' } },
})
