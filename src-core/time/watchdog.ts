/** Time by which a watchdog measures: nobody can set it. */
export interface WatchClock {
  monotonicMs(): number
  /** Calls `callback` once, `delayMs` from now, unless the returned function is called before. */
  after(delayMs: number, callback: () => void): () => void
}

/** How long somebody who works may say nothing. */
export interface WatchLimits {
  /** In any case. */
  readonly leastMs: number
  /** How many times the longest silence of this piece of work so far. */
  readonly times: number
  /** While its pace is not known: before there was a step to go by, and while data are loaded. */
  readonly unknownMs: number
}

/** A batch may be huge, and a machine short of memory: rather too late than a healthy worker ended. */
export const watchLimits: WatchLimits = { leastMs: 120_000, times: 20, unknownMs: 600_000 }

/** Of threads that think without a word until they answer: models of many trials take minutes. */
export const thinkingLimits: WatchLimits = { ...watchLimits, unknownMs: 1_800_000 }

/** So often within the shortest limit it looks. */
const looks = 12
/** Timers of a busy machine are late by less. */
const leastLookMs = 250

/**
 * Notices that somebody says nothing any more who should: a process that was stopped, a driver that hangs, a disk that does
 * not answer. Whoever works shall say so from the middle of the work itself: what only shows that a process is there would
 * hide that it has stopped working. Time in which the watching process did not run either does not count.
 */
export class Watchdog {
  readonly #clock: WatchClock
  readonly #limits: WatchLimits
  readonly #silent: (silentMs: number) => void
  #quietMs = 0
  #lookedAtMs = 0
  #longestMs: number | null = null
  #paced = false
  /** A look came late: how long it was quiet is not known. */
  #late = false
  #stopLooking: (() => void) | null = null

  /** @param silent called once when it was quiet for too long; from then on nothing is watched */
  constructor(clock: WatchClock, silent: (silentMs: number) => void, limits = watchLimits) {
    this.#clock = clock
    this.#silent = silent
    this.#limits = limits
  }

  /** A piece of work begins: something shall be heard from now on. */
  start(): void {
    this.stop()
    this.#quietMs = 0
    this.#longestMs = null
    this.#paced = false
    this.#late = false
    this.#lookedAtMs = this.#clock.monotonicMs()
    this.#lookLater()
  }

  /** @param step whether it was a step of the work, whose pace is one to go by */
  heard(step: boolean): void {
    if (this.#stopLooking === null) return
    this.#look()
    if (step && this.#paced && !this.#late) this.#longestMs = Math.max(this.#longestMs ?? 0, this.#quietMs)
    this.#paced = step
    this.#late = false
    this.#quietMs = 0
  }

  /** Nothing needs to be heard any more. */
  stop(): void {
    this.#stopLooking?.()
    this.#stopLooking = null
  }

  get #limitMs(): number {
    const { leastMs, times, unknownMs } = this.#limits
    return this.#paced && this.#longestMs !== null ? Math.max(leastMs, times * this.#longestMs) : unknownMs
  }

  get #lookMs(): number {
    const { leastMs, unknownMs } = this.#limits
    return Math.min(Math.max(leastLookMs, leastMs / looks), unknownMs)
  }

  /** A look that comes late by far: this process was stopped, or its machine slept, and what was said waits to be heard. */
  #look(): void {
    const nowMs = this.#clock.monotonicMs()
    const passedMs = nowMs - this.#lookedAtMs
    const mostMs = 2 * this.#lookMs
    if (passedMs > mostMs) this.#late = true
    this.#quietMs += Math.min(passedMs, mostMs)
    this.#lookedAtMs = nowMs
  }

  #lookLater(): void {
    this.#stopLooking = this.#clock.after(this.#lookMs, () => {
      this.#look()
      if (this.#quietMs < this.#limitMs) {
        this.#lookLater()
        return
      }
      this.stop()
      this.#silent(this.#quietMs)
    })
  }
}

/** What is said of somebody who was ended because it did not answer, after its name. */
export const saidNothing = (silentMs: number): string =>
  `said nothing for ${Math.max(1, Math.round(silentMs / 1000))} s, and was ended`
