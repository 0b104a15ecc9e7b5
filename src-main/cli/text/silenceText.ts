import type { SilenceReport } from '../../../src-core/progress/silenceReport.ts'
import { countOf, formatCount, formatDuration, formatObjective, formatShare } from './format.ts'

/** What silence cost and saved, as lines of text. */
export function silenceText(report: SilenceReport): string[] {
  const { finished, stopped, stoppedTrials, completeTrials } = report
  if (finished === 0) return ['No trial has finished yet.']
  if (stopped === 0) {
    return [`No trial of ${formatCount(finished)} was stopped early; nothing was lost to silence, and nothing saved.`]
  }
  const layers = report.layers.map(({ layer, trials }) => `${formatCount(trials)} by the ${layer} layer`).join(', ')
  const lines = [
    `stopped  ${formatCount(stopped)} of ${countOf(finished, 'finished trial')} (${formatShare(report.stoppedShare)}): ${layers}`,
    `cost     ${formatDuration(report.stoppedComputeMs)} of ${formatDuration(report.computeMs)} of worker time ` +
      `(${formatShare(report.stoppedComputeShare)}) went into stopped trials`,
    `saved    about ${formatDuration(report.timeSavedMs)} of worker time, ` +
      `${formatShare(report.timeSavedShare)} of what the same trials take without early stopping`,
  ]
  const { bestObjective, medianObjective } = stoppedTrials
  if (bestObjective !== null && medianObjective !== null) {
    lines.push(
      `accuracy of stopped trials at most ${formatObjective(bestObjective)}, median ${formatObjective(medianObjective)}` +
        (completeTrials.medianObjective === null
          ? ''
          : `; of complete ones median ${formatObjective(completeTrials.medianObjective)}`),
    )
  }
  return lines
}
