import { uptime } from 'node:os'

/**
 * Time as an argument, so that tests own it. It has two faces: a date is shown and stored, and whoever sets the machine's
 * clock changes it; what is measured is a difference of `monotonicMs`, which nobody can set.
 */
export interface Clock {
  /** The date: milliseconds since 1970. Never to be measured with. */
  now(): number
  /** Milliseconds since some moment of the past in which this machine was awake: it stands still while the machine sleeps. */
  monotonicMs(): number
  /** The same with the time in which the machine slept. */
  withSleepMs(): number
  /** Calls `callback` once, when this machine has been awake for `delayMs`, unless the returned function is called before. */
  after(delayMs: number, callback: () => void): () => void
}

/** Node fires a timer of more at once. */
const longestTimerMs = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  // CLOCK_MONOTONIC, which on Linux does not count sleep; the time since the start of the machine does.
  monotonicMs: () => performance.now(),
  withSleepMs: () => uptime() * 1000,
  after(delayMs, callback) {
    let left = delayMs
    let timer: ReturnType<typeof setTimeout>
    const wait = (): void => {
      const part = Math.min(left, longestTimerMs)
      left -= part
      timer = setTimeout(left > 0 ? wait : callback, part)
    }
    wait()
    return () => {
      clearTimeout(timer)
    }
  },
}
