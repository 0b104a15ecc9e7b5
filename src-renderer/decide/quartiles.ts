/** Box-plot statistics of a sample: quartiles by linear interpolation (Hyndman & Fan 1996, type 7), whiskers to the last points within 1.5 times the box. */
export interface Box {
  readonly low: number
  readonly lowerQuartile: number
  readonly median: number
  readonly upperQuartile: number
  readonly high: number
}

/** @param sorted ascending, not empty; @param share 0 to 1 */
export const quantileOf = (sorted: readonly number[], share: number): number => {
  const at = (sorted.length - 1) * share
  const below = sorted[Math.floor(at)] ?? NaN
  const above = sorted[Math.ceil(at)] ?? NaN
  return below + (above - below) * (at - Math.floor(at))
}

/** null: the sample is empty. */
export const boxOf = (sample: readonly number[]): Box | null => {
  if (sample.length === 0) return null
  const sorted = [...sample].sort((a, b) => a - b)
  const lowerQuartile = quantileOf(sorted, 0.25)
  const upperQuartile = quantileOf(sorted, 0.75)
  const reach = 1.5 * (upperQuartile - lowerQuartile)
  return {
    low: sorted.find((value) => value >= lowerQuartile - reach) ?? lowerQuartile,
    lowerQuartile,
    median: quantileOf(sorted, 0.5),
    upperQuartile,
    high: sorted.filter((value) => value <= upperQuartile + reach).at(-1) ?? upperQuartile,
  }
}
