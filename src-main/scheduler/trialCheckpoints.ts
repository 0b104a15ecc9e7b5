import { type CheckpointPlace, placeText } from '../../src-core/checkpoint/checkpointHead.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type TrialNumber, trialNumber } from '../../src-core/trial/trial.ts'
import type { PoolListener } from '../workers/workerPool.ts'
import type { CheckpointEvent, SchedulerPorts } from './ports.ts'
import type { Pruner } from './pruner.ts'
import type { TrialTimes } from './trialTimes.ts'

interface Parts extends Pick<SchedulerPorts, 'checkpoints' | 'journal'> {
  readonly pruner: Pruner
  readonly times: TrialTimes
  readonly isRunning: (trial: TrialNumber) => boolean
  /** Stores what happens, now or later. */
  readonly guarded: (step: () => void) => void
}

const goesOn = 'Training goes on; what is interrupted goes on from the checkpoint before, if there is one.'

/** Hears what workers do with the checkpoints of running trials. */
export class TrialCheckpoints implements Required<Pick<PoolListener, 'resumed' | 'beginsAnew' | 'checkpoint'>> {
  readonly #parts: Parts
  /** Trials of which it is known that none can be written. */
  readonly #failing = new Set<number>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** A trial is with a worker. */
  begin(trial: TrialNumber): void {
    this.#parts.times.begin(trial, this.#parts.checkpoints.placeOf(trial)?.spentMs)
  }

  /** It has ended, or waits again. */
  left(trial: TrialNumber, waits: boolean): void {
    const { checkpoints, pruner } = this.#parts
    this.#failing.delete(trial)
    if (this.#failing.size === 0) checkpoints.told(null)
    if (!waits) checkpoints.remove(trial)
    else if (checkpoints.placeOf(trial) === null) pruner.forget(trial)
  }

  readonly resumed = (number: number, from: CheckpointPlace, accuracies: readonly (number | null)[]): void => {
    if (!this.#parts.isRunning(trialNumber(number))) return
    this.#parts.pruner.resumed(number, accuracies)
    this.#note(number, 'resumed', placeText(from))
  }

  readonly beginsAnew = (number: number, problem: string): void => {
    const { isRunning, pruner, times, checkpoints } = this.#parts
    const trial = trialNumber(number)
    if (!isRunning(trial)) return
    pruner.forget(number)
    times.begin(trial)
    checkpoints.remove(number)
    checkpoints.told(`Trial ${number} begins anew. ${problem}`)
    this.#note(number, 'begins-anew', problem)
  }

  readonly checkpoint = (number: number, place: CheckpointPlace | string): void => {
    const { isRunning, checkpoints } = this.#parts
    if (!isRunning(trialNumber(number))) return
    if (typeof place !== 'string') {
      this.#failing.delete(number)
      checkpoints.written(number, place)
      if (this.#failing.size === 0) checkpoints.told(null)
      return
    }
    checkpoints.told(`${place} ${goesOn}`)
    if (!this.#failing.has(number)) this.#note(number, 'checkpoint-failed', place)
    this.#failing.add(number)
  }

  #note(number: number, kind: CheckpointEvent, detail: string): void {
    this.#parts.guarded(() => {
      try {
        this.#parts.journal.checkpointNoted(number, kind, detail)
      } catch (error) {
        // Training goes on where there is no room for a word on it; what it comes to is worth more.
        if (!(error instanceof SpiketuneError && error.code === 'disk-full')) throw error
      }
    })
  }
}
