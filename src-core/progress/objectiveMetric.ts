/** What a study searches for, as people read it: the stored objective is maximised, so of a cost it is the negative. */
import { spikesOf } from '../study/metricSchema.ts'
import type { ObjectiveMetric } from '../study/metricSchema.ts'

/** What a metric is called in texts. */
export const metricName = (metric: ObjectiveMetric): string => {
  const spikes = spikesOf(metric)
  if (spikes !== null) {
    const { layer, label } = spikes
    return `spikes in ${layer} per sample${label === null ? '' : ` of class ${label}`}`
  }
  return metric === 'synapticOperationsPerSample'
    ? 'synaptic operations per sample'
    : metric === 'spikesPerSample'
      ? 'spikes per sample'
      : 'accuracy'
}

/** Whether less is better: of costs, not of accuracy. */
export const isMinimised = (metric: ObjectiveMetric): boolean => metric !== 'accuracy'

/** Above it no value can be. */
export const highestOf = (metric: ObjectiveMetric): number => (isMinimised(metric) ? Infinity : 1)

/** What was measured, from the objective as it is stored; `objectiveValue` of stopping/constraints.ts undone. */
export const measuredObjective = (metric: ObjectiveMetric, objective: number): number =>
  isMinimised(metric) ? 0 - objective : objective

/** As `measuredObjective` undone: the objective that is stored of what was measured. */
export const storedObjective = measuredObjective

/** The name, and which way is better where that does not go without saying: "spikes per sample, minimised". */
export const metricWithDirection = (metric: ObjectiveMetric): string =>
  isMinimised(metric) ? `${metricName(metric)}, minimised` : metricName(metric)
