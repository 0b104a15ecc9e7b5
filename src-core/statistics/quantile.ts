/**
 * The quantile of rising values at `share` in [0, 1], by linear interpolation between order statistics (R's type 7). Values may be
 * infinite: what lies between a number and an infinite one is infinite. NaN of nothing.
 */
export const quantile = (sorted: ArrayLike<number>, share: number): number => {
  const place = share * (sorted.length - 1)
  const index = Math.floor(place)
  const low = sorted[index] ?? NaN
  const high = sorted[index + 1] ?? low
  return place === index || low === high || low === -Infinity ? low : low + (place - index) * (high - low)
}
