import type { Clock } from './clock.ts'

/** Time that something has run in all, pauses left out. */
export class StopWatch {
  private readonly clock: Clock
  private past: number
  private since: number | null = null

  constructor(clock: Clock, pastMs: number) {
    this.clock = clock
    this.past = pastMs
  }

  start(): void {
    this.since ??= this.clock.now()
  }

  stop(): void {
    this.past = this.elapsedMs()
    this.since = null
  }

  elapsedMs(): number {
    if (this.since === null) return this.past
    // Counted from look to look: a clock that was set back must not make time run backwards, nor stand still for long.
    const now = this.clock.now()
    this.past += Math.max(0, now - this.since)
    this.since = now
    return this.past
  }
}
