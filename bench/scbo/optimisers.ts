/** The optimisers that are compared, by the names of the command line and of the plots. */
import type { Optimiser } from '../../src-core/optimiser/optimiser.ts'
import { createRandomSearch } from '../../src-core/optimiser/random.ts'
import { createScbo } from '../../src-core/optimiser/scbo/scbo.ts'
import { createSobolSearch } from '../../src-core/optimiser/sobol.ts'
import type { Seed } from '../../src-core/random/seed.ts'
import type { SearchSpace } from '../../src-core/space/parameter.ts'
import { createKernel } from './kernel.ts'

export interface OptimiserSettings {
  /** Size of the initial design, of those that have one. */
  readonly initial: number
}

export type OptimiserFactory = (
  space: SearchSpace,
  constraintNames: readonly string[],
  settings: OptimiserSettings,
  seed: Seed,
) => Optimiser<unknown>

/** In the order of tables and colours. */
export const optimisers: Readonly<Record<string, OptimiserFactory>> = {
  random: (space, _constraintNames, _settings, seed) => createRandomSearch(space, seed),
  sobol: (space, _constraintNames, _settings, seed) => createSobolSearch(space, seed),
  scbo: (space, constraintNames, settings, seed) => createScbo(space, constraintNames, settings, seed, createKernel()),
}

/** @throws {Error} when there is none of that name */
export function optimiserNamed(name: string): OptimiserFactory {
  const factory = optimisers[name]
  if (factory === undefined) throw new Error(`no optimiser ${name}; there are ${Object.keys(optimisers).join(', ')}`)
  return factory
}
