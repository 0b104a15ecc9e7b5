import { createExpectedImprovement } from '../../../../src-core/optimiser/expectedImprovement/expectedImprovement.ts'
import { numericKernel } from '../../../support/numericKernel.ts'
import { describeRobustness, historyConstraints } from '../arbitraryHistory.ts'
import { describeOptimiser } from '../contract.ts'

const constraints = ['silence:excitatory']

describeOptimiser(
  'Expected improvement',
  (space, seed) => createExpectedImprovement(space, constraints, { initial: 4 }, seed, numericKernel()),
  0.02,
)

describeRobustness(
  'Expected improvement',
  (space, seed) => createExpectedImprovement(space, historyConstraints, { initial: 4 }, seed, numericKernel()),
  15,
)
