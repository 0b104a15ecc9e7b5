import type { CheckpointPlace } from '../../src-core/checkpoint/checkpointHead.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import type { DataCard } from '../../src-core/datasets/dataCard.ts'
import type { StudyState } from '../../src-core/progress/readModel.ts'
import type { FinishedTrial, RunningTrial, Trial, TrialNumber, WaitingTrial } from '../../src-core/trial/trial.ts'
import type { PoolListener } from '../workers/workerPool.ts'
import type { Clock } from './clock.ts'
import type { StoredHistory } from './history.ts'
import type { StoredCurve } from './pruner.ts'
import type { OptimiserListener, OptimiserService } from './optimiserService.ts'

/** `resumed`: a trial goes on from it; `begins-anew`: it could not; `checkpoint-failed`: none could be written, training goes on. */
export type CheckpointEvent = 'resumed' | 'begins-anew' | 'checkpoint-failed'

/** The checkpoints of trials that have not ended. */
export interface CheckpointShelf {
  /** Where a trial would go on; null: from its beginning. */
  placeOf(trial: number): CheckpointPlace | null
  /** A worker has written one. */
  written(trial: number, place: CheckpointPlace): void
  /** None is needed any more, or what there is is of no use. */
  remove(trial: number): void
  /** What a person should know now: a checkpoint was of no use, or none can be written; null: nothing. */
  told(problem: string | null): void
}

/** Where the scheduler's facts become durable; each call is one transaction, and throws a SpiketuneError if it fails. */
export interface TrialJournal {
  /** A trial that was asked for, by the optimiser or by a person. */
  asked(trial: WaitingTrial): void
  /** A trial that has moved, and how long the study has run in all. */
  moved(trial: Trial, reason: string, elapsedMs: number): void
  /** What became of a checkpoint of a trial. @param detail how far it was, or why it is of no use */
  checkpointNoted(trial: number, kind: CheckpointEvent, detail: string): void
  /** The machine slept while the study ran. */
  slept(durationMs: number): void
  /** Where the study stands, and how long it has run in all. */
  stateChanged(state: StudyState, elapsedMs: number): void
}

/** What the scheduler needs of its workers. */
export interface EvaluationWorkers {
  readonly size: number
  /** Names of the workers that can take an evaluation now. */
  idle(): readonly string[]
  /** The device of a worker, as in a definition's `workers`. */
  deviceOf(worker: string): string
  /** Devices that have workers, busy or not. */
  devices(): ReadonlySet<string>
  resize(count: number): void
  evaluate(worker: string, request: EvaluationRequest): void
  cancel(trial: number): void
  /** Ends an evaluation where it can go on later. */
  pause(trial: number): void
  /** Has the network of a trial written to `path` as it is. @throws {Error} when that is not possible */
  snapshot(trial: number, path: string): Promise<void>
  /** Ends every worker at once. */
  close(): Promise<void>
}

export interface SchedulerPorts {
  readonly clock: Clock
  readonly journal: TrialJournal
  readonly checkpoints: CheckpointShelf
  /** An optimiser for one run of the study, from start to stop, that has been told these trials in their order. */
  startOptimiser(told: readonly FinishedTrial[], listener: OptimiserListener): OptimiserService
  /** Workers for one run of the study, from start to stop. */
  createWorkers(listener: PoolListener): EvaluationWorkers
  requestFor(trial: RunningTrial): EvaluationRequest
  /** The dataset that trials are trained on from now on. */
  datasetRead(card: DataCard): void
  /** A trial has changed, durably unless only its progress did. */
  trialChanged(trial: Trial): void
  stateChanged(state: StudyState): void
  /** The machine slept while the study ran, which is stored. */
  slept(durationMs: number): void
}

/** What the scheduler starts from: a new study, or one that goes on. */
export interface SchedulerStart {
  readonly waiting: readonly WaitingTrial[]
  readonly nextNumber: TrialNumber
  readonly finished: StoredHistory
  /** Learning curves of the finished ones, in the order they were told; read when somebody asks for them. */
  readonly curves: () => readonly StoredCurve[]
  /** Those of the finished ones that are left out. */
  readonly excluded: ReadonlySet<number>
  readonly elapsedMs: number
}
