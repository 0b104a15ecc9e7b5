/** The optimisers that are compared, by the names of the command line and of the plots. */
import { createExpectedImprovement } from '../../src-core/optimiser/expectedImprovement/expectedImprovement.ts'
import type { Optimiser } from '../../src-core/optimiser/optimiser.ts'
import { createRandomSearch } from '../../src-core/optimiser/random.ts'
import { createScbo } from '../../src-core/optimiser/scbo/scbo.ts'
import type { GivenScboSettings } from '../../src-core/optimiser/scbo/settings.ts'
import { createSobolSearch } from '../../src-core/optimiser/sobol.ts'
import { createTpe } from '../../src-core/optimiser/tpe/tpe.ts'
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

const scboWith =
  (changed: GivenScboSettings): OptimiserFactory =>
  (space, constraintNames, settings, seed) =>
    createScbo(space, { ...settings, ...changed }, { constraintNames, seed, kernel: createKernel() })

/** In the order of tables and colours. */
export const optimisers: Readonly<Record<string, OptimiserFactory>> = {
  random: (space, _constraintNames, _settings, seed) => createRandomSearch(space, seed),
  sobol: (space, _constraintNames, _settings, seed) => createSobolSearch(space, seed),
  scbo: scboWith({}),
  ei: (space, constraintNames, settings, seed) =>
    createExpectedImprovement(space, settings, { constraintNames, seed, kernel: createKernel() }),
  tpe: (space, constraintNames, { initial }, seed) =>
    createTpe(space, constraintNames, { startup: initial, candidates: 24 }, seed),
}

/** SCBO with one thing changed, for ablations; run when they are named. */
export const variants: Readonly<Record<string, OptimiserFactory>> = {
  'scbo-standardise': scboWith({ objectiveTransform: 'standardise' }),
  'scbo-copula': scboWith({ objectiveTransform: 'copula' }),
  'scbo-bilog': scboWith({ constraintTransform: 'bilog' }),
  'scbo-no-bilog': scboWith({ constraintTransform: 'none' }),
  'scbo-tutorial': scboWith({ objectiveTransform: 'standardise', constraintTransform: 'none', polish: false }),
  'scbo-no-polish': scboWith({ polish: false }),
  'scbo-grow-10': scboWith({ successesToGrow: 10 }),
}

/** @throws {Error} when there is none of that name */
export const optimiserNamed = (name: string): OptimiserFactory => {
  const factory = optimisers[name] ?? variants[name]
  if (factory === undefined)
    throw new Error(`no optimiser ${name}; there are ${Object.keys({ ...optimisers, ...variants }).join(', ')}`)
  return factory
}
