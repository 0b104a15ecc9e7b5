import type { StudyDefinition } from '../study/definition.ts'
import type { Optimiser } from './optimiser.ts'
import { createRandomSearch } from './random.ts'
import { createRepetition } from './repetition.ts'
import { createSobolSearch } from './sobol.ts'

/** The optimiser that a study asks for; its state is nobody else's business. */
export function createOptimiser({
  space,
  optimiser,
  seeds,
}: Pick<StudyDefinition, 'space' | 'optimiser' | 'seeds'>): Optimiser<unknown> {
  if (Object.keys(space).length === 0) return createRepetition(seeds.network !== undefined)
  switch (optimiser.type) {
    case 'random':
      return createRandomSearch(space, seeds.optimiser)
    case 'sobol':
      return createSobolSearch(space, seeds.optimiser)
  }
}
