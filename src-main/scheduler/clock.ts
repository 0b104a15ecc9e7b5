/** Time as an argument, so that tests own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls `callback` once, `delayMs` from now, unless the returned function is called before. */
  after(delayMs: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return () => {
      clearTimeout(timer)
    }
  },
}
