import type { Confirmation, ConfirmationOutcome, ConfirmationRun } from '../../src-core/confirmation/confirmation.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Failure, Outcome } from '../../src-core/trial/measurement.ts'
import type { Clock } from '../scheduler/clock.ts'
import { DeviceLosses } from '../scheduler/deviceLosses.ts'
import { HeldSteps } from '../storage/held.ts'
import { type WorkerDeath, WorkerPool } from '../workers/workerPool.ts'
import type { WorkerLane } from '../devices/workerLanes.ts'
import type { WorkerHost } from '../workers/workerHost.ts'

/** Where confirmations become durable; each call is one transaction. @throws SpiketuneError */
export interface ConfirmationJournal {
  confirmations(): Confirmation[]
  confirmationBegun(confirmation: Confirmation): void
  confirmationState(id: number, state: Confirmation['state'], message: string | null): void
  confirmationRun(id: number, index: number, outcome: ConfirmationOutcome): void
}

export interface ActiveParts {
  readonly definition: StudyDefinition
  readonly journal: ConfirmationJournal
  readonly clock: Clock
  readonly workerHost: WorkerHost
  /** Where its workers run. @throws {SpiketuneError} worker-unavailable */
  readonly lanes: () => Promise<readonly WorkerLane[]>
  requestFor(run: ConfirmationRun, index: number): EvaluationRequest
  changed(confirmation: Confirmation): void
}

/** One confirmation under way: its runs go to workers, each is stored when it ends. */
export class ActiveConfirmation {
  #confirmation: Confirmation
  readonly #parts: ActiveParts
  /** Null: where its workers run is not known yet. */
  #pool: WorkerPool | null = null
  /** Indices of runs that no worker has, in order. */
  readonly #waiting: number[]
  /** Attempts by index of run. */
  readonly #attempts = new Map<number, number>()
  readonly #losses = new DeviceLosses()
  #ended = false
  readonly #held: HeldSteps

  constructor(confirmation: Confirmation, parts: ActiveParts) {
    this.#confirmation = confirmation
    this.#parts = parts
    this.#held = new HeldSteps(
      parts.clock,
      () => {
        parts.changed(this.#confirmation)
      },
      (error) => {
        this.#cannotStore(error)
      },
    )
    this.#waiting = confirmation.runs.flatMap(({ outcome }, index) => (outcome === null ? [index] : []))
  }

  /** Another program holds the database. */
  get isHeld(): boolean {
    return this.#held.isHeld
  }

  async begin(workers: () => number): Promise<void> {
    let lanes: readonly WorkerLane[]
    try {
      lanes = await this.#parts.lanes()
    } catch (error) {
      await this.end('stopped', error instanceof Error ? error.message : String(error))
      return
    }
    // Meanwhile it may have been called off.
    if (this.#ended) return
    this.#pool = this.#createPool(lanes)
    this.#pool.resize(Math.max(1, Math.min(workers(), this.#waiting.length)))
    this.#dispatch()
  }

  #createPool(lanes: readonly WorkerLane[]): WorkerPool {
    return new WorkerPool(
      this.#parts.workerHost,
      {
        free: () => {
          this.#dispatch()
        },
        progress: () => undefined,
        epochEnded: () => null,
        outcome: (index, outcome) => {
          if (outcome.kind === 'failed' && failsAll(outcome.failure)) {
            void this.end('stopped', outcome.failure.message)
            return
          }
          this.#guarded(() => {
            this.#finish(index, ofOutcome(outcome))
          })
        },
        died: (index, death) => {
          this.#losses.lost(index, death.device)
          this.#guarded(() => {
            this.#retry(index, death)
          })
        },
        unavailable: (message) => void this.end('stopped', `Every worker has died: ${message}.`),
      },
      lanes,
      { clock: this.#parts.clock },
    )
  }

  async end(state: 'finished' | 'stopped', message: string | null): Promise<void> {
    if (this.#ended) {
      // All runs are done, and that this is so waits for another program: whoever stops now does not.
      if (state === 'stopped' && this.isHeld) this.#close('stopped', message)
      return
    }
    this.#ended = true
    await this.#pool?.close()
    const store = (): void => {
      this.#parts.journal.confirmationState(this.#confirmation.id, state, message)
      this.#close(state, message)
    }
    try {
      if (state === 'finished') this.#held.run(store)
      else store()
    } catch (error) {
      this.#close(state, messageOf(error))
    }
  }

  #close(state: Confirmation['state'], message: string | null): void {
    this.#held.clear()
    this.#update({ ...this.#confirmation, state, message })
  }

  #dispatch(): void {
    const pool = this.#pool
    if (pool === null) return
    for (const worker of pool.idle()) {
      const [device, alive] = [pool.deviceOf(worker), pool.devices()]
      const index = this.#waiting.find((waiting) => this.#losses.mayRun(waiting, device, alive))
      const run = index === undefined ? undefined : this.#confirmation.runs[index]
      if (index === undefined || run === undefined) continue
      this.#waiting.splice(this.#waiting.indexOf(index), 1)
      this.#attempts.set(index, (this.#attempts.get(index) ?? 0) + 1)
      pool.evaluate(worker, this.#parts.requestFor(run, index))
    }
  }

  #retry(index: number, { reason, message, lastWords: details }: WorkerDeath): void {
    if ((this.#attempts.get(index) ?? 0) < this.#parts.definition.attempts) this.#waiting.unshift(index)
    else this.#finish(index, { kind: 'failed', failure: { reason, message, details } })
  }

  #finish(index: number, outcome: ConfirmationOutcome): void {
    if (this.#ended) return
    this.#parts.journal.confirmationRun(this.#confirmation.id, index, outcome)
    const runs = this.#confirmation.runs.map((run, at) => (at === index ? { ...run, outcome } : run))
    this.#update({ ...this.#confirmation, runs })
    if (runs.every((run) => run.outcome !== null)) void this.end('finished', null)
    else this.#dispatch()
  }

  /** What cannot be stored ends the confirmation; what was stored stays. */
  #guarded(step: () => void): void {
    try {
      this.#held.run(step)
    } catch (error) {
      this.#cannotStore(error)
    }
  }

  #cannotStore(error: unknown): void {
    if (this.#ended) this.#close('stopped', messageOf(error))
    else void this.end('stopped', messageOf(error))
  }

  #update(confirmation: Confirmation): void {
    this.#confirmation = confirmation
    this.#parts.changed(confirmation)
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Failures that no other run would escape: nothing is trained any more, and the runs can be continued. */
const failsAll = ({ reason }: Failure): boolean => reason === 'dataset' || reason === 'disk-full'

const ofOutcome = (outcome: Outcome): ConfirmationOutcome => {
  if (outcome.kind === 'failed') return outcome
  const { objective, constraints, metrics, trainDurationMs, testDurationMs } = outcome.measurement
  return {
    kind: 'measured',
    accuracy: metrics['accuracy'] ?? objective,
    constraints,
    metrics,
    stopped: outcome.kind === 'stopped',
    durationMs: trainDurationMs + testDurationMs,
  }
}
