import { withAsksAhead } from '../../../src-core/optimiser/asksAhead.ts'
import { createOptimiser } from '../../../src-core/optimiser/create.ts'
import { numericKernel } from '../../support/numericKernel.ts'
import type { OptimiserHost } from '../../../src-main/scheduler/optimiserService.ts'

/** Optimisers that think here, by the rule of the thread: for tests that own the time. */
export const inProcessOptimiserHost: OptimiserHost = {
  start(definition, told) {
    const { initial, tell, ask } = withAsksAhead(createOptimiser(definition, numericKernel))
    let thinking = told.reduce(tell, initial)
    return {
      tell(trial) {
        thinking = tell(thinking, trial)
      },
      ask(number, pending) {
        const { answer, next } = ask(thinking, number, pending)
        thinking = next
        return Promise.resolve(answer)
      },
      close: () => Promise.resolve(),
    }
  },
}
