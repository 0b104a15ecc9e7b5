import { metricName, limitPhrase, measuredNumber, metricTitle } from '../../src-core/progress/objectiveText.ts'
import { type ConstraintInfo, type MetricLimit, shownLimit, type TrialRow } from '../../src-core/progress/readModel.ts'
import { constraintError, replicatesWords, withError } from '../../src-core/progress/replicatesText.ts'
import { capitalised, nonSpiking, type ShownMetric, type StudyWords } from '../../src-core/study/studyWords.ts'
import type { FailureReason, PrunedStop, SilenceStop, TrialStop } from '../../src-core/trial/measurement.ts'
import {
  formatAccuracy,
  formatAgainst,
  formatCount,
  formatDuration,
  formatLimit,
  formatPercent,
  formatPlural,
} from './format.ts'

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
  'not-responding': 'The worker process did not respond',
  'time-limit': 'It took longer than a trial may',
  'disk-full': 'The disk is full',
  cancelled: 'Cancelled',
  internal: 'An unexpected error',
  unreadable: 'What is stored of it cannot be read',
}

export const failureWord = (reason: FailureReason): string => failureWords[reason]

/** "excitatory layer, fewer than 5 spikes" */
export const constraintMeaning = ({ layer, alpha, beta }: ConstraintInfo, { whole, silentIn }: StudyWords): string =>
  `At most ${formatLimit(beta)} of ${whole} with fewer than ${formatPlural(alpha, 'spike')} ${silentIn(layer)}`

/** What a metric is called in a sentence. */
export const metricWord = (metric: ShownMetric): string => metricName(metric)

/** "Spikes per sample: at most 1,000" */
export const limitMeaning = (limit: MetricLimit): string => `${metricTitle(shownLimit(limit))}: ${limitPhrase(limit)}`

/** Share of non-spiking samples that a constraint value stands for; null when it was not measured. */
export const shareOfConstraint = ({ constraints }: TrialRow, { name, beta }: ConstraintInfo): number | null => {
  const measured = constraints.find((constraint) => constraint.name === name)
  // A mean may be less than nothing by its rounding.
  return measured === undefined ? null : Math.max(0, measured.value + beta)
}

/** The share of a constraint with its standard error, in percent: "3.20 ± 0.41 %". */
export const shareWithError = (
  trial: TrialRow,
  { name, beta }: Pick<ConstraintInfo, 'name' | 'beta'>,
  share: number,
): string => {
  const error = constraintError(trial, name)
  const value = formatAgainst(share, beta)
  return error === null ? value : withError(value.replace(/\s*%$/, ''), formatPercent(error, 2))
}

/** A limited metric with its standard error, which its constraint has in units of the limit. */
export const measuredWithError = (trial: TrialRow, { name, metric, limit }: MetricLimit, measured: number): string => {
  const error = constraintError(trial, name)
  return withError(measuredNumber(metric, measured), error === null ? null : measuredNumber(metric, error * limit))
}

/** Why training ended early, in a few words. */
export const stopRemark = (stop: TrialStop, words: StudyWords): string =>
  stop.kind === 'silence' ? `${stop.layer}, ${stopPlace(stop, words)}` : `pruned at ${stopPlace(stop, words)}`

/** Why training ended early, in one sentence with its figures. */
export const stopSentence = (stop: TrialStop, words: StudyWords): string =>
  stop.kind === 'silence' ? silenceSentence(stop, words) : prunedSentence(stop, words)

const prunedSentence = (
  { rule, epoch, accuracy, threshold, trials }: PrunedStop,
  { pass, learned }: StudyWords,
): string => {
  const others = formatPlural(trials, 'other trial')
  const against =
    rule === 'median'
      ? `below the median ${formatAccuracy(threshold)} of ${others} at the same ${pass}`
      : `below ${formatAccuracy(threshold)}, the last that goes on beside ${others} at this rung`
  return `Pruned at ${pass} ${epoch + 1}: ${learned} ${formatAccuracy(accuracy)} ${against}.`
}

const silenceSentence = (
  { layer, epoch, sample, nonSpiking, trainSamples, alpha, beta }: SilenceStop,
  { pass, unit, silentHead }: StudyWords,
): string =>
  `${silentHead(layer)}: in ${pass} ${epoch + 1}, after ${formatCount(sample)} of ${formatCount(trainSamples)} ${unit}s, ` +
  `${formatCount(nonSpiking)} had brought fewer than ${formatPlural(alpha, 'spike')} (α). That is ` +
  `${formatAgainst(nonSpiking / trainSamples, beta)} of the ${pass}, above the ${formatLimit(beta)} allowed (β).`

/** "epoch 1, 4,800 samples": where a stopped trial ended. */
export const stopPlace = (stop: TrialStop, { pass, unit }: StudyWords): string =>
  stop.kind === 'silence'
    ? `${pass} ${stop.epoch + 1}, ${formatPlural(stop.sample, unit)}`
    : `${pass} ${stop.epoch + 1}`

/** The figures of an early end, by name. */
export const stopFacts = (
  stop: TrialStop,
  { pass, unit, learned }: StudyWords,
): readonly (readonly [name: string, value: string])[] =>
  stop.kind === 'silence'
    ? [
        ['Watched', stop.layer],
        [capitalised(pass), String(stop.epoch + 1)],
        [capitalised(unit), `${formatCount(stop.sample)} of ${formatCount(stop.trainSamples)}`],
        [
          capitalised(nonSpiking),
          `${formatCount(stop.nonSpiking)}, allowed ${formatCount(Math.floor(stop.beta * stop.trainSamples))}`,
        ],
      ]
    : [
        ['Rule', stop.rule === 'median' ? 'median' : 'successive halving'],
        [capitalised(pass), String(stop.epoch + 1)],
        [capitalised(learned), formatAccuracy(stop.accuracy)],
        ['To go on', `at least ${formatAccuracy(stop.threshold)}, by ${formatPlural(stop.trials, 'other trial')}`],
      ]

/** How long a trial took that has ended; null: it has not, or that is not known. */
export const durationOf = ({ state, durationMs }: TrialRow): number | null => (state === 'running' ? null : durationMs)

export const savedSentence = ({ timeSavedMs }: TrialRow): string | null =>
  timeSavedMs > 0 ? `Stopping it saved about ${formatDuration(timeSavedMs)} of training.` : null

/** What a stopped or failed trial has to say, short enough for a table. */
export const remarkOf = (trial: TrialRow, words: StudyWords): string => {
  if (trial.stop !== null) return stopRemark(trial.stop, words)
  if (trial.replicates?.raceEnd !== undefined) return `hopeless after ${replicatesWords(trial.replicates)}`
  if (trial.failure !== null) return failureWord(trial.failure.reason)
  if (trial.violation !== null && trial.violation > 0) return 'infeasible'
  return ''
}

/** Training samples of an epoch of a trial, as far as its row says; null: it does not. */
export const epochSamplesOf = ({ stop, progress }: Pick<TrialRow, 'stop' | 'progress'>): number | null =>
  stop?.kind === 'silence' ? stop.trainSamples : (progress?.epochSamples ?? null)
