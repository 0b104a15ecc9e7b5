/**
 * The way back from a model's targets to observed values: straight between the pairs that were seen, and beyond them as
 * steep as between the outermost two. Exact where the transformation is straight there.
 * @param targets increasing with `values`; both of the same length
 */
export const nativeScale = (targets: ArrayLike<number>, values: ArrayLike<number>): ((target: number) => number) => {
  const pairs = Array.from({ length: targets.length }, (_, row) => ({
    target: targets[row] ?? NaN,
    value: values[row] ?? NaN,
  }))
    .filter(({ target, value }) => Number.isFinite(target) && Number.isFinite(value))
    .sort((a, b) => a.target - b.target)
    .filter(({ target }, index, all) => index === 0 || target > (all[index - 1]?.target ?? NaN) + 1e-12)
  const [only] = pairs
  if (only === undefined) return () => NaN
  if (pairs.length === 1) return () => only.value
  return (target) => {
    let low = 0
    let high = pairs.length - 1
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((pairs[middle]?.target ?? NaN) <= target) low = middle
      else high = middle
    }
    const from = pairs[low] ?? only
    const to = pairs[high] ?? only
    return from.value + ((target - from.target) / (to.target - from.target)) * (to.value - from.value)
  }
}
