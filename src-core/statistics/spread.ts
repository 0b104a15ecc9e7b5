/**
 * What a few values of the same thing come to:
 *
 *   mean = sum y / n,   standard deviation = sqrt(sum (y - mean)^2 / (n - 1)),   standard error of the mean = deviation / sqrt n
 */

interface Spread {
  readonly mean: number
  /** Sample standard deviation; null below two values. */
  readonly standardDeviation: number | null
  /** Of the mean; null below two values. */
  readonly standardError: number | null
}

/** @returns null where there are no values */
export const spreadOf = (values: readonly number[]): Spread | null => {
  const n = values.length
  if (n === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  if (n < 2) return { mean, standardDeviation: null, standardError: null }
  const standardDeviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1))
  return { mean, standardDeviation, standardError: standardDeviation / Math.sqrt(n) }
}
