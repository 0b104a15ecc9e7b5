import type { GroupReport, SilenceReport } from '../../../src-core/progress/silenceReport.ts'
import { countOf, formatCount, formatDuration, formatObjective, formatShare } from './format.ts'

type Pairs = (readonly [label: string, value: string])[]

/** What silence cost and saved, as labels and values. */
export function silenceText(report: SilenceReport): Pairs {
  const { finished, stopped } = report
  if (stopped === 0) return [['stopped', `none of ${countOf(finished, 'trial')}: silence cost nothing here`]]
  const layers = report.layers.map(({ layer, trials }) => `${formatCount(trials)} ${layer}`).join(', ')
  return [
    [
      'stopped',
      `${formatCount(stopped)} of ${formatCount(finished)} trials (${formatShare(report.stoppedShare)}), by layer: ${layers}`,
    ],
    [
      'cost',
      `${formatDuration(report.stoppedComputeMs)} of ${formatDuration(report.computeMs)} worker time ` +
        `(${formatShare(report.stoppedComputeShare)}) went to stopped trials`,
    ],
    [
      'saved',
      `about ${formatDuration(report.timeSavedMs)} of worker time, ` +
        `${formatShare(report.timeSavedShare)} of the time without stopping`,
    ],
    ...accuracy('of stopped trials', 'accuracy', report.stoppedTrials),
    ...accuracy('of complete trials', '', report.completeTrials),
  ]
}

function accuracy(of: string, label: string, { medianObjective, bestObjective }: GroupReport): Pairs {
  if (medianObjective === null || bestObjective === null) return []
  return [[label, `${of}: median ${formatObjective(medianObjective)}, at most ${formatObjective(bestObjective)}`]]
}
