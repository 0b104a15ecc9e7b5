import type { DesignPart, InitialDesignReport } from '../../../src-core/progress/initialDesign.ts'
import { metricName } from '../../../src-core/progress/objectiveMetric.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import type { ObjectiveMetric } from '../../../src-core/study/metricSchema.ts'
import { formatCount, formatShare } from './format.ts'
import { objectiveNumber } from '../../../src-core/progress/objectiveText.ts'

type Pairs = (readonly [label: string, value: string])[]

/** The best trial after the initial design beside the best of it, as labels and values. */
export const initialDesignText = (
  { initial, after }: InitialDesignReport,
  { optimiser: { type }, objective: { metric } }: Pick<StudyDefinition, 'optimiser' | 'objective'>,
): Pairs => [
  [
    metricName(metric),
    `${type.toUpperCase()}: ${bestText(after, metric)}; its random initial design of ${formatCount(initial.finished)}: ${bestText(initial, metric)}`,
  ],
  [
    'feasible',
    `${formatShare(initial.feasibleShare)} of the initial design, ${formatShare(after.feasibleShare)} after it`,
  ],
  [
    'stopped',
    `${formatShare(initial.stoppedShare)} of the initial design, ${formatShare(after.stoppedShare)} after it`,
  ],
]

const bestText = ({ best }: DesignPart, metric: ObjectiveMetric): string =>
  best === null ? 'nothing feasible' : `${objectiveNumber(metric, best.objective)} (trial ${best.number})`
