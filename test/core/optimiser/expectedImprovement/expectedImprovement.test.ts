import { createExpectedImprovement } from '../../../../src-core/optimiser/expectedImprovement/expectedImprovement.ts'
import type { Seed } from '../../../../src-core/random/seed.ts'
import type { SearchSpace } from '../../../../src-core/space/parameter.ts'
import { numericKernel } from '../../../support/numericKernel.ts'
import { describeRobustness, historyConstraints } from '../arbitraryHistory.ts'
import { describeOptimiser } from '../contract.ts'

const create = (space: SearchSpace, seed: Seed, constraintNames: readonly string[]) =>
  createExpectedImprovement(space, { initial: 4 }, { constraintNames, seed, kernel: numericKernel() })

describeOptimiser('Expected improvement', (space, seed) => create(space, seed, ['silence:excitatory']), 0.02)

describeRobustness('Expected improvement', (space, seed) => create(space, seed, historyConstraints), 15)
