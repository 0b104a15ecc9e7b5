import type { OpenStudy } from '../../studies/studyService.ts'
import type { HandledSignal } from '../exitCodes.ts'
import type { Interruption } from '../progress/progressView.ts'

export interface InterruptionControl {
  /** The first signal; null when there was none. */
  readonly signal: HandledSignal | null
  /** Each signal goes a step further; a terminal that is gone wants no trial to come to its end. */
  receive(signal: HandledSignal): void
  /** The study runs: signals act from now on, those that came before at once. */
  begin(): void
  /** Resolves when what was begun is done. @throws what draining or stopping threw */
  done(): Promise<void>
}

type Step = Exclude<Interruption, 'none'>

/**
 * @param finish whether the first signal lets running trials come to their ends
 * @param changed called with each step towards the end, before it is taken
 */
export const createInterruption = (
  study: Pick<OpenStudy, 'drain' | 'pauseNow' | 'stop'>,
  finish: boolean,
  changed: (state: Interruption) => void,
): InterruptionControl => {
  const actions: Readonly<Record<Step, () => Promise<void>>> = {
    draining: () => study.drain(),
    pausing: () => study.pauseNow(),
    stopping: () => study.stop(),
  }
  const left: Step[] = [...(finish ? (['draining'] as const) : []), 'pausing', 'stopping']
  let first: HandledSignal | null = null
  let waiting: HandledSignal[] | null = []
  const begun: Promise<void>[] = []

  const act = (signal: HandledSignal): void => {
    if (signal === 'SIGHUP' && left[0] === 'draining') left.shift()
    const next = left.shift()
    if (next === undefined) return
    changed(next)
    const promise = actions[next]()
    // Awaited by `done`; until then a failure must not count as unhandled.
    promise.catch(() => undefined)
    begun.push(promise)
  }
  return {
    get signal() {
      return first
    },
    receive(signal) {
      first ??= signal
      if (waiting === null) act(signal)
      else waiting.push(signal)
    },
    begin() {
      const before = waiting ?? []
      waiting = null
      before.forEach(act)
    },
    async done() {
      await Promise.all(begun)
    },
  }
}
