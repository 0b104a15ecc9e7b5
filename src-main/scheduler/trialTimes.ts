import type { TrialNumber } from '../../src-core/trial/trial.ts'
import type { Clock } from './clock.ts'

interface Times {
  /** As if it had never been interrupted. */
  readonly sinceMs: number
  readonly pastMs: number
  /** Null: it does not train yet. */
  endLimit: (() => void) | null
}

/** How long the running trials have been with their workers, and which of them have trained for too long. */
export class TrialTimes {
  readonly #clock: Clock
  readonly #limitMs: number | null
  readonly #overdue: (trial: TrialNumber) => void
  readonly #running = new Map<TrialNumber, Times>()

  /**
   * @param limitMs of training and testing; null: none
   * @param overdue called once for each trial that goes on for longer
   */
  constructor(clock: Clock, limitMs: number | null, overdue: (trial: TrialNumber) => void) {
    this.#clock = clock
    this.#limitMs = limitMs
    this.#overdue = overdue
  }

  /** A trial is with its worker from now on. @param pastMs that it has trained before it was interrupted, as its checkpoint has it */
  begin(trial: TrialNumber, pastMs = 0): void {
    this.#running.get(trial)?.endLimit?.()
    this.#running.set(trial, { sinceMs: this.#clock.monotonicMs() - pastMs, pastMs, endLimit: null })
  }

  /** It trains: its limit counts from the first time on. Data that it waited for before are those of all trials. */
  trains(trial: TrialNumber): void {
    const times = this.#running.get(trial)
    if (times === undefined || times.endLimit !== null || this.#limitMs === null) return
    times.endLimit = this.#clock.after(Math.max(0, this.#limitMs - times.pastMs), () => {
      this.#overdue(trial)
    })
  }

  /** Of its attempt so far, and of those that it goes on from. */
  durationMs(trial: TrialNumber): number {
    const nowMs = this.#clock.monotonicMs()
    return nowMs - (this.#running.get(trial)?.sinceMs ?? nowMs)
  }

  end(trial: TrialNumber): void {
    this.#running.get(trial)?.endLimit?.()
    this.#running.delete(trial)
  }

  endAll(): void {
    for (const trial of [...this.#running.keys()]) this.end(trial)
  }
}
