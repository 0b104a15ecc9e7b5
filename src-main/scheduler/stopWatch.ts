import type { Clock } from './clock.ts'

/** Time that something has run in all: pauses are left out, and so is time in which the machine slept. */
export class StopWatch {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  #past: number
  #since: number | null = null

  constructor(clock: Pick<Clock, 'monotonicMs'>, pastMs: number) {
    this.#clock = clock
    this.#past = pastMs
  }

  start(): void {
    this.#since ??= this.#clock.monotonicMs()
  }

  stop(): void {
    this.#past = this.elapsedMs()
    this.#since = null
  }

  elapsedMs(): number {
    return this.#since === null ? this.#past : this.#past + this.#clock.monotonicMs() - this.#since
  }
}
