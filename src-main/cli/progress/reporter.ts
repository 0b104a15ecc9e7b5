import type { StudyChange } from '../../../src-core/progress/readModel.ts'
import type { ProgressView } from './progressView.ts'

/** Shows a run while it goes on. */
export interface Reporter {
  /** The study starts or resumes. */
  started(view: ProgressView): void
  changed(view: ProgressView, change: StudyChange): void
  /** A person asked for the end, once or twice. */
  interrupted(view: ProgressView): void
  /** Nothing more will be shown; what comes next stands below. */
  ended(): void
}

export const silentReporter: Reporter = {
  started: () => undefined,
  changed: () => undefined,
  interrupted: () => undefined,
  ended: () => undefined,
}

/** Runs `action` every `intervalMs`, until the returned function is called; never keeps the process alive by itself. */
export function every(intervalMs: number, action: () => void): () => void {
  const timer = setInterval(action, intervalMs)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}
