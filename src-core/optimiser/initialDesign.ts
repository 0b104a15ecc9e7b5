import { deriveSeed } from '../random/seed.ts'
import type { Seed } from '../random/seed.ts'
import type { SearchSpace } from '../space/parameter.ts'
import { sampleConfiguration } from '../space/space.ts'
import type { TrialNumber } from '../trial/trial.ts'
import type { Ask, PendingTrial } from './optimiser.ts'
import { randomConfiguration } from './random.ts'
import { sobolSequence } from './sobolSequence.ts'
import type { Repeats, TriedPoints } from './triedPoints.ts'

/**
 * A point to begin with: each parameter's own sampler over a scrambled Sobol sequence, of which trial n has point n, unless
 * that was tried.
 * @param design number of the design: each has a sequence of its own
 */
export const askInitially = (
  space: SearchSpace,
  repeats: Repeats,
  tried: TriedPoints | null,
  pending: readonly PendingTrial[],
  number: TrialNumber,
  design: number,
  seed: Seed,
  explanation: Readonly<Record<string, unknown>>,
): Ask => {
  const pointOf = sobolSequence(Object.keys(space).length, deriveSeed(seed, 'initial', design))
  const draw = (attempt: number) =>
    attempt === 0
      ? sampleConfiguration(space, pointOf(number))
      : randomConfiguration(space, deriveSeed(seed, 'redraw', number, attempt))
  return repeats.ask(tried, pending, draw, deriveSeed(seed, 'left-over', number), explanation)
}
