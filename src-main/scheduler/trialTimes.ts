import type { TrialNumber } from '../../src-core/trial/trial.ts'
import type { Clock } from './clock.ts'

/** How long the running trials have been with their workers. */
export class TrialTimes {
  private readonly clock: Clock
  private readonly begun = new Map<TrialNumber, number>()

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** A trial is with its worker from now on. */
  begin(trial: TrialNumber): void {
    this.begun.set(trial, this.clock.monotonicMs())
  }

  /** Of its attempt so far. */
  durationMs(trial: TrialNumber): number {
    const nowMs = this.clock.monotonicMs()
    return nowMs - (this.begun.get(trial) ?? nowMs)
  }

  end(trial: TrialNumber): void {
    this.begun.delete(trial)
  }

  endAll(): void {
    this.begun.clear()
  }
}
