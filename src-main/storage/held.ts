/** Patience with a database that another program holds: a backup or a browser of databases, for seconds or for a night. */
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { Clock } from '../scheduler/clock.ts'

const retryMs = 500

export const isHeldError = (error: unknown): error is SpiketuneError =>
  error instanceof SpiketuneError && error.code === 'database-locked'

/**
 * Steps that each store something first. One that finds the database held waits, and those that come after it wait behind it;
 * it is made again until it could be stored, between which everything else has its turn.
 */
export class HeldSteps {
  readonly #clock: Pick<Clock, 'after'>
  readonly #changed: () => void
  readonly #failed: (error: unknown) => void
  readonly #steps: (() => void)[] = []

  /** @param changed told when the first step begins to wait, and when none does any more @param failed told what else a waiting step threw */
  constructor(clock: Pick<Clock, 'after'>, changed: () => void, failed: (error: unknown) => void) {
    this.#clock = clock
    this.#changed = changed
    this.#failed = failed
  }

  get isHeld(): boolean {
    return this.#steps.length > 0
  }

  /** @param step must change nothing before it has stored what it stores @throws what it throws, unless the database is held */
  run(step: () => void): void {
    if (this.isHeld) {
      this.#steps.push(step)
      return
    }
    try {
      step()
    } catch (error) {
      if (!isHeldError(error)) throw error
      // A step within this one may have been held before it.
      const isFirst = !this.isHeld
      this.#steps.unshift(step)
      if (!isFirst) return
      this.#changed()
      this.#retryLater()
    }
  }

  /** Makes the waiting steps, as far as the database lets it. @returns whether none waits any more */
  flush(): boolean {
    if (!this.isHeld) return true
    for (let step = this.#steps[0]; step !== undefined; step = this.#steps[0]) {
      try {
        step()
      } catch (error) {
        if (isHeldError(error)) return false
        this.#failed(error)
      }
      // What failed may have cleared them all.
      this.#steps.shift()
    }
    this.#changed()
    return true
  }

  /** Forgets what waits. */
  clear(): void {
    this.#steps.length = 0
  }

  #retryLater(): void {
    this.#clock.after(retryMs, () => {
      if (this.isHeld && !this.flush()) this.#retryLater()
    })
  }
}

/**
 * Does what a person asks of a study as soon as its database is free, for a minute at most.
 * @param held told once, when it has to wait
 * @throws SpiketuneError database-locked, and whatever `action` throws
 */
export const patiently = async <Result>(
  clock: Pick<Clock, 'after'>,
  action: () => Result | Promise<Result>,
  held: (error: SpiketuneError) => void,
): Promise<Result> => {
  for (let left = 60_000; ; left -= retryMs) {
    try {
      return await action()
    } catch (error) {
      if (!isHeldError(error) || left <= 0) throw error
      if (left === 60_000) held(error)
      await new Promise<void>((resolve) => {
        clock.after(retryMs, resolve)
      })
    }
  }
}
