/** Transformations of observed values before a model sees them. */
import { normalQuantile } from './normalDistribution.ts'

/** An increasing map from observed values to a model's targets. */
interface Transform {
  /** Targets of the values that it was made from, in their order. */
  readonly targets: Float64Array
  /** The target of another value. */
  readonly apply: (value: number) => number
  /**
   * The standard error of a target whose value has one, by the slope of the map about the value: a central difference over
   * the standard error itself, (t(v + e) - t(v - e)) / 2.
   */
  readonly errorOf: (value: number, standardError: number) => number
}

/** A smooth map's own difference. */
const smoothly =
  (apply: (value: number) => number): Transform['errorOf'] =>
  (value, standardError) =>
    (apply(value + standardError) - apply(value - standardError)) / 2

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
  return { targets: Float64Array.from(kept, apply), apply, errorOf: (_, standardError) => standardError / deviation }
}

/**
 * Gaussian copula: each value by the normal quantile of its rank (Salinas, Shen & Perrone 2020); outliers lose their
 * weight, small differences among the best are drawn apart. Equal values share the mean of their ranks. Another value gets
 * the target of where it would be among them. Ranks are steps, so an error is taken along straight lines between the targets
 * that were seen, and beyond them as steep as between the outermost two.
 */
export const copula = (values: readonly number[]): Transform => {
  const sorted = [...values].sort((a, b) => a - b)
  const apply = (value: number): number => {
    const below = countBelow(sorted, value, false)
    const upTo = countBelow(sorted, value, true)
    const rank = Math.min(Math.max((below + upTo) / 2, 0.5), sorted.length - 0.5)
    return sorted.length === 0 ? 0 : normalQuantile(rank / sorted.length)
  }
  const targets = Float64Array.from(values, apply)
  let line: ((value: number) => number) | null = null
  const errorOf = (value: number, standardError: number): number => {
    line ??= linesBetween(values, targets)
    return (line(value + standardError) - line(value - standardError)) / 2
  }
  return { targets, apply, errorOf }
}

/**
 * The map by straight lines between pairs, and beyond them as steep as between the outermost two; of one pair it is constant.
 * @param from rising with `to`, in any order; both of the same length
 */
export const linesBetween = (from: ArrayLike<number>, to: ArrayLike<number>): ((value: number) => number) => {
  const pairs = Array.from({ length: from.length }, (_, row) => ({ from: from[row] ?? NaN, to: to[row] ?? NaN }))
    .filter((pair) => Number.isFinite(pair.from) && Number.isFinite(pair.to))
    .sort((a, b) => a.from - b.from)
    .filter((pair, index, all) => index === 0 || pair.from > (all[index - 1]?.from ?? NaN) + 1e-12)
  const [only] = pairs
  if (only === undefined) return () => NaN
  if (pairs.length === 1) return () => only.to
  return (value) => {
    let low = 0
    let high = pairs.length - 1
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((pairs[middle]?.from ?? NaN) <= value) low = middle
      else high = middle
    }
    const before = pairs[low] ?? only
    const after = pairs[high] ?? only
    return before.to + ((value - before.from) / (after.from - before.from)) * (after.to - before.to)
  }
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
  const apply = (value: number): number => scaled.apply(first(value))
  return { targets: scaled.targets, apply, errorOf: smoothly(apply) }
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
  const apply = (value: number): number => scaled.apply(first(value))
  return { targets: scaled.targets, apply, errorOf: smoothly(apply) }
}

const medianOf = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? null
}
