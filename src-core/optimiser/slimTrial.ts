import type { Measurement } from '../trial/measurement.ts'
import type { FinishedTrial, WaitingTrial } from '../trial/trial.ts'
import type { PendingTrial } from './optimiser.ts'

/** A finished trial without its records: no optimiser reads them, and for thousands of trials they would fill memory. */
export const slimFinished = (trial: FinishedTrial): FinishedTrial => {
  if (trial.state !== 'failed') return { ...trial, measurement: slimMeasurement(trial.measurement) }
  const { reason, message } = trial.failure
  return { ...trial, failure: { reason, message } }
}

/** A trial under way as an optimiser sees it: whether it runs yet makes no difference to where to look next. */
export const slimPending = ({
  number,
  configuration,
  seed,
  explanation,
  attempt,
  createdAtMs,
}: PendingTrial): WaitingTrial => ({
  state: 'waiting',
  number,
  configuration,
  seed,
  explanation,
  attempt,
  createdAtMs,
})

const slimMeasurement = ({ networkSha256: _, ...measurement }: Measurement): Measurement => ({
  ...measurement,
  intervals: [],
  spikeCounts: [],
  confusion: [],
})
