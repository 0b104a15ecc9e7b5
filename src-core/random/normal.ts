import type { RandomGenerator } from './generator.ts'

/** A stream of independent standard normal numbers (Box & Muller 1958), two from each pair of uniform ones. */
export const createNormal = (generator: RandomGenerator): (() => number) => {
  let kept: number | null = null
  return () => {
    if (kept !== null) {
      const number = kept
      kept = null
      return number
    }
    // 1 - u is never zero.
    const radius = Math.sqrt(-2 * Math.log(1 - generator.next()))
    const angle = 2 * Math.PI * generator.next()
    kept = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}
