import { createScbo } from '../../../../src-core/optimiser/scbo/scbo.ts'
import type { Seed } from '../../../../src-core/random/seed.ts'
import type { SearchSpace } from '../../../../src-core/space/parameter.ts'
import { numericKernel } from '../../../support/numericKernel.ts'
import { describeRobustness, historyConstraints } from '../arbitraryHistory.ts'
import { describeOptimiser } from '../contract.ts'

/** Few candidates and features: the rules are the same, and a run takes a tenth of the time. */
const small = { initial: 4, candidates: 100, features: 64 }
const create = (space: SearchSpace, seed: Seed, constraintNames: readonly string[]) =>
  createScbo(space, small, { constraintNames, seed, kernel: numericKernel() })

describeOptimiser('SCBO', (space, seed) => create(space, seed, ['silence:excitatory']), 0.2)

describeRobustness('SCBO', (space, seed) => create(space, seed, historyConstraints), 150)
