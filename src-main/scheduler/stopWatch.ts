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
    // A clock that was set back must not make time run backwards.
    return this.past + (this.since === null ? 0 : Math.max(0, this.clock.now() - this.since))
  }
}
