import type { Configuration } from '../space/parameter.ts'
import type { Seed } from '../random/seed.ts'
import type { Failure, Measurement, TrialStop } from './measurement.ts'
import type { TrialProgress } from '../contracts/worker.ts'

declare const trialBrand: unique symbol
/** Number of a trial in its study, from 0, in the order of asking. */
export type TrialNumber = number & { readonly [trialBrand]: true }

export const trialNumber = (value: number): TrialNumber => value as TrialNumber

interface TrialBase {
  readonly number: TrialNumber
  readonly configuration: Configuration
  readonly seed: Seed
  /**
   * Why this point was asked for, shown and stored: in the terms of the optimiser, which reads them again, or in those of
   * origin.ts when it was asked for by somebody else.
   */
  readonly explanation: Readonly<Record<string, unknown>>
  /** Attempts begun that count: the running one, and each that ended by the death of its worker. 0 before the first. */
  readonly attempt: number
  readonly createdAtMs: number
  /**
   * The best objective that was known when it first began, which its replicates race against however often it begins anew; null:
   * none was known. Left out where nothing races, and before it begins.
   */
  readonly incumbent?: number | null | undefined
}

export interface WaitingTrial extends TrialBase {
  readonly state: 'waiting'
}
export interface RunningTrial extends TrialBase {
  readonly state: 'running'
  readonly worker: string
  readonly startedAtMs: number
  /** Of this attempt, by its last progress; null where another application runs it. */
  readonly durationMs: number | null
  readonly progress: TrialProgress | null
}
interface Ended {
  readonly worker: string
  /** Dates, to be shown; how long it took is not their difference. */
  readonly startedAtMs: number
  readonly endedAtMs: number
  /** How long the last attempt took; null: not known, or it never began. */
  readonly durationMs: number | null
  /** Order in which finished trials were told to the optimiser, from 0. */
  readonly toldOrder: number
}
export interface CompleteTrial extends TrialBase, Ended {
  readonly state: 'complete'
  readonly measurement: Measurement
}
export interface StoppedTrial extends TrialBase, Ended {
  readonly state: 'stopped'
  readonly measurement: Measurement
  readonly stop: TrialStop
}
export interface FailedTrial extends TrialBase, Ended {
  readonly state: 'failed'
  readonly failure: Failure
}

export type FinishedTrial = CompleteTrial | StoppedTrial | FailedTrial
export type Trial = WaitingTrial | RunningTrial | FinishedTrial

/** Whether what is stored of it cannot be read any more: it is shown as a failed one, whatever it was. */
export const isUnreadable = (trial: Trial): boolean => trial.state === 'failed' && trial.failure.reason === 'unreadable'

export const isFinished = (trial: Trial): trial is FinishedTrial =>
  trial.state === 'complete' || trial.state === 'stopped' || trial.state === 'failed'
