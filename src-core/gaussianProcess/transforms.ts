/** Transformations of observed values before a model sees them. */
import { normalQuantile } from './normalDistribution.ts'

/** An increasing map from observed values to a model's targets. */
interface Transform {
  /** Targets of the values that it was made from, in their order. */
  readonly targets: Float64Array
  /** The target of another value. */
  readonly apply: (value: number) => number
}

/** Beyond this sums of squares overflow. */
const largest = 1e100

const bounded = (value: number): number => Math.min(largest, Math.max(-largest, value))

/** Zero mean and unit variance; constant values become zero. */
export const standardise = (values: readonly number[]): Transform => {
  const kept = values.map(bounded)
  const mean = kept.reduce((sum, value) => sum + value / Math.max(1, kept.length), 0)
  const variance = kept.reduce((sum, value) => sum + (value - mean) ** 2 / Math.max(1, kept.length - 1), 0)
  // Equal values may seem to vary by their rounding.
  const rounding = 1e-12 * kept.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const deviation = Math.sqrt(variance) > rounding && Number.isFinite(variance) ? Math.sqrt(variance) : 1
  const apply = (value: number): number => (bounded(value) - mean) / deviation
  return { targets: Float64Array.from(kept, apply), apply }
}

/**
 * Gaussian copula: each value by the normal quantile of its rank (Salinas, Shen & Perrone 2020); outliers lose their
 * weight, small differences among the best are drawn apart. Equal values share the mean of their ranks. Another value gets
 * the target of where it would be among them.
 */
export const copula = (values: readonly number[]): Transform => {
  const sorted = [...values].sort((a, b) => a - b)
  const apply = (value: number): number => {
    const below = countBelow(sorted, value, false)
    const upTo = countBelow(sorted, value, true)
    const rank = Math.min(Math.max((below + upTo) / 2, 0.5), sorted.length - 0.5)
    return sorted.length === 0 ? 0 : normalQuantile(rank / sorted.length)
  }
  return { targets: Float64Array.from(values, apply), apply }
}

/** How many of the sorted values are smaller; or, with `equal`, not larger. */
const countBelow = (sorted: readonly number[], value: number, equal: boolean): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = sorted[middle] ?? NaN
    if (other < value || (equal && other === value)) low = middle + 1
    else high = middle
  }
  return low
}

/** sign(c) ln(1 + |c|): draws large values together, leaves zero where it is (Eriksson & Poloczek 2021, section 3.2). */
export const bilog = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value))

/** What constraints pass through: bilog, nothing, or bilog where values differ by orders of magnitude. */
type ConstraintTransform = 'auto' | 'bilog' | 'none'

/** The largest size over the median one from which `auto` takes logarithms. */
const wide = 10

/**
 * Constraints: bilog of multiples of their median size, then a scale; zero stays the threshold, at `apply(0)`. Without the
 * division a constraint in large units would become a step at zero, and one in small units would not change at all. Where
 * sizes are alike `auto` leaves bilog out: it would only bend what may be straight.
 */
export const constraintTransform = (values: readonly number[], kind: ConstraintTransform): Transform => {
  const sizes = values.map(Math.abs).filter((size) => size > 0)
  const unit = medianOf(sizes) ?? 1
  const logarithmic = kind === 'bilog' || (kind === 'auto' && sizes.some((size) => size > wide * unit))
  const first = logarithmic ? (value: number) => bilog(value / unit) : (value: number) => value
  const scaled = standardise(values.map(first))
  return { targets: scaled.targets, apply: (value) => scaled.apply(first(value)) }
}

/**
 * Leaves the better half as it is and draws the other together: below the median m by -ln(1 + (m - y) / s), s the mean
 * distance of the better half from m. How bad a bad point is says little about where the best ones are, and would
 * otherwise set the scale.
 */
export const compressed = (values: readonly number[]): Transform => {
  const middle = medianOf(values) ?? 0
  const above = values.filter((value) => value > middle)
  const spread = above.reduce((sum, value) => sum + (value - middle) / above.length, 0)
  const unit = spread > 0 && Number.isFinite(spread) ? spread : 1
  const first = (value: number): number =>
    value >= middle ? (value - middle) / unit : -Math.log1p((middle - value) / unit)
  const scaled = standardise(values.map(first))
  return { targets: scaled.targets, apply: (value) => scaled.apply(first(value)) }
}

const medianOf = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? null
}
