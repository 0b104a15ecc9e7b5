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

const lookEveryMs = 10_000
/** The two measures are read one after the other, and to a hundredth of a second. */
const leastMs = 2000

/** Notices that the machine slept while something ran. */
export class SleepWatch {
  readonly #clock: Clock
  readonly #slept: (durationMs: number) => void
  #knownMs = 0
  #stopLooking: (() => void) | null = null

  /** @param slept told of each sleep, soon after it */
  constructor(clock: Clock, slept: (durationMs: number) => void) {
    this.#clock = clock
    this.#slept = slept
  }

  start(): void {
    if (this.#stopLooking !== null) return
    this.#knownMs = this.#sleepMs
    this.#lookLater()
  }

  stop(): void {
    this.#stopLooking?.()
    this.#stopLooking = null
  }

  /** Since the start of the machine, and some constant. */
  get #sleepMs(): number {
    return this.#clock.withSleepMs() - this.#clock.monotonicMs()
  }

  #lookLater(): void {
    this.#stopLooking = this.#clock.after(lookEveryMs, () => {
      this.#lookLater()
      const durationMs = this.#sleepMs - this.#knownMs
      if (durationMs < leastMs) return
      this.#knownMs = this.#sleepMs
      this.#slept(durationMs)
    })
  }
}
