/** What constraints and measured numbers are called in texts, the same in the terminal, in the window and in files that people read. */
import { limitedMetricOf } from '../stopping/constraints.ts'
import { watchedLayerOf } from '../stopping/silenceRule.ts'
import { nonSpikingShareOf, type StudyWords } from '../study/studyWords.ts'
import { metricName } from './objectiveText.ts'
import { type MetricLimit, shownLimit } from './readModel.ts'

/**
 * The title of a constraint: "excitatory non-spiking share", "spikes per sample".
 * @param name as it is stored and as optimisers know it
 * @param limits of the study, where they say how a metric is shown
 */
export const constraintTitle = (name: string, limits: readonly MetricLimit[] = []): string => {
  const limit = limits.find((one) => one.name === name)
  if (limit !== undefined) return metricName(shownLimit(limit))
  const layer = watchedLayerOf(name)
  if (layer !== null) return nonSpikingShareOf(layer)
  const metric = limitedMetricOf(name)
  return metric === null ? name : metricName(metric)
}

const shareOfSeen = /^nonSpikingShare(.)(.*)$/

/**
 * What a stored metric is called. The share of the samples that the last epoch has shown is not that of the constraint, which is of
 * all its samples and of the worst epoch.
 */
export const metricLabel = (name: string, { unit }: Pick<StudyWords, 'unit'>): string => {
  const [, first, rest] = shareOfSeen.exec(name) ?? []
  return first === undefined || rest === undefined
    ? name
    : `${nonSpikingShareOf(first.toLowerCase() + rest)} of ${unit}s seen`
}
