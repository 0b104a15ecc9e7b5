import { deriveSeed, type Seed } from '../random/seed.ts'
import type { SearchSpace } from '../space/parameter.ts'
import { sampleConfiguration } from '../space/space.ts'
import type { TrialNumber } from '../trial/trial.ts'
import type { Ask, PendingTrial } from './optimiser.ts'
import { randomConfiguration } from './random.ts'
import { sobolSequence } from './sobolSequence.ts'
import type { Repeats, TriedPoints } from './triedPoints.ts'

interface InitialAsk {
  readonly tried: TriedPoints | null
  readonly pending: readonly PendingTrial[]
  readonly number: TrialNumber
  /** Number of the design: each has a sequence of its own. */
  readonly design: number
  readonly seed: Seed
  readonly explanation: Readonly<Record<string, unknown>>
}

/**
 * A point to begin with: each parameter's own sampler over a scrambled Sobol sequence, of which trial n has point n, unless
 * that was tried.
 */
export const askInitially = (
  space: SearchSpace,
  repeats: Repeats,
  { tried, pending, number, design, seed, explanation }: InitialAsk,
): Ask => {
  const pointOf = sobolSequence(Object.keys(space).length, deriveSeed(seed, 'initial', design))
  const draw = (attempt: number) =>
    attempt === 0
      ? sampleConfiguration(space, pointOf(number))
      : randomConfiguration(space, deriveSeed(seed, 'redraw', number, attempt))
  return repeats.ask(tried, { pending, draw, seed: deriveSeed(seed, 'left-over', number), explanation })
}
