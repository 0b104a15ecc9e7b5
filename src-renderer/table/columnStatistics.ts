/** What the head of a column shows of its values: their range, a histogram, categories. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { numberFromUnit, scaleOf, unitFromNumber } from '../../src-core/space/scale.ts'
import type { TableColumn } from './columns.ts'

/** A monotone map of a column's values to [0, 1] and back. */
interface ColumnAxis {
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
const axisOf = ({ parameter }: TableColumn, low: number, high: number): ColumnAxis => {
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

/** The statistics of a column from update to update: only rows that have changed are read. */
export class LiveStatistics {
  readonly #column: TableColumn
  #rows: readonly TrialRow[] = []
  readonly #texts = new Map<string, number>()
  #count = 0
  /** By row; NaN: it has no number. */
  #values = new Float64Array(0)
  #low = NaN
  #high = NaN
  #axis: ColumnAxis
  #bins: number[] = []

  constructor(column: TableColumn) {
    this.#column = column
    this.#axis = axisOf(column, 0, 0)
  }

  of(trials: readonly TrialRow[]): ColumnStatistics {
    return this.#column.kind === 'number' ? this.#ofNumbers(trials) : this.#ofTexts(trials)
  }

  #ofTexts(trials: readonly TrialRow[]): ColumnStatistics {
    const count = (trial: TrialRow | undefined, by: 1 | -1): void => {
      const value = trial === undefined ? null : this.#column.value(trial)
      if (value === null) return
      const text = String(value)
      const left = (this.#texts.get(text) ?? 0) + by
      if (left === 0) this.#texts.delete(text)
      else this.#texts.set(text, left)
      this.#count += by
    }
    const before = this.#rows
    for (let at = 0; at < Math.max(before.length, trials.length); at += 1) {
      if (before[at] === trials[at]) continue
      count(before[at], -1)
      count(trials[at], 1)
    }
    this.#rows = trials
    const categories = [...this.#texts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    const constant = this.#count > 1 && categories.length === 1
    return { ...noNumbers, count: this.#count, constant, axis: axisOf(this.#column, 0, 0), categories }
  }

  #ofNumbers(trials: readonly TrialRow[]): ColumnStatistics {
    const before = this.#rows
    this.#rows = trials
    if (trials.length < before.length) this.#values.fill(NaN, trials.length)
    if (trials.length > this.#values.length) {
      const longer = new Float64Array(trials.length + 1024).fill(NaN)
      longer.set(this.#values)
      this.#values = longer
    }
    const values = this.#values
    const changed: { readonly old: number; readonly value: number }[] = []
    for (let at = 0; at < trials.length; at += 1) {
      const trial = trials[at]
      if (trial === undefined || trial === before[at]) continue
      const read = this.#column.value(trial)
      const value = typeof read === 'number' && Number.isFinite(read) ? read : NaN
      const old = values[at] ?? NaN
      if (Object.is(value, old)) continue
      values[at] = value
      if (before.length > 0) changed.push({ old, value })
    }
    return this.#summed(trials.length, before.length === 0 || trials.length < before.length ? null : changed)
  }

  /** @param changed null: all */
  #summed(length: number, changed: readonly { readonly old: number; readonly value: number }[] | null) {
    let count = 0
    let low = Infinity
    let high = -Infinity
    const values = this.#values.subarray(0, length)
    for (const value of values) {
      if (Number.isNaN(value)) continue
      count += 1
      if (value < low) low = value
      if (value > high) high = value
    }
    if (count === 0) {
      this.#bins = []
      this.#low = NaN
      return { ...noNumbers, axis: axisOf(this.#column, 0, 1) }
    }
    if (changed !== null && low === this.#low && high === this.#high) {
      this.#bins = [...this.#bins]
      for (const { old, value } of changed) {
        this.#bin(old, -1)
        this.#bin(value, 1)
      }
    } else {
      this.#low = low
      this.#high = high
      this.#axis = axisOf(this.#column, low, high)
      this.#bins = new Array<number>(binCount).fill(0)
      for (const value of values) this.#bin(value, 1)
    }
    const constant = count > 1 && low === high
    return { count, low, high, constant, bins: this.#bins, axis: this.#axis, categories: [] }
  }

  #bin(value: number, by: 1 | -1): void {
    if (Number.isNaN(value)) return
    const bin = Math.min(binCount - 1, Math.max(0, Math.floor(this.#axis.toUnit(value) * binCount + 1e-9)))
    this.#bins[bin] = (this.#bins[bin] ?? 0) + by
  }
}

const noNumbers = { count: 0, low: NaN, high: NaN, constant: false, bins: [], categories: [] }

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

/** Keys of columns in which all trials are the same, as statistics have them, without making any: as a rule after two trials. */
export const constantAmong = (columns: readonly TableColumn[], trials: readonly TrialRow[]): ReadonlySet<string> =>
  new Set(columns.filter((column) => isConstant(column, trials)).map(({ key }) => key))

const isConstant = (column: TableColumn, trials: readonly TrialRow[]): boolean => {
  let first: number | string | null = null
  let count = 0
  for (const trial of trials) {
    const value = column.value(trial)
    if (value === null || (typeof value === 'number' && !Number.isFinite(value))) continue
    first ??= value
    if (value !== first) return false
    count += 1
  }
  return count > 1
}

/** Keys of columns in which all trials are the same. */
export const constantColumns = (statistics: StatisticsByColumn): ReadonlySet<string> =>
  new Set([...statistics].filter(([, { constant }]) => constant).map(([key]) => key))
