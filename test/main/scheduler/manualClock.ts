import type { Clock } from '../../../src-main/scheduler/clock.ts'

/** A clock that stands still until it is moved: its date and its measure of time are two, as a machine's are. */
export class ManualClock implements Clock {
  #date: number
  #awakeMs = 5_000
  #sleptMs = 0
  #timers: { readonly at: number; readonly callback: () => void }[] = []

  constructor(date = 1_000_000) {
    this.#date = date
  }

  now(): number {
    return this.#date
  }

  monotonicMs(): number {
    return this.#awakeMs
  }

  withSleepMs(): number {
    return this.#awakeMs + this.#sleptMs
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#awakeMs + delayMs, callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** Moves time, and calls what is due on the way, in order. */
  advance(durationMs: number): void {
    const end = this.#awakeMs + durationMs
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
      if (next === undefined) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#pass(Math.max(0, next.at - this.#awakeMs))
      next.callback()
    }
    this.#pass(end - this.#awakeMs)
  }

  /** Time goes by in which this process does not run: its timers are late. */
  stall(durationMs: number): void {
    this.#pass(durationMs)
  }

  /** Somebody sets the date; no time goes by. */
  setForward(byMs: number): void {
    this.#date += byMs
  }

  /** The machine sleeps: the date goes on, and nothing else. */
  sleep(durationMs: number): void {
    this.#date += durationMs
    this.#sleptMs += durationMs
  }

  #pass(durationMs: number): void {
    this.#date += durationMs
    this.#awakeMs += durationMs
  }
}
