import type { TrialRow } from '../../../src-core/progress/readModel.ts'
import type { Terminal } from '../terminal.ts'
import { type JsonLine, toJsonLine } from './jsonLines.ts'
import { every, type Reporter } from './reporter.ts'
import type { ProgressView } from './progressView.ts'

const progressEveryMs = 1000

/** One JSON object a line, for scripts. */
export const createJsonReporter = (terminal: Terminal): Reporter => {
  const states = new Map<number, string>()
  let shown: ProgressView | null = null
  let view: ProgressView | null = null
  let stopProgress = (): void => undefined

  const print = (line: JsonLine): void => {
    terminal.print(toJsonLine(line))
  }
  /** False for changes within a state, and for what is told of trials that ended before this run. */
  const isNewState = ({ number, state, attempt, endedAtMs }: TrialRow): boolean => {
    const before = states.get(number)
    const now = `${state} ${attempt}`
    states.set(number, now)
    return before !== now && (before !== undefined || endedAtMs === null)
  }
  return {
    started(next) {
      view = next
      shown = next
      print({ type: 'study', summary: next.summary })
      stopProgress = every(progressEveryMs, () => {
        if (view === null || view === shown) return
        shown = view
        print({ type: 'progress', summary: view.summary, running: [...view.running] })
      })
    },
    changed(next, change) {
      view = next
      for (const trial of change.trials.filter(isNewState)) print({ type: 'trial', trial })
    },
    interrupted(next) {
      view = next
      if (next.interruption === 'none') return
      print({ type: 'interrupted', action: next.interruption, running: next.running.length })
    },
    notice(text) {
      terminal.warn(text)
    },
    ended() {
      stopProgress()
    },
  }
}
