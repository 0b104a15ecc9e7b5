import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import type { FailureReason, SilenceStop } from '../../src-core/trial/measurement.ts'
import { formatCount, formatDuration, formatLimit, formatPercent, formatPlural } from './format.ts'

export const trialStateWords: Readonly<Record<TrialRow['state'], string>> = {
  waiting: 'Waiting',
  running: 'Running',
  complete: 'Complete',
  stopped: 'Stopped',
  failed: 'Failed',
}

const failureWords: Readonly<Record<FailureReason, string>> = {
  'non-finite': 'A value of the network was not finite',
  'out-of-memory': 'Out of memory',
  'impossible-network': 'A network of these hyperparameters cannot be built',
  dataset: 'The dataset could not be read',
  'worker-died': 'The worker process died',
  'disk-full': 'The disk is full',
  cancelled: 'Cancelled',
  internal: 'An unexpected error',
}

export const failureWord = (reason: FailureReason): string => failureWords[reason]

/** "excitatory layer, fewer than 5 spikes" */
export const constraintMeaning = ({ layer, alpha, beta }: ConstraintInfo): string =>
  `At most ${formatLimit(beta)} of the training samples of an epoch with fewer than ${formatPlural(alpha, 'spike')} in the ${layer} layer`

/** Share of non-spiking samples that a constraint value stands for; null when it was not measured. */
export const shareOfConstraint = ({ constraints }: TrialRow, { name, beta }: ConstraintInfo): number | null => {
  const measured = constraints.find((constraint) => constraint.name === name)
  return measured === undefined ? null : measured.value + beta
}

/** Why silence stopped a trial, in one sentence with its counts. */
export const stopSentence = ({ layer, epoch, sample, nonSpiking, trainSamples, alpha, beta }: SilenceStop): string =>
  `Silent in the ${layer} layer: in epoch ${epoch + 1}, after ${formatCount(sample)} of ${formatCount(trainSamples)} samples, ` +
  `${formatCount(nonSpiking)} had brought fewer than ${formatPlural(alpha, 'spike')} (α). That is ` +
  `${formatPercent(nonSpiking / trainSamples, 2)} of the epoch, above the ${formatLimit(beta)} allowed (β).`

/** "epoch 1, 4,800 samples": where a stopped trial ended. */
export const stopPlace = ({ epoch, sample }: SilenceStop): string =>
  `epoch ${epoch + 1}, ${formatPlural(sample, 'sample')}`

export const durationOf = ({ startedAtMs, endedAtMs }: TrialRow): number | null =>
  startedAtMs === null || endedAtMs === null ? null : endedAtMs - startedAtMs

export const savedSentence = ({ timeSavedMs }: TrialRow): string | null =>
  timeSavedMs > 0 ? `Stopping it saved about ${formatDuration(timeSavedMs)} of training.` : null

/** What a stopped or failed trial has to say, short enough for a table. */
export const remarkOf = (trial: TrialRow): string => {
  if (trial.stop !== null) return `${trial.stop.layer}, ${stopPlace(trial.stop)}`
  if (trial.failure !== null) return failureWord(trial.failure.reason)
  if (trial.violation !== null && trial.violation > 0) return 'infeasible'
  return ''
}
