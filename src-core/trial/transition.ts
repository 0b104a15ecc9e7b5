import type { Outcome } from './measurement.ts'
import type { FinishedTrial, RunningTrial, Trial, WaitingTrial } from './trial.ts'
import type { TrialProgress } from '../contracts/worker.ts'

/** A fact about a trial. Times in milliseconds since 1970; `toldOrder` is the place among finished trials, from 0. */
export type TrialEvent =
  | { readonly kind: 'claimed'; readonly worker: string; readonly atMs: number }
  | { readonly kind: 'progressed'; readonly progress: TrialProgress }
  | { readonly kind: 'finished'; readonly outcome: Outcome; readonly atMs: number; readonly toldOrder: number }
  /** The application stopped, or died: no fault of the trial, so the attempt does not count. */
  | { readonly kind: 'requeued' }
  /** A person does not want a trial that has not begun. One that runs is cancelled by its worker, as an outcome. */
  | { readonly kind: 'cancelled'; readonly atMs: number; readonly toldOrder: number }
  /** The worker died: the attempt counts. With `attempts` of them begun, the trial has failed. */
  | {
      readonly kind: 'workerDied'
      readonly attempts: number
      readonly message: string
      readonly details?: string | undefined
      readonly atMs: number
      readonly toldOrder: number
    }

/** The worker of a trial that ended before it began. */
export const noWorker = ''

/**
 * Moves a trial; nothing else does. The given trial stays as it is.
 * @throws {Error} when the trial cannot move so: somebody has lost track of it
 */
export function transition(trial: Trial, event: TrialEvent): Trial {
  switch (event.kind) {
    case 'claimed':
      if (trial.state !== 'waiting') throw illegal(trial, event)
      return {
        ...trial,
        state: 'running',
        attempt: trial.attempt + 1,
        worker: event.worker,
        startedAtMs: event.atMs,
        progress: null,
      }
    case 'progressed':
      if (trial.state !== 'running') throw illegal(trial, event)
      return { ...trial, progress: event.progress }
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
      return { ...trial, state: 'failed', worker: noWorker, startedAtMs: atMs, endedAtMs: atMs, toldOrder, failure }
    }
    case 'workerDied': {
      if (trial.state !== 'running') throw illegal(trial, event)
      if (trial.attempt < event.attempts) return wait(trial, trial.attempt)
      const { message, details } = event
      const failure = { reason: 'worker-died' as const, message, ...(details === undefined ? {} : { details }) }
      return finish(trial, { kind: 'failed', failure }, event)
    }
    default:
      return event satisfies never
  }
}

const wait = ({ worker: _, startedAtMs: __, progress: ___, ...base }: RunningTrial, attempt: number): WaitingTrial => ({
  ...base,
  state: 'waiting',
  attempt,
})

function finish(
  { progress: _, ...running }: RunningTrial,
  outcome: Outcome,
  { atMs, toldOrder }: { readonly atMs: number; readonly toldOrder: number },
): FinishedTrial {
  const ended = { ...running, endedAtMs: atMs, toldOrder }
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
