/** What the head of a column shows of its values: their range, a histogram, categories. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { numberFromUnit, scaleOf, unitFromNumber } from '../../src-core/space/scale.ts'
import type { TableColumn } from './columns.ts'

/** A monotone map of a column's values to [0, 1] and back. */
export interface ColumnAxis {
  toUnit(value: number): number
  fromUnit(unit: number): number
}

export interface ColumnStatistics {
  /** Trials that have a value. */
  readonly count: number
  /** NaN where there is no number. */
  readonly low: number
  readonly high: number
  /** Every trial with a value has the same, and there are two of them at least. */
  readonly constant: boolean
  /** Counts in equal parts of the axis. */
  readonly bins: readonly number[]
  readonly axis: ColumnAxis
  /** Texts with their counts; empty for numbers. */
  readonly categories: readonly (readonly [text: string, count: number])[]
}

const binCount = 20

/** Linear from `low` to `high`, or on the scale of the searched hyperparameter where all values lie inside its bounds. */
export const axisOf = ({ parameter }: TableColumn, low: number, high: number): ColumnAxis => {
  if (parameter !== null && parameter.high > parameter.low && low >= parameter.low && high <= parameter.high) {
    const scale = scaleOf(parameter)
    return {
      toUnit: (value) => unitFromNumber(parameter, scale, value),
      fromUnit: (unit) => numberFromUnit(parameter, scale, unit),
    }
  }
  const width = high - low
  return {
    toUnit: (value) => (width > 0 ? (value - low) / width : 0.5),
    fromUnit: (unit) => low + unit * width,
  }
}

const ofTexts = (column: TableColumn, trials: readonly TrialRow[]): ColumnStatistics => {
  const counts = new Map<string, number>()
  let count = 0
  for (const trial of trials) {
    const value = column.value(trial)
    if (value === null) continue
    const text = String(value)
    counts.set(text, (counts.get(text) ?? 0) + 1)
    count += 1
  }
  const categories = [...counts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
  const constant = count > 1 && categories.length === 1
  return { count, low: NaN, high: NaN, constant, bins: [], axis: axisOf(column, 0, 0), categories }
}

/** One pass over the trials for the range, one over the values for the bins. */
export const columnStatistics = (column: TableColumn, trials: readonly TrialRow[]): ColumnStatistics => {
  if (column.kind !== 'number') return ofTexts(column, trials)
  const values = new Float64Array(trials.length)
  let count = 0
  let low = Infinity
  let high = -Infinity
  for (const trial of trials) {
    const value = column.value(trial)
    if (typeof value !== 'number' || !Number.isFinite(value)) continue
    values[count++] = value
    if (value < low) low = value
    if (value > high) high = value
  }
  if (count === 0) return { ...ofTexts(column, []), axis: axisOf(column, 0, 1) }
  const axis = axisOf(column, low, high)
  const bins = new Array<number>(binCount).fill(0)
  for (let at = 0; at < count; at += 1) {
    const bin = Math.min(binCount - 1, Math.max(0, Math.floor(axis.toUnit(values[at] ?? 0) * binCount + 1e-9)))
    bins[bin] = (bins[bin] ?? 0) + 1
  }
  return { count, low, high, constant: count > 1 && low === high, bins, axis, categories: [] }
}

/** A histogram as an area of a `width` by `height` drawing; every bin that is not empty is seen. */
export const histogramPath = (bins: readonly number[], width: number, height: number): string => {
  const most = Math.max(1, ...bins)
  const step = width / bins.length
  const parts = bins.flatMap((count, at) => {
    if (count === 0) return []
    const top = height - Math.max(1.5, (count / most) * height)
    return [`M${(at * step).toFixed(2)} ${height}V${top.toFixed(2)}h${(step * 0.86).toFixed(2)}V${height}z`]
  })
  return parts.join('')
}

export type StatisticsByColumn = ReadonlyMap<string, ColumnStatistics>

export const byColumn = (entries: Iterable<readonly [key: string, statistics: ColumnStatistics]>): StatisticsByColumn =>
  new Map(entries)

/** Keys of columns in which all trials are the same. */
export const constantColumns = (statistics: StatisticsByColumn): ReadonlySet<string> =>
  new Set([...statistics].filter(([, { constant }]) => constant).map(([key]) => key))
