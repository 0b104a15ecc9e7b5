import type { CheckpointPlace } from '../../../src-core/checkpoint/checkpointHead.ts'
import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { Ask, PendingTrial } from '../../../src-core/optimiser/optimiser.ts'
import type { StudyState } from '../../../src-core/progress/readModel.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import type { Measurement, Outcome, PrunedStop } from '../../../src-core/trial/measurement.ts'
import {
  type FinishedTrial,
  type Trial,
  trialNumber,
  type TrialNumber,
  type WaitingTrial,
} from '../../../src-core/trial/trial.ts'
import { originOf } from '../../../src-core/trial/origin.ts'
import type { StoredHistory } from '../../../src-main/scheduler/history.ts'
import type { OptimiserListener, OptimiserService } from '../../../src-main/scheduler/optimiserService.ts'
import type {
  CheckpointEvent,
  CheckpointShelf,
  EvaluationWorkers,
  SchedulerStart,
  TrialJournal,
} from '../../../src-main/scheduler/ports.ts'
import { Scheduler } from '../../../src-main/scheduler/scheduler.ts'
import type { PoolListener, WorkerDeath } from '../../../src-main/workers/workerPool.ts'
import { inProcessOptimiserHost } from './inProcessOptimiser.ts'
import { ManualClock } from './manualClock.ts'

/** Workers that do what the test says, when it says so. */
export class ScriptedWorkers implements EvaluationWorkers {
  readonly listener: PoolListener
  readonly busy = new Map<string, EvaluationRequest>()
  closed = false
  /** Until it is released, closed workers are not gone. */
  lingering: Promise<void> = Promise.resolve()
  #wanted = 0
  readonly #log: string[]
  /** Devices of the first workers; the others are on the processor. */
  devicesOfWorkers: readonly string[] = []
  readonly #gone = new Set<string>()

  constructor(listener: PoolListener, log: string[]) {
    this.listener = listener
    this.#log = log
  }

  get size(): number {
    return this.#wanted
  }

  idle(): string[] {
    if (this.closed) return []
    return this.#names().filter((name) => !this.busy.has(name))
  }

  deviceOf(worker: string): string {
    return this.devicesOfWorkers[Number(worker.slice('cpu-'.length))] ?? 'cpu'
  }

  devices(): ReadonlySet<string> {
    return new Set(this.#names().map((name) => this.deviceOf(name)))
  }

  #names(): string[] {
    return Array.from({ length: this.#wanted }, (_, index) => `cpu-${index}`).filter((name) => !this.#gone.has(name))
  }

  /** No worker is started on a device any more. */
  loseDevice(device: string): void {
    for (const name of this.#names()) if (this.deviceOf(name) === device) this.#gone.add(name)
    this.listener.free()
  }

  /** The worker that has a trial. */
  workerOf(trial: number): string | undefined {
    return [...this.busy].find(([, request]) => request.trial === trial)?.[0]
  }

  resize(count: number): void {
    this.#wanted = count
  }

  evaluate(worker: string, request: EvaluationRequest): void {
    if (!this.idle().includes(worker)) throw new Error(`${worker} is not idle`)
    this.#log.push(`evaluate ${request.trial}`)
    this.busy.set(worker, request)
  }

  cancel(trial: number): void {
    this.#log.push(`cancel ${trial}`)
  }

  pause(trial: number): void {
    this.#log.push(`pause ${trial}`)
  }

  snapshot(trial: number, path: string): Promise<void> {
    this.#log.push(`snapshot ${trial} to ${path}`)
    return Promise.resolve()
  }

  close(): Promise<void> {
    this.closed = true
    this.busy.clear()
    return this.lingering
  }

  /** Numbers of the trials under way. */
  trials(): number[] {
    return [...this.busy.values()].map(({ trial }) => trial).sort((a, b) => a - b)
  }

  finish(trial: number, outcome: Outcome = complete(0.5)): void {
    this.#free(trial)
    this.listener.outcome(trial, outcome)
  }

  /** A trial ends where it can go on, as it was asked to. */
  endPaused(trial: number): void {
    this.#free(trial)
    this.listener.paused?.(trial)
  }

  /** The verdict on a trial at the end of an epoch. */
  endEpoch(trial: number, epoch: number, trainAccuracy: number | null): PrunedStop | null {
    return this.listener.epochEnded(trial, epoch, trainAccuracy)
  }

  die(trial: number, reason: WorkerDeath['reason'] = 'worker-died'): void {
    const device = this.deviceOf(this.workerOf(trial) ?? '')
    this.#free(trial)
    this.listener.died(trial, { reason, message: 'the worker died (SIGKILL)', lastWords: 'last words', device })
  }

  #free(trial: number): void {
    const [worker] = [...this.busy].find(([, request]) => request.trial === trial) ?? []
    if (worker === undefined) throw new Error(`trial ${trial} is not under way`)
    this.busy.delete(worker)
  }
}

/**
 * Keeps what it is told in order; `failAfter` calls from now one fails like a full disk, and `broken` fails them all; `held`
 * is a database that another program holds.
 */
export class RecordingJournal implements TrialJournal {
  readonly trials = new Map<number, Trial>()
  readonly states: StudyState[] = []
  elapsedMs = 0
  failAfter = Infinity
  broken = false
  held = false
  readonly #log: string[]

  constructor(log: string[]) {
    this.#log = log
  }

  asked(trial: WaitingTrial): void {
    this.#fail()
    if (this.trials.has(trial.number)) throw new Error(`trial ${trial.number} was asked for twice`)
    this.#log.push(`asked ${trial.number}`)
    this.trials.set(trial.number, trial)
  }

  moved(trial: Trial, reason: string, elapsedMs: number): void {
    this.#fail()
    this.#log.push(`${reason} ${trial.number}`)
    this.trials.set(trial.number, trial)
    this.elapsedMs = elapsedMs
  }

  checkpointNoted(trial: number, kind: CheckpointEvent, detail: string): void {
    this.#fail()
    this.#log.push(`${kind} ${trial}: ${detail}`)
  }

  slept(durationMs: number): void {
    this.#fail()
    this.#log.push(`slept ${durationMs}`)
  }

  stateChanged(state: StudyState, elapsedMs: number): void {
    this.#fail()
    this.#log.push(`state ${state.kind}`)
    this.states.push(state)
    this.elapsedMs = elapsedMs
  }

  #fail(): void {
    if (this.held) throw new SpiketuneError('database-locked', 'Another program holds the database.')
    const due = this.failAfter-- <= 0
    if (due) this.failAfter = Infinity
    if (due || this.broken) throw new Error('the disk is full')
  }
}

/** Checkpoints without files. */
export class ScriptedShelf implements CheckpointShelf {
  readonly places = new Map<number, CheckpointPlace>()
  problem: string | null = null

  placeOf(trial: number): CheckpointPlace | null {
    return this.places.get(trial) ?? null
  }

  written(trial: number, place: CheckpointPlace): void {
    this.places.set(trial, place)
  }

  remove(trial: number): void {
    this.places.delete(trial)
  }

  told(problem: string | null): void {
    this.problem = problem
  }
}

/** The optimisers of a study, one for each run of it; their answers wait until the test lets them go. */
export class DeferredOptimisers {
  /** What the present one was told, when it began and since. */
  told: readonly FinishedTrial[] = []
  listener: OptimiserListener = { failed: () => undefined }
  /** Optimisers that were begun, and those that were closed. */
  begun = 0
  closed = 0
  hold = false
  readonly #definition: StudyDefinition
  readonly #log: string[]
  #held: (() => void)[] = []

  constructor(definition: StudyDefinition, log: string[]) {
    this.#definition = definition
    this.#log = log
  }

  start(told: readonly FinishedTrial[], listener: OptimiserListener): OptimiserService {
    this.begun++
    this.told = [...told]
    this.listener = listener
    const inner = inProcessOptimiserHost.start(this.#definition, told, listener)
    return {
      tell: (trial) => {
        this.#log.push(`told ${trial.number}`)
        this.told = [...this.told, trial]
        inner.tell(trial)
      },
      ask: async (number, pending) => {
        if (this.hold) await new Promise<void>((resolve) => this.#held.push(resolve))
        return this.answer(inner, number, pending)
      },
      close: () => {
        this.closed++
        return inner.close()
      },
    }
  }

  /** To be replaced by what goes wrong. */
  answer(inner: OptimiserService, number: TrialNumber, pending: readonly PendingTrial[]): Promise<Ask> {
    return inner.ask(number, pending)
  }

  get asking(): boolean {
    return this.#held.length > 0
  }

  release(): void {
    for (const resolve of this.#held.splice(0)) resolve()
  }
}

export const definitionOf = (rest: string): StudyDefinition =>
  decodeDefinition(
    `version: 2
name: bench
dataset: { name: mnist }
network: { type: diehl-cook }
training: { algorithm: post-pre }
${rest}`,
    'bench.yaml',
  )

export const space = `space:
  mapSize: { type: integer, low: 10, high: 1000 }
  decoder: { type: categorical, choices: [all, vote, 2gram] }
`

/** A scheduler with everything around it scripted. */
export class Bench {
  readonly log: string[] = []
  readonly clock: ManualClock
  readonly journal = new RecordingJournal(this.log)
  readonly optimiser: DeferredOptimisers
  readonly scheduler: Scheduler
  readonly checkpoints = new ScriptedShelf()
  readonly pools: ScriptedWorkers[] = []
  /** Of the first workers; the others are on the processor. */
  devices: readonly string[] = []
  /** What those who watch have seen last of each trial. */
  readonly seen = new Map<number, Trial>()

  constructor(definition: StudyDefinition, start: Partial<SchedulerStart> = {}, clock = new ManualClock()) {
    this.clock = clock
    this.optimiser = new DeferredOptimisers(definition, this.log)
    this.scheduler = new Scheduler(
      definition,
      {
        clock,
        journal: this.journal,
        checkpoints: this.checkpoints,
        startOptimiser: (told, listener) => this.optimiser.start(told, listener),
        createWorkers: (listener) => {
          const pool = new ScriptedWorkers(listener, this.log)
          pool.devicesOfWorkers = this.devices
          this.pools.push(pool)
          return pool
        },
        requestFor: (trial) => ({
          trial: trial.number,
          attempt: trial.attempt,
          definition,
          hyperparameters: { ...trial.configuration },
          seed: trial.seed,
          networkPath: null,
        }),
        datasetRead: ({ sha256 }) => {
          this.log.push(`dataset ${sha256}`)
        },
        trialChanged: (trial) => {
          this.seen.set(trial.number, trial)
        },
        stateChanged: () => undefined,
        slept: () => undefined,
      },
      {
        waiting: [],
        nextNumber: trialNumber(0),
        finished: storedHistory([]),
        curves: () => [],
        excluded: new Set(),
        elapsedMs: 0,
        ...start,
      },
      { kind: 'new' },
    )
  }

  get workers(): ScriptedWorkers {
    const pool = this.pools.at(-1)
    if (pool === undefined) throw new Error('the study was never started')
    return pool
  }

  get state(): StudyState {
    return this.scheduler.state
  }
}

/** Lets every promise that can be settled be settled. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const measurement = (objective: number): Measurement => ({
  objective,
  metrics: { accuracy: objective },
  constraints: [{ name: 'silence:excitatory', value: -0.05 }],
  trainDurationMs: 10,
  testDurationMs: 1,
  samplesTrained: 100,
  samplesPlanned: 100,
  intervals: [],
  spikeCounts: [],
  confusion: [[1]],
  networkFile: null,
  datasetSha256: '0'.repeat(64),
})

export const complete = (objective: number): Outcome => ({ kind: 'complete', measurement: measurement(objective) })

export const failed = (reason: 'dataset' | 'disk-full' | 'non-finite' | 'cancelled'): Outcome => ({
  kind: 'failed',
  failure: { reason, message: `it is ${reason}` },
})

/** Finished trials as a study's storage has them. */
export const storedHistory = (
  trials: readonly FinishedTrial[],
  excluded: ReadonlySet<number> = new Set(),
): StoredHistory => ({
  count: trials.length,
  uncounted: trials.filter(
    ({ number, explanation }) => excluded.has(number) || originOf(explanation).kind !== 'optimiser',
  ).length,
  read: () => trials,
})
