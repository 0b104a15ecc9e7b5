import type { CheckpointPlace } from '../../src-core/checkpoint/checkpointHead.ts'
import {
  type EvaluationRequest,
  type HostMessage,
  trialAsker,
  type TrialProgress,
  type WorkerMessage,
} from '../../src-core/contracts/worker.ts'
import type { DataCard } from '../../src-core/datasets/dataCard.ts'
import { Watchdog, watchLimits, type WatchLimits } from '../../src-core/time/watchdog.ts'
import type { Outcome, PrunedStop } from '../../src-core/trial/measurement.ts'
import { processorLane, type WorkerLane } from '../devices/workerLanes.ts'
import { type Clock, systemClock } from '../scheduler/clock.ts'
import { describeExit, reasonIn } from './exitText.ts'
import type { WorkerExit, WorkerHost, WorkerListener, WorkerProcess } from './workerHost.ts'

/** A worker that dies so often in a row without a finished evaluation is not started again. */
const deathsAllowed = 5
/** A device other than the processor whose workers die so often in a row is lost: fewer times than a trial has attempts. */
const deviceDeathsAllowed = 2
/** How long a worker may go on with its batch after its trial was called off, or was to be paused; then it is ended. */
const endPatienceMs = 30_000

/** How the worker of a trial ended. */
export interface WorkerDeath {
  readonly reason: 'worker-died' | 'not-responding'
  readonly message: string
  /** The end of what it wrote to its standard error; empty: nothing. */
  readonly lastWords: string
  /** Of the worker. */
  readonly device: string
}

export interface PoolListener {
  /** A worker can take an evaluation, or one of several is there no more. */
  free(): void
  progress(trial: number, progress: TrialProgress): void
  /** A worker has read the dataset that it trains on. */
  dataset?(card: DataCard): void
  /** An epoch of a judged trial has ended, counted from 0. @returns why it is pruned; null: it goes on */
  epochEnded(trial: number, epoch: number, trainAccuracy: number | null): PrunedStop | null
  outcome(trial: number, outcome: Outcome): void
  /** A trial goes on from its checkpoint. @param accuracies of the epochs that have ended */
  resumed?(trial: number, from: CheckpointPlace, accuracies: readonly (number | null)[]): void
  /** A trial had a checkpoint that is of no use. */
  beginsAnew?(trial: number, problem: string): void
  /** @param place where the trial would go on; a text: why there is no checkpoint of now */
  checkpoint?(trial: number, place: CheckpointPlace | string): void
  /** A trial ended without an outcome, as it was asked to. */
  paused?(trial: number): void
  /** The worker died under this trial, or was ended because it said nothing; it is replaced. */
  died(trial: number, death: WorkerDeath): void
  /** A device is used no more: its workers have died too often. The others go on. */
  deviceLost?(device: string, reason: string): void
  /** Every worker has died too often: nothing can be evaluated any more. */
  unavailable(message: string, lastWords: string): void
}

interface Worker {
  readonly name: string
  readonly lane: WorkerLane
  readonly watchdog: Watchdog
  /** Ends the wait for the answer to a trial that was called off or paused. */
  stopWaiting: () => void
  /** It was ended after this time of silence; null: it was not. */
  silentMs: number | null
  process: WorkerProcess | null
  /** Has its process evaluate a trial. */
  ask: (request: EvaluationRequest) => void
  /** Said `ready`, and has no evaluation. */
  idle: boolean
  trial: number | null
  deaths: number
  disabled: boolean
  /** Goes when its evaluation ends, because the pool has shrunk. */
  leaving: boolean
  /** Its process was told to end; what that still says does not count. */
  dismissed: boolean
}

/** The network of a trial, asked for and not yet written. */
interface Snapshot {
  readonly worker: Worker
  readonly path: string
  readonly written: () => void
  readonly failed: (error: Error) => void
}

/** A changeable number of named worker processes, each replaced when it dies. */
export class WorkerPool {
  readonly #host: WorkerHost
  readonly #listener: PoolListener
  readonly #lanes: readonly WorkerLane[]
  readonly #clock: Clock
  readonly #limits: WatchLimits
  readonly #workers: Worker[] = []
  /** Deaths in a row on each device but the processor. */
  readonly #deviceDeaths = new Map<string, number>()
  readonly #snapshots = new Set<Snapshot>()
  #closed = false
  #whenGone: (() => void)[] = []

  /**
   * @param lanes where each worker runs, by its place; all on the processor where not given
   * @param watching how long a worker may say nothing
   */
  constructor(
    host: WorkerHost,
    listener: PoolListener,
    lanes: readonly WorkerLane[] = [],
    watching: { readonly clock?: Clock; readonly limits?: WatchLimits } = {},
  ) {
    this.#clock = watching.clock ?? systemClock
    this.#limits = watching.limits ?? watchLimits
    this.#host = host
    this.#lanes = lanes
    this.#listener = listener
  }

  /** Workers that are wanted and able to live. */
  get size(): number {
    return this.#workers.filter(({ disabled, leaving }) => !disabled && !leaving).length
  }

  /** Names of the workers that can take an evaluation now. */
  idle(): string[] {
    return this.#workers.filter(({ idle, leaving }) => idle && !leaving).map(({ name }) => name)
  }

  /** The device of a worker. @throws {Error} when there is none of that name */
  deviceOf(name: string): string {
    const worker = this.#workers.find((candidate) => candidate.name === name)
    if (worker === undefined) throw new Error(`there is no worker ${name}`)
    return worker.lane.device
  }

  /** Devices that have workers which are wanted and able to live. */
  devices(): ReadonlySet<string> {
    return new Set(
      this.#workers.filter(({ disabled, leaving }) => !disabled && !leaving).map(({ lane: { device } }) => device),
    )
  }

  /** Changes the number of workers; one too many goes when its evaluation ends. */
  resize(count: number): void {
    for (let index = 0; index < count; index++) {
      const known = this.#workers[index]
      if (known === undefined) this.#workers.push(this.#started(this.#laneOf(index)))
      else {
        known.leaving = false
        if (known.process === null) {
          known.disabled = false
          known.deaths = 0
          this.#deviceDeaths.delete(known.lane.device)
          this.#startProcess(known)
        }
      }
    }
    for (const worker of this.#workers.slice(count)) {
      worker.leaving = true
      if (worker.trial === null) this.#dismiss(worker)
    }
  }

  /** @throws {Error} when the named worker is not idle */
  evaluate(name: string, request: EvaluationRequest): void {
    const worker = this.#workers.find((candidate) => candidate.name === name)
    if (!worker?.idle || worker.process === null) throw new Error(`worker ${name} is not idle`)
    worker.idle = false
    worker.trial = request.trial
    worker.watchdog.start()
    worker.ask(request)
  }

  /** Asks for the end of an evaluation; a `cancelled` outcome follows, or the worker's death within half a minute. */
  cancel(trial: number): void {
    const worker = this.#workers.find((candidate) => candidate.trial === trial)
    if (worker === undefined) return
    this.#endSoon(worker, { type: 'cancel', trial })
  }

  /** Asks for a checkpoint and the end of an evaluation; `paused` follows, or an outcome, or the worker's death within half a minute. */
  pause(trial: number): void {
    const worker = this.#workers.find((candidate) => candidate.trial === trial)
    if (worker !== undefined) this.#endSoon(worker, { type: 'pause', trial })
  }

  #endSoon(worker: Worker, message: HostMessage): void {
    worker.process?.post(message)
    worker.stopWaiting()
    worker.stopWaiting = this.#clock.after(endPatienceMs, () => {
      this.#endSilent(worker, endPatienceMs)
    })
  }

  /**
   * Has the worker of a trial write its network as it is to `path`; training goes on.
   * @throws {Error} when the trial is not in training, its worker dies, or the file cannot be written
   */
  snapshot(trial: number, path: string): Promise<void> {
    const worker = this.#workers.find((candidate) => candidate.trial === trial)
    if (worker === undefined) return Promise.reject(new Error(`trial ${trial} is not in training`))
    return new Promise((written, failed) => {
      this.#snapshots.add({ worker, path, written, failed })
      worker.process?.post({ type: 'snapshot', trial, path })
    })
  }

  /** Ends every process at once; resolves when they are gone. Nothing more is reported. */
  close(): Promise<void> {
    this.#closed = true
    for (const worker of this.#workers) {
      this.#unwatch(worker)
      worker.process?.kill()
    }
    return new Promise((resolve) => {
      if (this.#workers.every(({ process }) => process === null)) resolve()
      else this.#whenGone.push(resolve)
    })
  }

  /** Workers beyond the lanes run on the processor. */
  #laneOf(index: number): WorkerLane {
    const onProcessor = this.#lanes.filter(({ device }) => device === 'cpu').length
    return this.#lanes[index] ?? processorLane(index - this.#lanes.length + onProcessor)
  }

  #started(lane: WorkerLane): Worker {
    const worker: Worker = {
      name: lane.name,
      lane,
      watchdog: new Watchdog(this.#clock, (silentMs) => this.#endSilent(worker, silentMs), this.#limits),
      stopWaiting: () => undefined,
      silentMs: null,
      process: null,
      ask: () => undefined,
      idle: false,
      trial: null,
      deaths: 0,
      disabled: false,
      leaving: false,
      dismissed: false,
    }
    this.#startProcess(worker)
    return worker
  }

  #startProcess(worker: Worker): void {
    worker.dismissed = false
    worker.silentMs = null
    // Until it is ready: a library that it loads may hang.
    worker.watchdog.start()
    const heard: WorkerListener = {
      message: (message) => {
        if (this.#closed) return
        switch (message.type) {
          case 'ready':
            worker.watchdog.stop()
            if (worker.dismissed) break
            worker.idle = true
            this.#listener.free()
            break
          case 'progress':
            if (message.trial !== worker.trial) break
            worker.watchdog.heard(message.progress.phase === 'training' || message.progress.phase === 'testing')
            this.#listener.progress(message.trial, message.progress)
            break
          case 'dataset':
            this.#listener.dataset?.(message.card)
            break
          case 'epoch-ended': {
            const { trial, epoch, trainAccuracy } = message
            if (trial !== worker.trial) break
            worker.watchdog.heard(true)
            const stop = this.#listener.epochEnded(trial, epoch, trainAccuracy)
            worker.process?.post({ type: 'verdict', trial, epoch, stop })
            break
          }
          case 'resumed':
          case 'begins-anew':
          case 'checkpoint':
            if (message.trial !== worker.trial) break
            worker.watchdog.heard(false)
            this.#tellOfCheckpoint(message)
            break
          case 'outcome':
            if (message.trial !== worker.trial) break
            this.#ended(worker)
            this.#listener.outcome(message.trial, message.outcome)
            break
          case 'paused':
            if (message.trial !== worker.trial) break
            this.#ended(worker)
            this.#listener.paused?.(message.trial)
            break
          case 'snapshot':
            this.#settleSnapshots(
              message.problem,
              (snapshot) => snapshot.worker === worker && snapshot.path === message.path,
            )
            break
        }
      },
      exit: (exit, lastWords) => {
        this.#exited(worker, exit, lastWords)
      },
    }
    const started = this.#host.start(worker.name, heard, worker.lane.launch)
    worker.process = started
    worker.ask = trialAsker((message) => started.post(message))
  }

  /** Ends a worker that does not answer; its exit is heard like any other's. */
  #endSilent(worker: Worker, silentMs: number): void {
    this.#unwatch(worker)
    worker.silentMs = silentMs
    worker.idle = false
    worker.process?.kill()
  }

  #unwatch(worker: Worker): void {
    worker.watchdog.stop()
    worker.stopWaiting()
  }

  #tellOfCheckpoint(message: Extract<WorkerMessage, { type: 'resumed' | 'begins-anew' | 'checkpoint' }>): void {
    const { trial, type } = message
    if (type === 'resumed') this.#listener.resumed?.(trial, message.from, message.accuracies)
    else if (type === 'begins-anew') this.#listener.beginsAnew?.(trial, message.problem)
    else this.#listener.checkpoint?.(trial, message.place ?? message.problem ?? '')
  }

  #ended(worker: Worker): void {
    this.#unwatch(worker)
    worker.deaths = 0
    this.#deviceDeaths.delete(worker.lane.device)
    worker.trial = null
    if (worker.leaving || worker.disabled) this.#dismiss(worker)
    else worker.idle = true
  }

  #settleSnapshots(problem: string | null, applies: (snapshot: Snapshot) => boolean): void {
    for (const snapshot of [...this.#snapshots].filter(applies)) {
      this.#snapshots.delete(snapshot)
      if (problem === null) snapshot.written()
      else snapshot.failed(new Error(problem))
    }
  }

  #dismiss(worker: Worker): void {
    this.#unwatch(worker)
    worker.idle = false
    worker.dismissed = true
    worker.process?.kill()
  }

  /** Counts a death on a device; the last that is allowed ends every worker there. */
  #losesDevice({ lane: { device } }: Worker, exit: WorkerExit, lastWords: string): boolean {
    if (device === 'cpu' || exit.kind === 'requested') return false
    const deaths = (this.#deviceDeaths.get(device) ?? 0) + 1
    this.#deviceDeaths.set(device, deaths)
    if (deaths < deviceDeathsAllowed) return false
    const others = this.#workers.filter(({ lane, disabled }) => lane.device === device && !disabled)
    for (const other of others) {
      other.disabled = true
      // one that trains is left alone: it may come to its end
      if (other.process !== null && other.trial === null) this.#dismiss(other)
    }
    const reason = reasonIn(lastWords)
    this.#listener.deviceLost?.(device, reason === '' ? 'its workers died without a word' : reason)
    return true
  }

  #exited(worker: Worker, told: WorkerExit, lastWords: string): void {
    const { trial, silentMs } = worker
    const exit: WorkerExit = silentMs === null ? told : { kind: 'not-responding', silentMs }
    this.#unwatch(worker)
    this.#settleSnapshots('the worker has ended', (snapshot) => snapshot.worker === worker)
    worker.process = null
    worker.idle = false
    worker.trial = null
    if (this.#closed) {
      if (this.#workers.every(({ process }) => process === null)) for (const resolve of this.#whenGone) resolve()
      return
    }
    if (exit.kind !== 'requested') worker.deaths++
    if (worker.deaths >= deathsAllowed || this.#losesDevice(worker, exit, lastWords)) worker.disabled = true
    else if (!worker.leaving && !worker.disabled) this.#startProcess(worker)
    const message = describeExit(worker.name, exit)
    const reason = exit.kind === 'not-responding' ? exit.kind : 'worker-died'
    if (trial !== null) this.#listener.died(trial, { reason, message, lastWords, device: worker.lane.device })
    if (!worker.disabled) return
    const works = this.#workers.some((other) => other.trial !== null)
    if (this.size === 0 && !works) this.#listener.unavailable(message, lastWords)
    // A trial may have waited for this worker rather than for those that are left.
    else if (this.size > 0) this.#listener.free()
  }
}
