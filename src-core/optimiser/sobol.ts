import { deriveSeed, type Seed } from '../random/seed.ts'
import type { Impossibility } from '../space/impossibility.ts'
import type { SearchSpace } from '../space/parameter.ts'
import { sampleConfiguration } from '../space/space.ts'
import type { Optimiser } from './optimiser.ts'
import { randomConfiguration } from './random.ts'
import { sobolSequence } from './sobolSequence.ts'
import { repeatsOf, type TriedPoints } from './triedPoints.ts'

/**
 * Scrambled Sobol search: trial n gets point n of the sequence, each coordinate through the inverse distribution of its
 * parameter's sampler. A point of a finite space that was tried already is replaced by a random one that was not.
 */
export const createSobolSearch = (
  space: SearchSpace,
  seed: Seed,
  rules?: readonly Impossibility[],
): Optimiser<TriedPoints | null> => {
  const repeats = repeatsOf(space, rules)
  const pointOf = sobolSequence(Object.keys(space).length, seed)
  return {
    initial: null,
    tell: (state, trial) => repeats.tell(state, trial),
    ask: (state, number, pending) => {
      const draw = (attempt: number) =>
        attempt === 0
          ? sampleConfiguration(space, pointOf(number))
          : randomConfiguration(space, deriveSeed(seed, 'redraw', number, attempt))
      const explanation = { optimiser: 'sobol', point: number }
      return repeats.ask(state, { pending, draw, seed: deriveSeed(seed, 'left-over', number), explanation })
    },
  }
}
