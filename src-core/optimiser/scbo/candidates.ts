import type { ModelSpace } from '../../space/modelSpace.ts'
import { createGenerator } from '../../random/generator.ts'
import { deriveSeed, type Seed } from '../../random/seed.ts'
import { sobolSequence } from '../sobolSequence.ts'

/** The box that candidates are taken from, in the unit cube. */
export interface Box {
  readonly centre: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** How likely a category that is perturbed becomes another one. */
  readonly switching: number
}

/** Lengthscales beyond this say the same: flat; and no side becomes longer than another by more than this factor. */
const longestLengthscale = 4
const mostStretch = 8
/** How often a category is tried anew, however small the region. */
const leastSwitching = 0.1

/**
 * A trust region's box: side lengths in proportion to the lengthscales, with the volume of a cube of side `length`
 * (Eriksson et al. 2019, section 2), cut off at the unit cube. Integers reach at least their neighbours.
 * @param lengthscales of the objective, one for each dimension; null while there is no model of it
 */
export const trustRegionBox = (
  { movements }: ModelSpace,
  centre: readonly number[],
  length: number,
  lengthscales: readonly number[] | null,
): Box => {
  const logarithms = movements.map(({ kind }, index) =>
    kind === 'continuous' || kind === 'integer'
      ? Math.log(Math.min(longestLengthscale, lengthscales?.[index] ?? 1))
      : null,
  )
  const scaled = logarithms.filter((logarithm) => logarithm !== null)
  const mean = scaled.reduce((sum, logarithm) => sum + logarithm, 0) / Math.max(1, scaled.length)
  const half = movements.map((movement, index) => {
    const stretch = Math.exp((logarithms[index] ?? mean) - mean)
    const side = (length / 2) * Math.min(mostStretch, Math.max(1 / mostStretch, stretch))
    return movement.kind === 'integer' ? Math.max(side, 1.01 * movement.step) : side
  })
  return {
    centre,
    low: centre.map((coordinate, index) => Math.max(0, coordinate - (half[index] ?? 0))),
    high: centre.map((coordinate, index) => Math.min(1, coordinate + (half[index] ?? 0))),
    switching: Math.max(leastSwitching, Math.min(1, length)),
  }
}

/**
 * Scrambled Sobol points in the box, each coordinate kept at the centre's with probability 1 - min(1, 20/d), one at least
 * perturbed (Regis & Shoemaker 2013; Eriksson & Poloczek 2021, supplement), snapped to what they stand for.
 */
export const candidatesIn = (space: ModelSpace, box: Box, count: number, seed: Seed): Float64Array[] => {
  const { dimensions, movements } = space
  const pointOf = sobolSequence(dimensions, deriveSeed(seed, 'candidates'))
  const generator = createGenerator(deriveSeed(seed, 'perturbations'))
  const movable = movements.flatMap(({ kind }, index) => (kind === 'fixed' ? [] : [index]))
  const probability = Math.min(1, 20 / Math.max(1, dimensions))
  return Array.from({ length: count }, (_, number) => {
    const sobol = pointOf(number)
    const point = Float64Array.from(box.centre)
    const always = movable[generator.below(Math.max(1, movable.length))]
    for (const index of movable) {
      if (index !== always && probability < 1 && generator.next() >= probability) continue
      const coordinate = sobol[index] ?? 0
      if (movements[index]?.kind === 'category') {
        if (generator.next() < box.switching) point[index] = coordinate
        continue
      }
      const low = box.low[index] ?? 0
      point[index] = low + coordinate * ((box.high[index] ?? 1) - low)
    }
    space.snap(point)
    return point
  })
}
