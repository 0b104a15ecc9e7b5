import { quantile } from '../../src-core/statistics/quantile.ts'

/**
 * Box plots after Tukey: the box spans the quartiles (linear interpolation between order statistics, R's type 7), the
 * whiskers reach to the last value within 1.5 interquartile ranges of it.
 */
export interface BoxStatistics {
  readonly count: number
  readonly mean: number
  readonly median: number
  readonly lowerQuartile: number
  readonly upperQuartile: number
  readonly lowerWhisker: number
  readonly upperWhisker: number
}

/** Null: there are no values. */
export const boxStatistics = (values: readonly number[]): BoxStatistics | null => {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).sort()
  const lowerQuartile = quantile(sorted, 0.25)
  const upperQuartile = quantile(sorted, 0.75)
  const reach = 1.5 * (upperQuartile - lowerQuartile)
  const lowerWhisker = sorted.find((value) => value >= lowerQuartile - reach) ?? lowerQuartile
  const upperWhisker =
    sorted
      .slice()
      .reverse()
      .find((value) => value <= upperQuartile + reach) ?? upperQuartile
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  return {
    count: sorted.length,
    mean,
    median: quantile(sorted, 0.5),
    lowerQuartile,
    upperQuartile,
    lowerWhisker,
    upperWhisker,
  }
}
