import { endedEarly, timeSavedMs } from '../stopping/timeSaved.ts'
import type { ConstraintValue, Measurement } from '../trial/measurement.ts'
import { standardErrorsOf } from '../trial/standardErrors.ts'
import { noWorker } from '../trial/transition.ts'
import { type FailedTrial, type FinishedTrial, isUnreadable, type Trial } from '../trial/trial.ts'
import { isInitialDesign } from './initialDesign.ts'
import { originOf } from '../trial/origin.ts'
import { type Annotation, noAnnotation, type TrialRow } from './readModel.ts'

/** Total violation: the sum of the positive constraint values; 0 when every constraint holds. */
export const totalViolation = (constraints: readonly ConstraintValue[]): number =>
  constraints.reduce((sum, constraint) => sum + Math.max(0, constraint.value), 0)

/** The row of the read model that shows `trial`, and what people say of it. */
export const toTrialRow = (trial: Trial, annotation: Annotation = noAnnotation): TrialRow => {
  const origin = originOf(trial.explanation)
  const waiting: TrialRow = {
    number: trial.number,
    state: trial.state,
    attempt: trial.attempt,
    configuration: { ...trial.configuration },
    seed: trial.seed,
    initialDesign: isInitialDesign(trial.explanation),
    worker: null,
    startedAtMs: null,
    endedAtMs: null,
    durationMs: null,
    progress: null,
    objective: null,
    constraints: [],
    violation: null,
    metrics: {},
    stop: null,
    timeSavedMs: 0,
    failure: null,
    networkFile: null,
    annotation,
    enqueued: origin.kind === 'person',
    copiedFrom: origin.kind === 'copy' ? { study: origin.study, number: origin.trial } : null,
  }
  switch (trial.state) {
    case 'waiting':
      return waiting
    case 'running':
      return {
        ...waiting,
        worker: trial.worker,
        startedAtMs: trial.startedAtMs,
        durationMs: trial.durationMs,
        progress: trial.progress,
      }
    case 'complete':
      return { ...waiting, ...ended(trial), ...measured(trial.measurement) }
    case 'stopped': {
      const { trainDurationMs, samplesTrained, samplesPlanned } = trial.measurement
      // So they were stored before only those stopped before their last sample counted as stopped early.
      if (!endedEarly(trial.measurement)) {
        return { ...waiting, ...ended(trial), ...measured(trial.measurement), state: 'complete' }
      }
      return {
        ...waiting,
        ...ended(trial),
        ...measured(trial.measurement),
        stop: trial.stop,
        timeSavedMs: timeSavedMs(trainDurationMs, samplesTrained, samplesPlanned),
      }
    }
    case 'failed':
      return { ...waiting, ...ended(trial), failure: trial.failure, annotation: annotationOf(trial, annotation) }
  }
}

/** What cannot be read is left out, whether or not somebody has noticed it yet. */
const annotationOf = (trial: FailedTrial, annotation: Annotation): Annotation =>
  isUnreadable(trial)
    ? { ...annotation, excluded: true, damage: annotation.damage ?? trial.failure.message }
    : annotation

const ended = ({ worker, startedAtMs, endedAtMs, durationMs }: FinishedTrial) =>
  worker === noWorker ? { endedAtMs } : { worker, startedAtMs, endedAtMs, durationMs }

const replicatesOf = (measurement: Measurement): Pick<TrialRow, 'replicates'> => {
  const errors = standardErrorsOf(measurement)
  if (errors === null) return {}
  const { replicates = [], raceEnd } = measurement
  return {
    replicates: {
      trained: replicates.length,
      objectiveStandardError: errors.objective,
      constraintStandardErrors: [...errors.constraints],
      ...(raceEnd !== undefined && { raceEnd }),
    },
  }
}

const measured = (measurement: Measurement) => ({
  objective: measurement.objective,
  constraints: [...measurement.constraints],
  violation: totalViolation(measurement.constraints),
  metrics: { ...measurement.metrics },
  ...replicatesOf(measurement),
  networkFile: measurement.networkFile,
  ...(measurement.networkProblem === undefined ? {} : { networkProblem: measurement.networkProblem }),
})
