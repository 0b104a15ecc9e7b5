import type { StudyChange, TrialRow } from '../../src-core/progress/readModel.ts'

/** Runs `action` once after `delayMs`; returns what cancels it. */
export type Schedule = (action: () => void, delayMs: number) => () => void

const realSchedule: Schedule = (action, delayMs) => {
  const timer = setTimeout(action, delayMs)
  return () => {
    clearTimeout(timer)
  }
}

/** Up to this many trials, a view is drawn anew in a few milliseconds. */
const fewTrials = 10_000
const slowestFactor = 10

/** How many times as rarely a study is told of, so that the work of drawing all of its trials anew leaves time for the person. */
export const slowdown = ({ counts }: StudyChange['summary']): number => {
  const trials = counts.waiting + counts.running + counts.complete + counts.stopped + counts.failed
  return Math.min(slowestFactor, Math.max(1, trials / fewTrials))
}

interface Pending {
  readonly summary: StudyChange['summary']
  readonly trials: Map<number, TrialRow>
}

/**
 * Joins the changes of each study and passes them on at most once per interval: a window needs the latest state of
 * each trial, not each step towards it. The first change after a quiet time is passed on after one interval too, so
 * that a burst costs one update. A large study is told of more rarely.
 */
export class ChangeFeed {
  readonly #pending = new Map<string, Pending>()
  readonly #send: (change: StudyChange) => void
  readonly #schedule: Schedule
  readonly #intervalMs: number
  #cancel: (() => void) | null = null

  constructor(send: (change: StudyChange) => void, intervalMs: number, schedule: Schedule = realSchedule) {
    this.#send = send
    this.#intervalMs = intervalMs
    this.#schedule = schedule
  }

  /** @param withTrials false: nobody looks at this study's trials, its summary is enough */
  push(change: StudyChange, withTrials: boolean): void {
    const folder = change.summary.folder
    const trials = this.#pending.get(folder)?.trials ?? new Map<number, TrialRow>()
    if (withTrials) for (const trial of change.trials) trials.set(trial.number, trial)
    this.#pending.set(folder, { summary: change.summary, trials })
    this.#cancel ??= this.#schedule(
      () => {
        this.flush()
      },
      this.#intervalMs * (withTrials ? slowdown(change.summary) : 1),
    )
  }

  /** Passes on what is pending now. */
  flush(): void {
    this.#cancel?.()
    this.#cancel = null
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const { summary, trials } of pending) this.#send({ summary, trials: [...trials.values()] })
  }

  dispose(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#pending.clear()
  }
}
