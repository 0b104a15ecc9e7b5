/**
 * Quantile by linear interpolation between order statistics (Hyndman & Fan 1996, definition 7). Values may be infinite;
 * between a finite and an infinite one lies the infinite one.
 */
export const quantile = (values: readonly number[], probability: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const place = probability * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? NaN
  const above = sorted[Math.ceil(place)] ?? NaN
  if (below === above) return below
  const weight = place - Math.floor(place)
  if (!Number.isFinite(below)) return below
  return Number.isFinite(above) ? below + weight * (above - below) : above
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export interface Quartiles {
  readonly lower: number
  readonly median: number
  readonly upper: number
}

export const quartiles = (values: readonly number[]): Quartiles => ({
  lower: quantile(values, 0.25),
  median: quantile(values, 0.5),
  upper: quantile(values, 0.75),
})

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Share of the explained variance; 1 is perfect, 0 as good as the mean. */
export const determination = (actual: readonly number[], predicted: readonly number[]): number => {
  const centre = mean(actual)
  const residual = actual.reduce((sum, value, index) => sum + (value - (predicted[index] ?? NaN)) ** 2, 0)
  return 1 - residual / actual.reduce((sum, value) => sum + (value - centre) ** 2, 0)
}

/** Spearman's rank correlation: Pearson's of the ranks, ties sharing their mean rank. */
export const rankCorrelation = (left: readonly number[], right: readonly number[]): number => {
  const a = ranks(left)
  const b = ranks(right)
  const centre = (left.length - 1) / 2
  const product = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, index) => sum + (value - centre) * ((y[index] ?? NaN) - centre), 0)
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}

const ranks = (values: readonly number[]): number[] => {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
  const result = Array.from({ length: values.length }, () => 0)
  for (let first = 0; first < order.length;) {
    let last = first
    while (order[last + 1]?.value === order[first]?.value) last++
    for (let at = first; at <= last; at++) result[order[at]?.index ?? 0] = (first + last) / 2
    first = last + 1
  }
  return result
}
