import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Well below a frame of 16 ms: a turn has other work, too. */
const turnMs = 5

/** Does work of many steps in turns of the event loop, so that whatever else waits is served in between. */
export const inTurns = async <Result>(work: Generator<unknown, Result>): Promise<Result> => {
  let until = performance.now() + turnMs
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    if (performance.now() < until) continue
    await nextTurn()
    until = performance.now() + turnMs
  }
}
