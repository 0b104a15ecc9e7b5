import type { EvaluationRequest, TrialProgress } from '../../src-core/contracts/worker.ts'
import type { Outcome, PrunedStop } from '../../src-core/trial/measurement.ts'
import type { WorkerExit, WorkerHost, WorkerProcess } from './workerHost.ts'

/** A worker that dies so often in a row without a finished evaluation is not started again. */
const deathsAllowed = 5

export interface PoolListener {
  /** A worker can take an evaluation. */
  free(): void
  progress(trial: number, progress: TrialProgress): void
  /** An epoch of a judged trial has ended, counted from 0. @returns why it is pruned; null: it goes on */
  epochEnded(trial: number, epoch: number, trainAccuracy: number | null): PrunedStop | null
  outcome(trial: number, outcome: Outcome): void
  /** The worker died under this trial; it is replaced. */
  died(trial: number, message: string, lastWords: string): void
  /** Every worker has died too often: nothing can be evaluated any more. */
  unavailable(message: string, lastWords: string): void
}

interface Worker {
  readonly name: string
  process: WorkerProcess | null
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
  private readonly host: WorkerHost
  private readonly listener: PoolListener
  private readonly workers: Worker[] = []
  private readonly snapshots = new Set<Snapshot>()
  private closed = false
  private whenGone: (() => void)[] = []

  constructor(host: WorkerHost, listener: PoolListener) {
    this.host = host
    this.listener = listener
  }

  /** Workers that are wanted and able to live. */
  get size(): number {
    return this.workers.filter(({ disabled, leaving }) => !disabled && !leaving).length
  }

  /** Names of the workers that can take an evaluation now. */
  idle(): string[] {
    return this.workers.filter(({ idle, leaving }) => idle && !leaving).map(({ name }) => name)
  }

  /** Changes the number of workers; one too many goes when its evaluation ends. */
  resize(count: number): void {
    for (let index = 0; index < count; index++) {
      const known = this.workers[index]
      if (known === undefined) this.workers.push(this.started(`cpu-${index}`))
      else {
        known.leaving = false
        if (known.process === null) {
          known.disabled = false
          known.deaths = 0
          this.startProcess(known)
        }
      }
    }
    for (const worker of this.workers.slice(count)) {
      worker.leaving = true
      if (worker.trial === null) this.dismiss(worker)
    }
  }

  /** @throws {Error} when the named worker is not idle */
  evaluate(name: string, request: EvaluationRequest): void {
    const worker = this.workers.find((candidate) => candidate.name === name)
    if (!worker?.idle || worker.process === null) throw new Error(`worker ${name} is not idle`)
    worker.idle = false
    worker.trial = request.trial
    worker.process.post({ type: 'evaluate', request })
  }

  /** Asks for the end of an evaluation; a `cancelled` outcome follows, or the worker's death. */
  cancel(trial: number): void {
    this.workers.find((worker) => worker.trial === trial)?.process?.post({ type: 'cancel', trial })
  }

  /**
   * Has the worker of a trial write its network as it is to `path`; training goes on.
   * @throws {Error} when the trial is not in training, its worker dies, or the file cannot be written
   */
  snapshot(trial: number, path: string): Promise<void> {
    const worker = this.workers.find((candidate) => candidate.trial === trial)
    if (worker === undefined) return Promise.reject(new Error(`trial ${trial} is not in training`))
    return new Promise((written, failed) => {
      this.snapshots.add({ worker, path, written, failed })
      worker.process?.post({ type: 'snapshot', trial, path })
    })
  }

  /** Ends every process at once; resolves when they are gone. Nothing more is reported. */
  close(): Promise<void> {
    this.closed = true
    for (const worker of this.workers) worker.process?.kill()
    return new Promise((resolve) => {
      if (this.workers.every(({ process }) => process === null)) resolve()
      else this.whenGone.push(resolve)
    })
  }

  private started(name: string): Worker {
    const worker: Worker = {
      name,
      process: null,
      idle: false,
      trial: null,
      deaths: 0,
      disabled: false,
      leaving: false,
      dismissed: false,
    }
    this.startProcess(worker)
    return worker
  }

  private startProcess(worker: Worker): void {
    worker.dismissed = false
    worker.process = this.host.start(worker.name, {
      message: (message) => {
        if (this.closed) return
        switch (message.type) {
          case 'ready':
            if (worker.dismissed) break
            worker.idle = true
            this.listener.free()
            break
          case 'progress':
            if (message.trial === worker.trial) this.listener.progress(message.trial, message.progress)
            break
          case 'epoch-ended': {
            const { trial, epoch, trainAccuracy } = message
            if (trial !== worker.trial) break
            const stop = this.listener.epochEnded(trial, epoch, trainAccuracy)
            worker.process?.post({ type: 'verdict', trial, epoch, stop })
            break
          }
          case 'outcome':
            if (message.trial === worker.trial) this.finished(worker, message.trial, message.outcome)
            break
          case 'snapshot':
            this.settleSnapshots(
              message.problem,
              (snapshot) => snapshot.worker === worker && snapshot.path === message.path,
            )
            break
        }
      },
      exit: (exit, lastWords) => {
        this.exited(worker, exit, lastWords)
      },
    })
  }

  private finished(worker: Worker, trial: number, outcome: Outcome): void {
    worker.deaths = 0
    worker.trial = null
    if (worker.leaving) this.dismiss(worker)
    else worker.idle = true
    this.listener.outcome(trial, outcome)
  }

  private settleSnapshots(problem: string | null, applies: (snapshot: Snapshot) => boolean): void {
    for (const snapshot of [...this.snapshots].filter(applies)) {
      this.snapshots.delete(snapshot)
      if (problem === null) snapshot.written()
      else snapshot.failed(new Error(problem))
    }
  }

  private dismiss(worker: Worker): void {
    worker.idle = false
    worker.dismissed = true
    worker.process?.kill()
  }

  private exited(worker: Worker, exit: WorkerExit, lastWords: string): void {
    const { trial } = worker
    this.settleSnapshots('the worker has ended', (snapshot) => snapshot.worker === worker)
    worker.process = null
    worker.idle = false
    worker.trial = null
    if (this.closed) {
      if (this.workers.every(({ process }) => process === null)) for (const resolve of this.whenGone) resolve()
      return
    }
    if (exit.kind !== 'requested') worker.deaths++
    if (worker.deaths >= deathsAllowed) worker.disabled = true
    else if (!worker.leaving) this.startProcess(worker)
    const message = describeExit(worker.name, exit)
    if (trial !== null) this.listener.died(trial, message, lastWords)
    if (worker.disabled && this.size === 0) this.listener.unavailable(message, lastWords)
  }
}

function describeExit(name: string, exit: WorkerExit): string {
  switch (exit.kind) {
    case 'requested':
      return `the worker ${name} was ended`
    case 'crashed':
      return `the worker ${name} died (${exit.signal ?? `exit code ${exit.code ?? 'unknown'}`})`
    case 'protocol':
      return `the worker ${name} sent what is not a message (${exit.message})`
    case 'failed-to-start':
      return `the worker ${name} could not be started (${exit.message})`
  }
}
