import { isMinimised, measuredObjective, metricNames } from '../../../src-core/progress/objectiveMetric.ts'
import type { ObjectiveMetric } from '../../../src-core/study/silenceSchema.ts'
import { formatCost, formatObjective } from './format.ts'

/** What was measured, as a number: "0.9321", "1,204.5". @param objective as it is stored */
export const objectiveNumber = (metric: ObjectiveMetric, objective: number): string =>
  isMinimised(metric) ? formatCost(measuredObjective(metric, objective)) : formatObjective(objective)

/** Name and number: "accuracy 0.9321", "spikes per sample 1,204.5". */
export const objectivePhrase = (metric: ObjectiveMetric, objective: number): string =>
  `${metricNames[metric]} ${objectiveNumber(metric, objective)}`
