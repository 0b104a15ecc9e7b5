/**
 * Pearson's chi-square over classes, neighbours merged until each expects 5 or more; `z` is about standard normal when
 * the counts come from the expected distribution (Wilson & Hilferty 1931).
 */
export const chiSquareZ = (observed: readonly number[], expected: readonly number[]): number => {
  let statistic = 0
  let classes = 0
  let seen = 0
  let awaited = 0
  expected.forEach((value, index) => {
    seen += observed[index] ?? 0
    awaited += value
    const left = expected.slice(index + 1).reduce((sum, later) => sum + later, 0)
    if (awaited < 5 || (left < 5 && left > 0)) return
    statistic += (seen - awaited) ** 2 / awaited
    classes++
    seen = awaited = 0
  })
  const freedom = classes - 1
  const variance = 2 / (9 * freedom)
  return (Math.cbrt(statistic / freedom) - (1 - variance)) / Math.sqrt(variance)
}
