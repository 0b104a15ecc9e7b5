import { createScbo } from '../../../../src-core/optimiser/scbo/scbo.ts'
import { numericKernel } from '../../../support/numericKernel.ts'
import { describeRobustness, historyConstraints } from '../arbitraryHistory.ts'
import { describeOptimiser } from '../contract.ts'

const constraints = ['silence:excitatory']
/** Few candidates and features: the rules are the same, and a run takes a tenth of the time. */
const small = { initial: 4, candidates: 100, features: 64 }

describeOptimiser('SCBO', (space, seed) => createScbo(space, constraints, small, seed, numericKernel()), 0.2)

describeRobustness('SCBO', (space, seed) => createScbo(space, historyConstraints, small, seed, numericKernel()), 150)
