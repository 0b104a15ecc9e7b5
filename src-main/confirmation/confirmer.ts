import { planConfirmation } from '../../src-core/confirmation/plan.ts'
import type {
  Confirmation,
  ConfirmationOutcome,
  ConfirmationRun,
  ConfirmationSettings,
} from '../../src-core/confirmation/confirmation.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Outcome } from '../../src-core/trial/measurement.ts'
import type { Trial } from '../../src-core/trial/trial.ts'
import type { Clock } from '../scheduler/clock.ts'
import { DeviceLosses } from '../scheduler/deviceLosses.ts'
import { WorkerPool } from '../workers/workerPool.ts'
import type { WorkerLane } from '../devices/workerLanes.ts'
import type { WorkerHost } from '../workers/workerHost.ts'

/** Where confirmations become durable; each call is one transaction. @throws SpiketuneError */
export interface ConfirmationJournal {
  confirmations(): Confirmation[]
  confirmationBegun(confirmation: Confirmation): void
  confirmationState(id: number, state: Confirmation['state'], message: string | null): void
  confirmationRun(id: number, index: number, outcome: ConfirmationOutcome): void
}

export interface ConfirmerParts {
  readonly definition: StudyDefinition
  readonly journal: ConfirmationJournal
  readonly clock: Clock
  readonly workerHost: WorkerHost
  /** Where its workers run. @throws {SpiketuneError} worker-unavailable */
  readonly lanes: () => Promise<readonly WorkerLane[]>
  /** How many networks to train at the same time. */
  readonly workers: () => number
  readonly trial: (number: number) => Trial | null
  /** A confirmation has changed, durably. */
  readonly changed: (confirmation: Confirmation) => void
}

/**
 * Confirms trials of one study, one confirmation at a time, with workers of its own: it may run beside the study, whose
 * trials then take longer. Each run is stored when it ends; what an application left unfinished can be continued.
 */
export class Confirmer {
  private readonly parts: ConfirmerParts
  private readonly known: Map<number, Confirmation>
  private active: ActiveConfirmation | null = null
  private readonly whenIdle: (() => void)[] = []

  constructor(parts: ConfirmerParts) {
    this.parts = parts
    // What was running when its application died has stopped.
    this.known = new Map(
      parts.journal
        .confirmations()
        .map((found) => [found.id, found.state === 'running' ? { ...found, state: 'stopped' } : found]),
    )
  }

  get isRunning(): boolean {
    return this.active !== null
  }

  /** The latest first. */
  list(): Confirmation[] {
    return [...this.known.values()].sort((a, b) => b.id - a.id)
  }

  /** @throws SpiketuneError confirmation-not-possible */
  start(settings: ConfirmationSettings): Confirmation {
    this.refuseWhileRunning()
    if (this.parts.definition.log !== undefined) {
      throw notPossible('The study holds an imported evaluation log: nothing can be trained in it.')
    }
    for (const number of settings.trials) this.configurationOf(number)
    const confirmation: Confirmation = {
      id: Math.max(0, ...this.known.keys()) + 1,
      startedAtMs: this.parts.clock.now(),
      state: 'running',
      message: null,
      runs: planConfirmation(this.parts.definition.seeds.optimiser, settings),
    }
    this.parts.journal.confirmationBegun(confirmation)
    return this.run(confirmation)
  }

  /** Goes on with one that stopped: its runs without an outcome. @throws SpiketuneError confirmation-not-possible */
  continue(id: number): Confirmation {
    this.refuseWhileRunning()
    const found = this.known.get(id)
    if (found?.state !== 'stopped') throw notPossible(`There is no confirmation ${id} that could be continued.`)
    this.parts.journal.confirmationState(id, 'running', null)
    return this.run({ ...found, state: 'running', message: null })
  }

  /** Ends the runs under way; they are trained anew when it is continued. */
  async stop(): Promise<void> {
    await this.active?.end('stopped', null)
  }

  /** Resolves when nothing is being confirmed. */
  settled(): Promise<void> {
    return this.active === null ? Promise.resolve() : new Promise((resolve) => this.whenIdle.push(resolve))
  }

  private run(confirmation: Confirmation): Confirmation {
    this.active = new ActiveConfirmation(confirmation, {
      ...this.parts,
      requestFor: (run, index) => this.requestFor(run, index),
      changed: (changed) => {
        this.known.set(changed.id, changed)
        if (changed.state !== 'running') this.active = null
        this.parts.changed(changed)
        if (this.active === null) for (const resolve of this.whenIdle.splice(0)) resolve()
      },
    })
    this.known.set(confirmation.id, confirmation)
    void this.active.begin(this.parts.workers)
    this.parts.changed(confirmation)
    return confirmation
  }

  private requestFor({ trial, seed }: ConfirmationRun, index: number): EvaluationRequest {
    const { definition } = this.parts
    const { provenance: _provenance, ...own } = definition
    return {
      trial: index,
      attempt: 1,
      definition: structuredClone({
        ...own,
        objective: { ...own.objective, split: 'test' },
      }) as EvaluationRequest['definition'],
      hyperparameters: { ...resolveHyperparameters(definition, this.configurationOf(trial)) },
      seed,
      networkPath: null,
    }
  }

  private configurationOf(number: number): Trial['configuration'] {
    const trial = this.parts.trial(number)
    if (trial === null) throw notPossible(`There is no trial ${number}.`)
    return trial.configuration
  }

  private refuseWhileRunning(): void {
    if (this.active !== null) {
      throw notPossible('A confirmation of this study is running. Wait for its end, or stop it first.')
    }
  }
}

const notPossible = (message: string): SpiketuneError => new SpiketuneError('confirmation-not-possible', message)

interface ActiveParts extends Pick<ConfirmerParts, 'definition' | 'journal' | 'workerHost' | 'lanes'> {
  requestFor(run: ConfirmationRun, index: number): EvaluationRequest
  changed(confirmation: Confirmation): void
}

/** One confirmation under way. */
class ActiveConfirmation {
  private confirmation: Confirmation
  private readonly parts: ActiveParts
  /** Null: where its workers run is not known yet. */
  private pool: WorkerPool | null = null
  /** Indices of runs that no worker has, in order. */
  private readonly waiting: number[]
  /** Attempts by index of run. */
  private readonly attempts = new Map<number, number>()
  private readonly losses = new DeviceLosses()
  private ended = false

  constructor(confirmation: Confirmation, parts: ActiveParts) {
    this.confirmation = confirmation
    this.parts = parts
    this.waiting = confirmation.runs.flatMap(({ outcome }, index) => (outcome === null ? [index] : []))
  }

  async begin(workers: () => number): Promise<void> {
    let lanes: readonly WorkerLane[]
    try {
      lanes = await this.parts.lanes()
    } catch (error) {
      await this.end('stopped', error instanceof Error ? error.message : String(error))
      return
    }
    // Meanwhile it may have been called off.
    if (this.ended) return
    this.pool = this.createPool(lanes)
    this.pool.resize(Math.max(1, Math.min(workers(), this.waiting.length)))
    this.dispatch()
  }

  private createPool(lanes: readonly WorkerLane[]): WorkerPool {
    return new WorkerPool(
      this.parts.workerHost,
      {
        free: () => {
          this.dispatch()
        },
        progress: () => undefined,
        epochEnded: () => null,
        outcome: (index, outcome) => {
          this.guarded(() => {
            this.finish(index, ofOutcome(outcome))
          })
        },
        died: (index, message, lastWords, device) => {
          this.losses.lost(index, device)
          this.guarded(() => {
            this.retry(index, message, lastWords)
          })
        },
        unavailable: (message) => void this.end('stopped', `Every worker has died: ${message}.`),
      },
      lanes,
    )
  }

  async end(state: 'finished' | 'stopped', message: string | null): Promise<void> {
    if (this.ended) return
    this.ended = true
    await this.pool?.close()
    let told = message
    try {
      this.parts.journal.confirmationState(this.confirmation.id, state, message)
    } catch (error) {
      told = error instanceof Error ? error.message : String(error)
    }
    this.update({ ...this.confirmation, state, message: told })
  }

  private dispatch(): void {
    const { pool } = this
    if (pool === null) return
    for (const worker of pool.idle()) {
      const [device, alive] = [pool.deviceOf(worker), pool.devices()]
      const index = this.waiting.find((waiting) => this.losses.mayRun(waiting, device, alive))
      const run = index === undefined ? undefined : this.confirmation.runs[index]
      if (index === undefined || run === undefined) continue
      this.waiting.splice(this.waiting.indexOf(index), 1)
      this.attempts.set(index, (this.attempts.get(index) ?? 0) + 1)
      pool.evaluate(worker, this.parts.requestFor(run, index))
    }
  }

  private retry(index: number, message: string, details: string): void {
    if ((this.attempts.get(index) ?? 0) < this.parts.definition.attempts) this.waiting.unshift(index)
    else this.finish(index, { kind: 'failed', failure: { reason: 'worker-died', message, details } })
  }

  private finish(index: number, outcome: ConfirmationOutcome): void {
    if (this.ended) return
    this.parts.journal.confirmationRun(this.confirmation.id, index, outcome)
    const runs = this.confirmation.runs.map((run, at) => (at === index ? { ...run, outcome } : run))
    this.update({ ...this.confirmation, runs })
    if (runs.every((run) => run.outcome !== null)) void this.end('finished', null)
    else this.dispatch()
  }

  /** What cannot be stored ends the confirmation; what was stored stays. */
  private guarded(step: () => void): void {
    try {
      step()
    } catch (error) {
      void this.end('stopped', error instanceof Error ? error.message : String(error))
    }
  }

  private update(confirmation: Confirmation): void {
    this.confirmation = confirmation
    this.parts.changed(confirmation)
  }
}

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
