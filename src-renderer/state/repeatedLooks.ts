interface RepeatedLooksParts {
  /** Looks, and shows what it found. */
  readonly look: () => Promise<void>
  readonly isVisible: () => boolean
  readonly nowMs: () => number
  /** Runs `action` once after `delayMs`; returns what cancels it. */
  readonly schedule: (action: () => void, delayMs: number) => () => void
}

/** Sooner nobody would notice. */
const leastPauseMs = 2000
/** How many times as long as a look took nothing is looked at: 5 % of the time is spent on it at most, however much there is to see. */
const pauseFactor = 19

/** Looks again and again at what others may change, while somebody can see it. */
export class RepeatedLooks {
  readonly #parts: RepeatedLooksParts
  #cancel: (() => void) | null = null
  #isLooking = false
  #hasEnded = false

  constructor(parts: RepeatedLooksParts) {
    this.#parts = parts
  }

  /** After the first look, which others have seen to. */
  begin(): void {
    this.#plan(leastPauseMs)
  }

  /** What was hidden is out of date when it is seen again. */
  visibilityChanged(): void {
    this.#cancel?.()
    this.#cancel = null
    if (!this.#isLooking) void this.#look()
  }

  end(): void {
    this.#hasEnded = true
    this.#cancel?.()
    this.#cancel = null
  }

  #plan(pauseMs: number): void {
    if (this.#hasEnded || !this.#parts.isVisible()) return
    this.#cancel ??= this.#parts.schedule(() => {
      this.#cancel = null
      void this.#look()
    }, pauseMs)
  }

  async #look(): Promise<void> {
    const { look, isVisible, nowMs } = this.#parts
    if (this.#hasEnded || !isVisible()) return
    this.#isLooking = true
    const beganMs = nowMs()
    try {
      await look()
    } finally {
      this.#isLooking = false
      this.#plan(Math.max(leastPauseMs, pauseFactor * (nowMs() - beganMs)))
    }
  }
}
