import type { OpenStudy } from '../../studies/studyService.ts'
import type { HandledSignal } from '../exitCodes.ts'
import type { Interruption } from '../progress/progressView.ts'

export interface InterruptionControl {
  /** The first signal; null when there was none. */
  readonly signal: HandledSignal | null
  /** Ctrl-C and kill drain first and stop the second time; a terminal that is gone can do neither, so it stops. */
  receive(signal: HandledSignal): void
  /** The study runs: signals act from now on, those that came before at once. */
  begin(): void
  /** Resolves when what was begun is done. @throws what draining or stopping threw */
  done(): Promise<void>
}

/** @param changed called with each step towards the end, before it is taken */
export const createInterruption = (
  study: Pick<OpenStudy, 'drain' | 'stop'>,
  changed: (state: Interruption) => void,
): InterruptionControl => {
  let state: Interruption = 'none'
  let first: HandledSignal | null = null
  let waiting: HandledSignal[] | null = []
  const begun: Promise<void>[] = []

  const move = (next: Interruption, action: () => Promise<void>): void => {
    state = next
    changed(next)
    const promise = action()
    // Awaited by `done`; until then a failure must not count as unhandled.
    promise.catch(() => undefined)
    begun.push(promise)
  }
  const act = (signal: HandledSignal): void => {
    if (state === 'none' && signal !== 'SIGHUP') move('draining', () => study.drain())
    else if (state !== 'stopping') move('stopping', () => study.stop())
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
