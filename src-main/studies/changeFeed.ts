import type { StudyChange, TrialRow } from '../../src-core/progress/readModel.ts'

/** Runs `action` once after `delayMs`; returns what cancels it. */
export type Schedule = (action: () => void, delayMs: number) => () => void

const realSchedule: Schedule = (action, delayMs) => {
  const timer = setTimeout(action, delayMs)
  return () => {
    clearTimeout(timer)
  }
}

/** How many times as long as its last work a page is left alone: it is busy for a third of the time at most. */
const restFactor = 2
/** A study is told of at last, however slow its page is. */
const longestRestMs = 10_000

interface Pending {
  readonly summary: StudyChange['summary']
  readonly trials: Map<number, TrialRow>
}

interface ChangeFeedParts {
  readonly send: (change: StudyChange) => void
  /** Between two looks of a page that has nothing else to do. */
  readonly intervalMs: number
  readonly nowMs: () => number
  readonly schedule?: Schedule
}

/**
 * Joins the changes of each study and passes them on at most once per interval: a window needs the latest state of
 * each trial, not each step towards it. The first change after a quiet time is passed on after one interval too, so
 * that a burst costs one update. Nothing is passed on before the page has shown what it got last, and has then rested for twice as
 * long: on a busy machine, or with many trials, it shows less often, never something out of date, and answers the person.
 */
export class ChangeFeed {
  readonly #pending = new Map<string, Pending>()
  readonly #parts: ChangeFeedParts
  readonly #schedule: Schedule
  #cancel: (() => void) | null = null
  /** When the page was sent what it has not shown yet; null: it has shown all. */
  #sentMs: number | null = null
  #restMs = 0

  constructor(parts: ChangeFeedParts) {
    this.#parts = parts
    this.#schedule = parts.schedule ?? realSchedule
  }

  /** @param withTrials false: nobody looks at this study's trials, its summary is enough */
  push(change: StudyChange, withTrials: boolean): void {
    const folder = change.summary.folder
    const trials = this.#pending.get(folder)?.trials ?? new Map<number, TrialRow>()
    if (withTrials) for (const trial of change.trials) trials.set(trial.number, trial)
    this.#pending.set(folder, { summary: change.summary, trials })
    if (this.#sentMs === null) this.#plan()
  }

  /** The page has shown what it was sent, or has begun to listen. */
  shown(): void {
    if (this.#sentMs !== null) {
      this.#restMs = Math.min(longestRestMs, restFactor * (this.#parts.nowMs() - this.#sentMs))
    }
    this.#sentMs = null
    if (this.#pending.size > 0) this.#plan()
  }

  /** Passes on what is pending now, whatever the page does. */
  flush(): void {
    this.#cancel?.()
    this.#cancel = null
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    if (pending.length > 0) this.#sentMs = this.#parts.nowMs()
    for (const { summary, trials } of pending) this.#parts.send({ summary, trials: [...trials.values()] })
  }

  dispose(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#pending.clear()
  }

  #plan(): void {
    this.#cancel ??= this.#schedule(
      () => {
        this.flush()
      },
      Math.max(this.#parts.intervalMs, this.#restMs),
    )
  }
}
