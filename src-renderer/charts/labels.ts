import { formatCost } from '../../src-core/progress/objectiveText.ts'
import { formatValue } from '../trials/format.ts'

/** Values beside ticks. */
export const percentLabel = (share: number): string => String(Number((share * 100).toPrecision(4)))
export const plainLabel = (value: number): string => String(Number(value.toPrecision(4)))

/** Costs beside an axis, short: "12", "0.5", "90,000". */
export const costLabel = (cost: number): string =>
  Math.abs(cost) >= 1000 ? formatCost(Math.round(cost)).replace(/\.0$/, '') : formatValue(cost)
