/** No kernel is narrower than this share of the range ("magic clipping", Watanabe 2023, section 3). */
const leastShare = 0.03

/**
 * The standard deviations of the kernels along one parameter: for each place the distance to the farther of its two
 * neighbours, where the ends of [0, 1] count as neighbours (Bergstra et al. 2011, section 4.2), so that kernels are
 * narrow where trials crowd; never below 1 / (n + 1) of the range, nor 3 %, nor above all of it.
 * @param places in [0, 1], in any order
 * @returns one for each place, in the same order
 */
export const bandwidths = (places: readonly number[]): readonly number[] => {
  const least = Math.max(leastShare, 1 / (places.length + 1))
  const order = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
  const result = places.map(() => least)
  for (const [rank, index] of order.entries()) {
    const here = places[index] ?? 0
    const before = places[order[rank - 1] ?? -1] ?? 0
    const after = places[order[rank + 1] ?? -1] ?? 1
    result[index] = Math.min(1, Math.max(least, here - before, after - here))
  }
  return result
}
