import { deriveSeed, type Seed } from '../random/seed.ts'
import type { ConfirmationRun, ConfirmationSettings } from './confirmation.ts'

/**
 * The runs of a confirmation. Their seeds are new to the study and the same each time: two confirmations of a trial agree, and
 * more seeds begin with the fewer.
 * @param seed of the study's optimiser
 */
export const planConfirmation = (seed: Seed, { trials, seeds }: ConfirmationSettings): ConfirmationRun[] =>
  [...new Set(trials)].flatMap((trial) =>
    Array.from({ length: seeds }, (_, index) => ({
      trial,
      seed: deriveSeed(seed, 'confirmation', trial, index),
      outcome: null,
    })),
  )
