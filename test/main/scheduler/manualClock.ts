import type { Clock } from '../../../src-main/scheduler/clock.ts'

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  private time: number
  private timers: { readonly at: number; readonly callback: () => void }[] = []

  constructor(time = 1_000_000) {
    this.time = time
  }

  now(): number {
    return this.time
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.time + delayMs, callback }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  /** Moves time, and calls what is due on the way, in order. */
  advance(durationMs: number): void {
    const end = this.time + durationMs
    for (;;) {
      const [next] = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
      if (next === undefined) break
      this.timers = this.timers.filter((timer) => timer !== next)
      this.time = next.at
      next.callback()
    }
    this.time = end
  }
}
