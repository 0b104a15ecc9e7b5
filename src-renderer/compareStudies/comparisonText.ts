import { type CostName, isTime } from '../../src-core/studyComparison/costs.ts'
import { isMinimised, storedObjective } from '../../src-core/progress/objectiveText.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import { formatCount, formatDuration } from '../trials/format.ts'

/** What it cost; of a target that was never reached there is no number. */
export const costText = (cost: CostName, value: number | null): string => {
  if (value === null || value === Infinity) return 'never'
  return isTime(cost) ? formatDuration(value) : formatCount(Math.round(value * 10) / 10)
}

/** A target as a person types it: the objective as it is stored, or what is wrong with it; null: none is named. */
export const readTarget = (
  metric: ShownMetric,
  text: string,
): { readonly target: number } | { readonly problem: string } | null => {
  if (text.trim() === '') return null
  const value = Number(text)
  if (!Number.isFinite(value)) return { problem: 'The target is a number, such as 0.95.' }
  if (!isMinimised(metric) && (value < 0 || value > 1)) return { problem: 'The target is from 0 to 1, such as 0.95.' }
  return { target: storedObjective(metric, value) }
}
