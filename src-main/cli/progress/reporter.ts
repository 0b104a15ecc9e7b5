import type { StudyChange } from '../../../src-core/progress/readModel.ts'
import type { Terminal } from '../terminal.ts'
import type { ProgressView } from './progressView.ts'

/** Shows a run while it goes on. */
export interface Reporter {
  /** The study starts or resumes. */
  started(view: ProgressView): void
  changed(view: ProgressView, change: StudyChange): void
  /** A person asked for the end, once or twice. */
  interrupted(view: ProgressView): void
  /** Something to know that is no progress: lines on stderr, which stay. */
  notice(text: string): void
  /** Nothing more will be shown; what comes next stands below. */
  ended(): void
}

export const createSilentReporter = (terminal: Terminal): Reporter => ({
  started: () => undefined,
  changed: () => undefined,
  interrupted: () => undefined,
  notice(text) {
    terminal.warn(text)
  },
  ended: () => undefined,
})

/** Runs `action` every `intervalMs`, until the returned function is called; never keeps the process alive by itself. */
export const every = (intervalMs: number, action: () => void): (() => void) => {
  const timer = setInterval(action, intervalMs)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}
