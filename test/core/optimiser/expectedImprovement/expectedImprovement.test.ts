import { createExpectedImprovement } from '../../../../src-core/optimiser/expectedImprovement/expectedImprovement.ts'
import { numericKernel } from '../../../support/numericKernel.ts'
import { describeOptimiser } from '../contract.ts'

const constraints = ['silence:excitatory']

describeOptimiser(
  'Expected improvement',
  (space, seed) => createExpectedImprovement(space, constraints, { initial: 4 }, seed, numericKernel()),
  0.06,
)
