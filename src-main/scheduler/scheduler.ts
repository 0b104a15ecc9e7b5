import { wordsOf } from '../../src-core/study/studyWords.ts'
import { type ErrorCode, SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { Ask } from '../../src-core/optimiser/optimiser.ts'
import type { ErrorReason, StudyState } from '../../src-core/progress/readModel.ts'
import type { Seed } from '../../src-core/random/seed.ts'
import { incumbentOf } from '../../src-core/stopping/racing.ts'
import type { Configuration } from '../../src-core/space/parameter.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Failure, Outcome, PrunedStop } from '../../src-core/trial/measurement.ts'
import { slimFinished } from '../../src-core/optimiser/slimTrial.ts'
import { originOf } from '../../src-core/trial/origin.ts'
import {
  isFinished,
  type RunningTrial,
  type Trial,
  trialNumber,
  type TrialNumber,
  type WaitingTrial,
} from '../../src-core/trial/trial.ts'
import { transition, type TrialEvent } from '../../src-core/trial/transition.ts'
import { HeldSteps, isHeldError } from '../storage/held.ts'
import type { PoolListener, WorkerDeath } from '../workers/workerPool.ts'
import { stateByBudget } from './budget.ts'
import { DeviceLosses } from './deviceLosses.ts'
import { History } from './history.ts'
import type { OptimiserService } from './optimiserService.ts'
import type { EvaluationWorkers, SchedulerPorts, SchedulerStart } from './ports.ts'
import { Pruner } from './pruner.ts'
import { SleepWatch, StopWatch } from './watches.ts'
import { claimed, enqueuedTrial, reached, requeued, trialOf } from './trialSteps.ts'
import { TrialCheckpoints } from './trialCheckpoints.ts'
import { TrialTimes } from './trialTimes.ts'

/** People leave out many trials at once: an optimiser that is to begin anew waits this long for the next one. */
const renewalDelayMs = 50

interface TrialEnd {
  readonly atMs: number
  readonly durationMs: number
}

/** Failures that no other trial would escape: the study ends in error, and its running trials wait. */
const endsStudy = (failure: Failure): failure is Failure & { readonly reason: 'dataset' | 'disk-full' } =>
  failure.reason === 'dataset' || failure.reason === 'disk-full'

/**
 * Keeps the workers of one study busy. Every fact is durable before anyone hears of it: a trial is claimed before its
 * worker is told, and an outcome is stored, with its place in the order of telling, before the optimiser is.
 */
export class Scheduler {
  readonly #definition: StudyDefinition
  readonly #ports: SchedulerPorts
  readonly #waiting: WaitingTrial[]
  readonly #running = new Map<TrialNumber, RunningTrial>()
  readonly #watch: StopWatch
  readonly #times: TrialTimes
  readonly #sleepWatch: SleepWatch
  #workers: EvaluationWorkers | null = null
  #optimiser: OptimiserService | null = null
  /** Settled when every worker and optimiser that was dismissed is gone. */
  #dismissed: Promise<unknown> = Promise.resolve()
  #nextNumber: TrialNumber
  readonly #finished: History
  readonly #pruner: Pruner
  readonly #losses = new DeviceLosses()
  readonly #checkpoints: TrialCheckpoints
  /** Running trials that were asked to end where they can go on. */
  readonly #pausing = new Set<TrialNumber>()
  /** What becomes of running trials that were called off, whether their workers answer or not. */
  readonly #calledOff = new Map<TrialNumber, Failure>()
  /** Numbers of the finished trials that are left out. */
  readonly #excluded: Set<number>
  /** Trials that do not count against the budget. */
  #uncounted: number
  #asking = false
  #exhausted: string | null = null
  #current: StudyState
  readonly #held: HeldSteps

  constructor(definition: StudyDefinition, ports: SchedulerPorts, start: SchedulerStart, state: StudyState) {
    this.#definition = definition
    this.#ports = ports
    this.#waiting = [...start.waiting].sort(byNumber)
    this.#nextNumber = start.nextNumber
    this.#finished = new History(start.finished)
    this.#pruner = new Pruner(definition.pruning, start.curves)
    this.#excluded = new Set(start.excluded)
    this.#uncounted = start.finished.uncounted + this.#waiting.filter((trial) => !isOptimisers(trial)).length
    this.#watch = new StopWatch(ports.clock, start.elapsedMs)
    this.#sleepWatch = new SleepWatch(ports.clock, (durationMs) => {
      this.#guarded(() => {
        ports.journal.slept(durationMs)
        ports.slept(durationMs)
      })
    })
    const { timeLimitMinutes } = definition
    this.#times = new TrialTimes(
      ports.clock,
      timeLimitMinutes === undefined ? null : timeLimitMinutes * 60_000,
      (number) => {
        this.#overdue(number)
      },
    )
    const { checkpoints, journal } = ports
    this.#checkpoints = new TrialCheckpoints({
      checkpoints,
      journal,
      pruner: this.#pruner,
      times: this.#times,
      isRunning: (number) => this.#running.has(number),
      guarded: (step) => {
        this.#guarded(step)
      },
    })
    this.#current = state
    this.#held = new HeldSteps(
      ports.clock,
      () => {
        this.#ports.stateChanged(this.#current)
      },
      (error) => {
        this.#failBy(error)
      },
    )
  }

  get state(): StudyState {
    return this.#current
  }

  /** Time that the study has run in all, pauses left out. */
  elapsedMs(): number {
    return this.#watch.elapsedMs()
  }

  /** Another program holds the database: what happens is stored when it lets go. */
  get isHeld(): boolean {
    return this.#held.isHeld
  }

  get workerCount(): number {
    return this.#workers?.size ?? 0
  }

  /** Starts, or goes on after a pause, a stop or an error. @throws {SpiketuneError} database-locked; then nothing has changed */
  start(workers: number): void {
    if (this.#current.kind === 'running') return
    try {
      this.#enter({ kind: 'running' })
    } catch (error) {
      if (isHeldError(error)) throw error
      this.#failBy(error)
      return
    }
    this.#guarded(() => {
      this.#optimiser ??= this.#startOptimiser()
      this.#workers ??= this.#ports.createWorkers(this.#listener())
      this.#workers.resize(workers)
      this.#pump()
    })
  }

  /** Changes the number of workers; one too many goes when its trial ends. */
  setWorkers(workers: number): void {
    this.#workers?.resize(workers)
    this.#pump()
  }

  /**
   * A trial of a person's; it begins before anything that is still to be asked for. A study that was finished is paused:
   * there is something left to do. @throws {SpiketuneError} when it cannot be stored; then nothing has changed
   */
  enqueue(configuration: Configuration, seed: Seed | null): WaitingTrial {
    const trial = enqueuedTrial(this.#definition, this.#nextNumber, { configuration, seed }, this.#ports.clock.now())
    this.#ports.journal.asked(trial)
    this.#nextNumber = trialNumber(trial.number + 1)
    this.#uncounted++
    this.#wait(trial)
    this.#ports.trialChanged(trial)
    this.#guarded(() => {
      if (this.#current.kind === 'finished') this.#enter({ kind: 'paused' })
      this.#pump()
    })
    return trial
  }

  /**
   * Ends one trial: one that waits at once, one that runs as soon as its worker has answered. Of others nothing happens.
   * @throws {SpiketuneError} when it cannot be stored; then nothing has changed
   */
  cancel(number: number): void {
    const trial = this.#waiting.find((other) => other.number === number)
    if (trial === undefined) {
      this.#callOff(trialNumber(number), { reason: 'cancelled', message: 'The evaluation was called off.' })
      return
    }
    const atMs = this.#ports.clock.now()
    this.#record(transition(trial, { kind: 'cancelled', atMs, toldOrder: this.#finished.count }), 'cancelled')
    this.#pump()
  }

  /**
   * Has the network of a running trial written to `path` as it is; the trial is not touched.
   * @throws {Error} when it is not in training, or the file cannot be written
   */
  async snapshotNetwork(number: number, path: string): Promise<void> {
    if (this.#workers === null) throw new Error(`trial ${number} is not in training`)
    await this.#workers.snapshot(number, path)
  }

  /**
   * Leaves a finished trial out, or puts it back. What the optimiser was asked before, it is asked again.
   * @param isOptimisers whether the optimiser asked for the trial, so that it counts against the budget while it is not left out
   */
  setExcluded(number: number, excluded: boolean, isOptimisers: boolean): void {
    if (this.#excluded.has(number) === excluded) return
    if (excluded) this.#excluded.add(number)
    else this.#excluded.delete(number)
    if (isOptimisers) this.#uncounted += excluded ? 1 : -1
    this.#exhausted = null
    if (this.#optimiser === null) return
    this.#dismissed = Promise.all([this.#dismissed, this.#optimiser.close()])
    this.#optimiser = null
    this.#asking = false
    this.#ports.clock.after(renewalDelayMs, () => {
      // Stopped meanwhile, it begins with the next start; started again meanwhile, it knows already.
      if (this.#workers === null || this.#optimiser !== null) return
      this.#guarded(() => {
        this.#optimiser = this.#startOptimiser()
        this.#pump()
      })
    })
  }

  /** Running trials finish, nothing new begins. */
  pause(): void {
    this.#guarded(() => {
      if (this.#current.kind === 'running') this.#enter({ kind: this.#running.size > 0 ? 'draining' : 'paused' })
    })
  }

  /** Running trials end as soon as they can go on later, with a checkpoint; nothing new begins. */
  pauseNow(): void {
    this.#guarded(() => {
      if (this.#current.kind === 'running') this.#enter({ kind: this.#running.size > 0 ? 'draining' : 'paused' })
      if (this.#current.kind !== 'draining') return
      for (const number of this.#running.keys()) {
        if (this.#pausing.has(number)) continue
        this.#pausing.add(number)
        this.#workers?.pause(number)
      }
    })
  }

  /** Ends running trials at once; they wait, and begin first after the next start, where their last checkpoints were. */
  async stop(): Promise<void> {
    await this.dismiss()
    // Only now: the study may have ended in another way while its workers did.
    if (this.#current.kind !== 'running' && this.#current.kind !== 'draining') return
    this.#held.flush()
    this.#guarded(() => {
      this.#requeueRunning()
      this.#enter({ kind: 'paused' })
    })
    if (!this.isHeld) return
    // Whoever ends now does not wait for another program: the next opening finds the trials as those of a killed application.
    this.#held.clear()
    this.#forgetRunning()
    this.#rest()
    this.#current = { kind: 'paused' }
    this.#ports.stateChanged(this.#current)
  }

  /** Ends the workers and the optimiser at once; resolves when all are gone, those too that were dismissed before. */
  async dismiss(): Promise<void> {
    const workers = this.#workers
    const optimiser = this.#optimiser
    this.#workers = null
    this.#optimiser = null
    this.#asking = false
    this.#dismissed = Promise.all([this.#dismissed, workers?.close(), optimiser?.close()])
    await this.#dismissed
  }

  /**
   * The folder of the study is gone: it ends in error, with all that follows stored in the copy. Of one that did not run, what
   * is stored of its state stays as it is.
   */
  abandon(gone: SpiketuneError): void {
    if (this.#current.kind === 'running' || this.#current.kind === 'draining') {
      this.#failBy(gone)
      return
    }
    this.#current = { kind: 'error', message: gone.message, reason: 'study-gone' }
    this.#ports.stateChanged(this.#current)
  }

  /** An optimiser that knows the finished trials, but for those that are left out. */
  #startOptimiser(): OptimiserService {
    return this.#ports.startOptimiser(
      this.#finished.all().filter(({ number }) => !this.#excluded.has(number)),
      {
        failed: (message) => {
          this.#fail(optimiserFailed(message), 'optimiser-failed')
        },
      },
    )
  }

  #listener(): PoolListener {
    return {
      free: () => {
        this.#pump()
      },
      progress: (number, progress) => {
        const trial = this.#running.get(trialNumber(number))
        if (trial === undefined) return
        if (progress.phase === 'training' || progress.phase === 'testing') this.#times.trains(trial.number)
        const durationMs = this.#times.durationMs(trial.number)
        this.#ports.trialChanged(this.#move(trial, { kind: 'progressed', progress, durationMs }))
      },
      dataset: (card) => {
        this.#guarded(() => {
          this.#ports.datasetRead(card)
        })
      },
      epochEnded: (number, epoch, trainAccuracy) => this.#judge(number, epoch, trainAccuracy),
      outcome: (number, outcome) => {
        const trial = this.#running.get(trialNumber(number))
        if (trial === undefined) return
        const end = this.#endOf(trial)
        this.#guarded(() => {
          const called = this.#calledOff.get(trial.number)
          const isCancelled = outcome.kind === 'failed' && outcome.failure.reason === 'cancelled'
          this.#settle(trial, called !== undefined && isCancelled ? { kind: 'failed', failure: called } : outcome, end)
        })
      },
      resumed: this.#checkpoints.resumed,
      beginsAnew: this.#checkpoints.beginsAnew,
      checkpoint: this.#checkpoints.checkpoint,
      paused: (number) => {
        const trial = this.#running.get(trialNumber(number))
        if (trial === undefined) return
        this.#guarded(() => {
          this.#record(requeued(trial), 'paused')
          this.#pump()
        })
      },
      died: (number, death) => {
        const trial = this.#running.get(trialNumber(number))
        if (trial === undefined) return
        this.#losses.lost(number, death.device)
        const end = this.#endOf(trial)
        this.#guarded(() => {
          this.#lose(trial, death, end)
        })
      },
      unavailable: (message, lastWords) => {
        const said = lastWords === '' ? '' : ` It said: ${lastWords.trim()}`
        const advice = 'Resume the study to try again, or on other devices: `resume --device cpu=2`.'
        this.#fail(`No worker can be started: ${message}. ${advice}${said}`, 'workers-failed')
      },
    }
  }

  /** Ends a running trial; of others nothing happens. */
  #callOff(number: TrialNumber, failure: Failure): void {
    if (!this.#running.has(number)) return
    this.#calledOff.set(number, failure)
    this.#workers?.cancel(number)
  }

  /** It has trained for as long as the definition allows. */
  #overdue(number: TrialNumber): void {
    const trial = this.#running.get(number)
    if (trial === undefined) return
    const limit = `It was ended after ${this.#definition.timeLimitMinutes ?? 0} min, the \`timeLimitMinutes\` of the study`
    this.#callOff(number, {
      reason: 'time-limit',
      message: `${limit}, ${reached(trial, wordsOf(this.#definition.network.type))}.`,
    })
  }

  /** The worker of a trial is no more. One that was called off has come to its end by that. */
  #lose(trial: RunningTrial, { reason, message, lastWords }: WorkerDeath, end: TrialEnd): void {
    const called = this.#calledOff.get(trial.number)
    if (called !== undefined) {
      this.#settle(trial, { kind: 'failed', failure: called }, end)
      return
    }
    // It was ended because it did not come to where it can go on: that is no fault of the trial.
    if (this.#pausing.has(trial.number)) {
      this.#record(requeued(trial), 'requeued')
      this.#pump()
      return
    }
    const { attempts } = this.#definition
    const details = lastWords === '' ? undefined : lastWords
    const died = { kind: 'workerDied', attempts, reason, message, details, ...this.#told(end) } as const
    this.#record(this.#move(trial, died), reason)
    this.#pump()
  }

  /** Whether a running trial goes on after an epoch. */
  #judge(number: number, epoch: number, trainAccuracy: number | null): PrunedStop | null {
    if (!this.#running.has(trialNumber(number))) return null
    try {
      return this.#pruner.epochEnded(number, epoch, trainAccuracy, this.#excluded)
    } catch (error) {
      this.#failBy(error)
      return null
    }
  }

  /** Gives every idle worker something to do, as far as state and budget allow, and notices the end. */
  #pump(): void {
    this.#guarded(() => {
      this.#fillWorkers()
    })
  }

  #fillWorkers(): void {
    if (this.#current.kind === 'draining' && this.#running.size === 0) this.#enter({ kind: 'paused' })
    if (this.#current.kind !== 'running' || this.#workers === null) return
    let unused = false
    for (const worker of this.#workers.idle()) {
      const next = this.#nextFor(worker, this.#workers)
      if (next === undefined) unused = true
      else this.#claim(next, worker)
    }
    if (unused && this.#optimiser !== null && this.#mayAsk()) void this.#ask(this.#optimiser)
    if (this.#running.size === 0 && this.#waiting.length === 0 && !this.#asking && !this.#mayAsk()) {
      this.#enter(this.#end())
    }
  }

  /** The first waiting trial that its worker's device has not lost, as long as another could have it. */
  #nextFor(worker: string, workers: EvaluationWorkers): WaitingTrial | undefined {
    const [device, alive] = [workers.deviceOf(worker), workers.devices()]
    return this.#waiting.find(({ number }) => this.#losses.mayRun(number, device, alive))
  }

  #mayAsk(): boolean {
    return !this.#asking && this.#end().kind === 'running'
  }

  #end(): StudyState {
    return stateByBudget(this.#definition.budget, {
      asked: this.#finished.count + this.#running.size + this.#waiting.length - this.#uncounted,
      exhausted: this.#exhausted,
      elapsedMs: this.#watch.elapsedMs(),
    })
  }

  async #ask(optimiser: OptimiserService): Promise<void> {
    this.#asking = true
    const number = this.#nextNumber
    const pending = [...this.#waiting, ...this.#running.values()].sort(byNumber)
    let answer: Ask
    try {
      answer = await optimiser.ask(number, pending)
    } catch (error) {
      if (optimiser === this.#optimiser) this.#fail(optimiserFailed(messageOf(error)), 'optimiser-failed')
      return
    }
    // An optimiser that was dismissed meanwhile has nothing to say any more.
    if (optimiser !== this.#optimiser) return
    this.#asking = false
    this.#guarded(() => {
      this.#take(answer)
    })
  }

  #take(answer: Ask): void {
    // It is asked for again when the study goes on: nothing is lost with an answer that was never stored.
    if (this.#current.kind !== 'running') return
    if (answer.kind === 'exhausted') this.#exhausted = answer.reason
    else {
      // Not the number that was asked for: a trial of a person's may have taken that meanwhile.
      const trial = trialOf(this.#definition, this.#nextNumber, answer, this.#ports.clock.now())
      this.#ports.journal.asked(trial)
      this.#nextNumber = trialNumber(trial.number + 1)
      this.#wait(trial)
      this.#ports.trialChanged(trial)
    }
    this.#pump()
  }

  #claim(trial: WaitingTrial, worker: string): void {
    const running = claimed(trial, worker, this.#ports.clock.now(), this.#incumbent())
    this.#ports.journal.moved(running, 'claimed', this.#watch.elapsedMs())
    this.#waiting.splice(this.#waiting.indexOf(trial), 1)
    this.#running.set(running.number, running)
    this.#checkpoints.begin(running.number)
    this.#ports.trialChanged(running)
    this.#workers?.evaluate(worker, this.#ports.requestFor(running))
  }

  /** What replicates race against; undefined where they do not. */
  #incumbent(): number | null | undefined {
    if (!this.#definition.racing) return undefined
    return incumbentOf(this.#finished.all().filter(({ number }) => !this.#excluded.has(number)))
  }

  #settle(trial: RunningTrial, outcome: Outcome, end: TrialEnd): void {
    if (outcome.kind === 'failed' && endsStudy(outcome.failure)) {
      this.#fail(outcome.failure.message, outcome.failure.reason)
      return
    }
    this.#record(this.#move(trial, { kind: 'finished', outcome, ...this.#told(end) }), 'finished')
    this.#pruner.finished(trial.number, outcome)
    this.#pump()
  }

  /** It ends now, whenever that can be stored. */
  #endOf({ number }: RunningTrial): TrialEnd {
    return { atMs: this.#ports.clock.now(), durationMs: this.#times.durationMs(number) }
  }

  #told(end: TrialEnd): TrialEnd & { readonly toldOrder: number } {
    return { ...end, toldOrder: this.#finished.count }
  }

  /** Stores a trial that has left its worker, then tells whom it concerns. */
  #record(trial: Trial, reason: string): void {
    this.#ports.journal.moved(trial, reason, this.#watch.elapsedMs())
    this.#running.delete(trial.number)
    this.#times.end(trial.number)
    this.#calledOff.delete(trial.number)
    this.#pausing.delete(trial.number)
    const waited = this.#waiting.findIndex(({ number }) => number === trial.number)
    if (waited >= 0) this.#waiting.splice(waited, 1)
    if (isFinished(trial)) {
      this.#losses.forget(trial.number)
      this.#finished.add(slimFinished(trial))
      this.#optimiser?.tell(trial)
    } else if (trial.state === 'waiting') this.#wait(trial)
    this.#checkpoints.left(trial.number, trial.state === 'waiting')
    this.#ports.trialChanged(trial)
  }

  /** Lets a trial wait; the lowest number begins first, so that the order does not depend on which worker was quicker. */
  #wait(trial: WaitingTrial): void {
    this.#waiting.push(trial)
    this.#waiting.sort(byNumber)
  }

  #requeueRunning(): void {
    for (const trial of [...this.#running.values()]) this.#record(requeued(trial), 'requeued')
  }

  #move(trial: RunningTrial, event: TrialEvent): Trial {
    const moved = transition(trial, event)
    if (moved.state === 'running') this.#running.set(moved.number, moved)
    return moved
  }

  #enter(state: StudyState): void {
    this.#ports.journal.stateChanged(state, this.#watch.elapsedMs())
    if (state.kind === 'running' || state.kind === 'draining') {
      this.#watch.start()
      this.#sleepWatch.start()
    } else this.#rest()
    this.#current = state
    if (state.kind === 'finished') void this.dismiss()
    this.#ports.stateChanged(state)
  }

  #rest(): void {
    this.#watch.stop()
    this.#sleepWatch.stop()
  }

  /**
   * Runs `step`, now or as soon as another program lets go of the database; when a fact cannot be made durable, the study ends
   * in error, and nothing that is stored is touched.
   */
  #guarded(step: () => void): void {
    try {
      this.#held.run(step)
    } catch (error) {
      this.#failBy(error)
    }
  }

  #failBy(error: unknown): void {
    this.#fail(messageOf(error), error instanceof SpiketuneError ? (reasonOf[error.code] ?? 'other') : 'other')
  }

  #fail(message: string, reason: ErrorReason): void {
    if (this.#current.kind === 'error') return
    void this.dismiss()
    this.#held.clear()
    this.#rest()
    this.#current = { kind: 'error', message, reason }
    try {
      this.#requeueRunning()
      this.#ports.journal.stateChanged(this.#current, this.#watch.elapsedMs())
    } catch {
      // The storage itself is what failed. Trials that it still calls running wait again when the study is opened.
      this.#forgetRunning()
    }
    this.#ports.stateChanged(this.#current)
  }

  /** Lets running trials wait without storing it. */
  #forgetRunning(): void {
    for (const trial of this.#running.values()) {
      const waiting = requeued(trial)
      this.#wait(waiting)
      this.#ports.trialChanged(waiting)
    }
    this.#running.clear()
    this.#times.endAll()
    this.#calledOff.clear()
    this.#pausing.clear()
  }
}

const isOptimisers = ({ explanation }: Trial): boolean => originOf(explanation).kind === 'optimiser'

const byNumber = (a: Trial, b: Trial): number => a.number - b.number

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const reasonOf: Partial<Readonly<Record<ErrorCode, ErrorReason>>> = {
  'disk-full': 'disk-full',
  'study-gone': 'study-gone',
  'database-locked': 'database',
  'database-corrupt': 'database',
  'folder-not-writable': 'database',
}

const optimiserFailed = (message: string): string => `The optimiser failed: ${message}`
