import type { Outcome } from './measurement.ts'
import type { FinishedTrial, RunningTrial, Trial, WaitingTrial } from './trial.ts'
import type { TrialProgress } from '../contracts/worker.ts'

/** When a trial left its worker, how long its attempt took by a clock that nobody can set, and its place in the telling. */
interface End {
  readonly atMs: number
  readonly durationMs: number
  readonly toldOrder: number
}

/** A fact about a trial. Dates in milliseconds since 1970; `toldOrder` is the place among finished trials, from 0. */
export type TrialEvent =
  | {
      readonly kind: 'claimed'
      readonly worker: string
      readonly atMs: number
      /** Of a race: the best objective that is known now; null: none is. */
      readonly incumbent?: number | null | undefined
    }
  | { readonly kind: 'progressed'; readonly progress: TrialProgress; readonly durationMs: number }
  | (End & { readonly kind: 'finished'; readonly outcome: Outcome })
  /** The application stopped, or died: no fault of the trial, so the attempt does not count. */
  | { readonly kind: 'requeued' }
  /** A person does not want a trial that has not begun. One that runs is cancelled by its worker, as an outcome. */
  | { readonly kind: 'cancelled'; readonly atMs: number; readonly toldOrder: number }
  /** The worker died, or said nothing and was ended: the attempt counts. With `attempts` of them begun, the trial has failed. */
  | (End & {
      readonly kind: 'workerDied'
      readonly attempts: number
      readonly reason: 'worker-died' | 'not-responding'
      readonly message: string
      readonly details?: string | undefined
    })

/** The worker of a trial that ended before it began. */
export const noWorker = ''

/**
 * Moves a trial; nothing else does. The given trial stays as it is.
 * @throws {Error} when the trial cannot move so: somebody has lost track of it
 */
export const transition = (trial: Trial, event: TrialEvent): Trial => {
  switch (event.kind) {
    case 'claimed':
      if (trial.state !== 'waiting') throw illegal(trial, event)
      return {
        ...trial,
        state: 'running',
        attempt: trial.attempt + 1,
        worker: event.worker,
        startedAtMs: event.atMs,
        durationMs: 0,
        progress: null,
        ...(trial.incumbent === undefined && event.incumbent !== undefined && { incumbent: event.incumbent }),
      }
    case 'progressed':
      if (trial.state !== 'running') throw illegal(trial, event)
      return { ...trial, progress: event.progress, durationMs: event.durationMs }
    case 'finished':
      if (trial.state !== 'running') throw illegal(trial, event)
      return finish(trial, event.outcome, event)
    case 'requeued':
      if (trial.state !== 'running') throw illegal(trial, event)
      return wait(trial, trial.attempt - 1)
    case 'cancelled': {
      if (trial.state !== 'waiting') throw illegal(trial, event)
      const { atMs, toldOrder } = event
      const failure = { reason: 'cancelled' as const, message: 'It was cancelled before it began.' }
      const never = { worker: noWorker, startedAtMs: atMs, endedAtMs: atMs, durationMs: null }
      return { ...trial, ...never, state: 'failed', toldOrder, failure }
    }
    case 'workerDied': {
      if (trial.state !== 'running') throw illegal(trial, event)
      if (trial.attempt < event.attempts) return wait(trial, trial.attempt)
      const { reason, message, details } = event
      const failure = { reason, message, ...(details === undefined ? {} : { details }) }
      return finish(trial, { kind: 'failed', failure }, event)
    }
    default:
      return event satisfies never
  }
}

const wait = (running: RunningTrial, attempt: number): WaitingTrial => {
  const { worker: _, startedAtMs: __, durationMs: ___, progress: ____, ...base } = running
  return { ...base, state: 'waiting', attempt }
}

const finish = (
  { progress: _, ...running }: RunningTrial,
  outcome: Outcome,
  { atMs, durationMs, toldOrder }: End,
): FinishedTrial => {
  // A clock that was set back meanwhile: a trial ends after its start all the same.
  const endedAtMs = Math.max(atMs, running.startedAtMs + durationMs)
  const ended = { ...running, endedAtMs, durationMs, toldOrder }
  switch (outcome.kind) {
    case 'complete':
      return { ...ended, state: 'complete', measurement: outcome.measurement }
    case 'stopped':
      return { ...ended, state: 'stopped', measurement: outcome.measurement, stop: outcome.stop }
    case 'failed':
      return { ...ended, state: 'failed', failure: outcome.failure }
  }
}

const illegal = (trial: Trial, event: TrialEvent): Error =>
  new Error(`trial ${trial.number} is ${trial.state} and cannot be ${event.kind}`)
