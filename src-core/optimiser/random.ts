import { createGenerator } from '../random/generator.ts'
import { deriveSeed, type Seed } from '../random/seed.ts'
import type { Impossibility } from '../space/impossibility.ts'
import type { Configuration, SearchSpace } from '../space/parameter.ts'
import { sampleConfiguration } from '../space/space.ts'
import type { Optimiser } from './optimiser.ts'
import { repeatsOf, type TriedPoints } from './triedPoints.ts'

/**
 * Random search: every parameter from its own sampler, independently (Bergstra & Bengio, JMLR 13, 281-305, 2012).
 * The candidate of a trial depends on the seed and the trial's number, unless that point was tried already.
 */
export const createRandomSearch = (
  space: SearchSpace,
  seed: Seed,
  rules?: readonly Impossibility[],
): Optimiser<TriedPoints | null> => {
  const repeats = repeatsOf(space, rules)
  return {
    initial: null,
    tell: (state, trial) => repeats.tell(state, trial),
    ask: (state, number, pending) => {
      const draw = (attempt: number) => randomConfiguration(space, deriveSeed(seed, 'random', number, attempt))
      const leftOver = deriveSeed(seed, 'left-over', number)
      return repeats.ask(state, { pending, draw, seed: leftOver, explanation: { optimiser: 'random' } })
    },
  }
}

/** One configuration with every parameter from its own sampler. */
export const randomConfiguration = (space: SearchSpace, seed: Seed): Configuration => {
  const generator = createGenerator(seed)
  return sampleConfiguration(
    space,
    Object.keys(space).map(() => generator.next()),
  )
}
