import type { DesignPart, InitialDesignReport } from '../../../src-core/progress/initialDesign.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import { formatCount, formatObjective, formatShare } from './format.ts'

type Pairs = (readonly [label: string, value: string])[]

/** The best trial after the initial design beside the best of it, as labels and values. */
export function initialDesignText(
  { initial, after }: InitialDesignReport,
  type: StudyDefinition['optimiser']['type'],
): Pairs {
  return [
    [
      'accuracy',
      `${type.toUpperCase()}: ${bestText(after)}; its random initial design of ${formatCount(initial.finished)}: ${bestText(initial)}`,
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
}

const bestText = ({ best }: DesignPart): string =>
  best === null ? 'nothing feasible' : `${formatObjective(best.objective)} (trial ${best.number})`
