import { isMinimised, metricName } from '../../../src-core/progress/objectiveMetric.ts'
import type { ObjectiveMetric } from '../../../src-core/study/metricSchema.ts'
import type { GroupReport, SilenceReport } from '../../../src-core/progress/silenceReport.ts'
import { countOf, formatCount, formatDuration, formatShare } from './format.ts'
import { objectiveNumber } from '../../../src-core/progress/objectiveText.ts'

type Pairs = (readonly [label: string, value: string])[]

/** What silence cost and saved, as labels and values. */
export const silenceText = (report: SilenceReport, metric: ObjectiveMetric): Pairs => {
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
    ...objectives(metric, 'of stopped trials', metricName(metric), report.stoppedTrials),
    ...objectives(metric, 'of complete trials', '', report.completeTrials),
  ]
}

const objectives = (
  metric: ObjectiveMetric,
  of: string,
  label: string,
  { medianObjective, bestObjective }: GroupReport,
): Pairs => {
  if (medianObjective === null || bestObjective === null) return []
  const [median, best] = [medianObjective, bestObjective].map((value) => objectiveNumber(metric, value))
  return [[label, `${of}: median ${median}, ${isMinimised(metric) ? 'at least' : 'at most'} ${best}`]]
}
