import type { NumericKernel } from '../linearAlgebra/numericKernel.ts'
import { constraintNames } from '../stopping/constraints.ts'
import type { StudyDefinition } from '../study/definition.ts'
import { impossibilitiesIn } from '../study/impossibilitiesIn.ts'
import { createExpectedImprovement } from './expectedImprovement/expectedImprovement.ts'
import { createGridSearch } from './grid/grid.ts'
import type { Optimiser } from './optimiser.ts'
import { createRandomSearch } from './random.ts'
import { createScbo } from './scbo/scbo.ts'
import { createSobolSearch } from './sobol.ts'
import { createTpe } from './tpe/tpe.ts'

/**
 * The optimiser of a study without a search space: the same network again and again, with the seed of each trial.
 * @param once all trials have the same seed, so that a second one could only repeat the first
 */
const createRepetition = (once: boolean): Optimiser<{ readonly told: number }> => ({
  initial: { told: 0 },
  tell: ({ told }) => ({ told: told + 1 }),
  ask: ({ told }, _, pending) =>
    once && told + pending.length > 0
      ? { kind: 'exhausted', reason: 'there is nothing to search, and every trial has the same seed' }
      : { kind: 'candidate', configuration: {}, explanation: { optimiser: 'repetition' } },
})

type OptimiserDefinition = Pick<
  StudyDefinition,
  'network' | 'training' | 'dataset' | 'space' | 'fixed' | 'optimiser' | 'seeds' | 'silence' | 'constraints'
>

/**
 * The optimiser that a study asks for; its state is nobody else's business.
 * @param createKernel makes a numeric kernel of its own for an optimiser with models
 */
export const createOptimiser = (
  definition: OptimiserDefinition,
  createKernel: () => NumericKernel,
): Optimiser<unknown> => {
  const { space, optimiser, seeds } = definition
  if (Object.keys(space).length === 0) return createRepetition(seeds.network !== undefined)
  const constraints = constraintNames(definition)
  const rules = impossibilitiesIn(definition)
  const modelled = () => ({
    constraintNames: constraints,
    seed: seeds.optimiser,
    kernel: createKernel(),
    rules,
  })
  switch (optimiser.type) {
    case 'random':
      return createRandomSearch(space, seeds.optimiser, rules)
    case 'sobol':
      return createSobolSearch(space, seeds.optimiser, rules)
    case 'grid':
      return createGridSearch(space, optimiser, seeds.optimiser, rules)
    case 'tpe':
      return createTpe(space, constraints, { ...optimiser, rules }, seeds.optimiser)
    case 'ei':
      return createExpectedImprovement(space, optimiser, modelled())
    case 'scbo':
      return createScbo(space, optimiser, modelled())
  }
}
