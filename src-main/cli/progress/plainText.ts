import { isFeasible, isMeasured } from '../../../src-core/progress/best.ts'
import type { StudySummary, TrialRow } from '../../../src-core/progress/readModel.ts'
import type { PrunedStop, SilenceStop, TrialStop } from '../../../src-core/trial/measurement.ts'
import { countOf, formatAgainst, formatCount, formatDuration, formatLimit, formatObjective } from '../text/format.ts'
import { waitsForText } from '../../../src-core/progress/waitsFor.ts'
import { objectiveNumber, objectivePhrase } from '../../../src-core/progress/objectiveText.ts'
import { replicatesWords } from '../../../src-core/progress/replicatesText.ts'
import { nonSpikingShareOf, type StudyWords, wordsOf } from '../../../src-core/study/studyWords.ts'
import type { ProgressView } from './progressView.ts'

/** What came of a finished trial, as a line for a log. */
export const finishedLine = (row: TrialRow, { summary }: Pick<ProgressView, 'summary'>): string => {
  const best = summary.best?.number === row.number ? ', best so far' : ''
  const took = row.durationMs === null ? 'duration unknown' : formatDuration(row.durationMs)
  const problem = row.networkProblem === undefined ? '' : `. ${row.networkProblem}`
  const text = `trial ${row.number} ${outcome(row, summary)}${best}${row.startedAtMs === null ? '' : `, ${took}`}${problem}`
  return `[${formatDuration(summary.elapsedMs)}] ${text}`
}

const outcome = (row: TrialRow, { metric, network }: Pick<StudySummary, 'metric' | 'network'>): string => {
  const measured =
    row.objective === null
      ? ''
      : `, ${objectivePhrase(metric, row.objective, row.replicates?.objectiveStandardError)}${
          row.replicates?.raceEnd === undefined ? '' : `, hopeless after ${replicatesWords(row.replicates)}`
        }`
  switch (row.state) {
    case 'complete':
      return `complete${measured}${isMeasured(row) && !isFeasible(row) ? ', infeasible' : ''}`
    case 'stopped':
      return `${row.stop === null ? 'stopped early' : stopText(row.stop, wordsOf(network))}${measured}`
    case 'failed':
      return `failed (${row.failure === null ? 'unknown' : `${row.failure.reason}: ${row.failure.message}`})`
    default:
      return row.state
  }
}

/** Why training ended early. */
const stopText = (stop: TrialStop, words: StudyWords): string =>
  stop.kind === 'silence' ? `stopped early (${stopReason(stop, words)})` : stopReason(stop, words)

/** What stopped a trial: where it was silent, and how it exceeded what is allowed; or when it was pruned, and by how much. */
export const stopReason = (stop: TrialStop, words: StudyWords): string =>
  stop.kind === 'silence' ? silence(stop, words) : pruned(stop, words)

const pruned = ({ rule, epoch, accuracy, threshold, trials }: PrunedStop, { pass, learned }: StudyWords): string => {
  const [own, limit] = [formatObjective(accuracy), formatObjective(threshold)]
  const against = rule === 'median' ? `the median ${limit}` : `${limit}, the last to go on`
  return `pruned at ${pass} ${epoch + 1}: ${learned} ${own} below ${against} of ${countOf(trials, 'trial')}`
}

const silence = (stop: SilenceStop, { pass, unit }: StudyWords): string => {
  const share = stop.nonSpiking / stop.trainSamples
  const at = `${pass} ${stop.epoch + 1}, ${unit} ${formatCount(stop.sample)}`
  return `${nonSpikingShareOf(stop.layer)} ${formatAgainst(share, stop.beta)}, ${formatLimit(stop.beta)} allowed, ${at}`
}

/** What befell the study besides its trials, since it was last looked at. */
export const newsIn = (before: ProgressView | null, { summary }: ProgressView): string[] => {
  const { waitsFor, timeLeftMs, sleptMs } = summary
  const at = `[${formatDuration(summary.elapsedMs)}]`
  const slept = sleptMs - (before?.summary.sleptMs ?? sleptMs)
  const waits = waitsFor !== null && waitsFor.because !== before?.summary.waitsFor?.because
  return [
    ...(slept > 0 ? [`${at} The machine slept for ${formatDuration(slept)}; that is not running time.`] : []),
    ...(waits ? [`${at} ${waitsForText(waitsFor, timeLeftMs, formatDuration)}`] : []),
  ]
}

/**
 * Where the study stands, as a line for a log.
 * @param sinceMs how long ago the study last said so; it runs on meanwhile
 */
export const summaryLine = ({ summary }: ProgressView, sinceMs = 0): string => {
  const { counts, trialBudget, best } = summary
  const timeLeftMs = summary.timeLeftMs === null ? null : Math.max(0, summary.timeLeftMs - sinceMs)
  const finished = counts.complete + counts.stopped + counts.failed
  return [
    `[${formatDuration(summary.elapsedMs + sinceMs)}] ` +
      (trialBudget === null
        ? `${countOf(finished, 'trial')} finished`
        : `${formatCount(finished)} of ${countOf(trialBudget, 'trial')}`),
    `${formatCount(counts.running)} running`,
    `${formatCount(counts.stopped)} stopped early`,
    `${formatCount(counts.failed)} failed`,
    best === null
      ? 'no best yet'
      : `best ${objectiveNumber(summary.metric, best.objective, best.standardError)} (trial ${best.number}${best.feasible ? '' : ', infeasible'})`,
    ...(timeLeftMs === null ? [] : [`about ${formatDuration(timeLeftMs)} left`]),
  ].join(', ')
}
