import { createGenerator } from '../../random/generator.ts'
import { createNormal } from '../../random/normal.ts'
import { deriveSeed, type Seed } from '../../random/seed.ts'
import type { ModelSpace } from '../../space/modelSpace.ts'
import { sobolSequence } from '../sobolSequence.ts'

/** A point and the value of what is maximised. */
interface Rated {
  readonly point: Float64Array
  readonly value: number
}

const globalPoints = 2000
const kept = 5
const aroundEach = 60
/** Standard deviations of the steps of each round, in units of the unit cube. */
const radii = [0.1, 0.05, 0.02, 0.01, 0.003, 0.001] as const
/** How likely a category changes in a step. */
const switching = 0.2

/**
 * Maximises over the whole unit cube without gradients: Sobol points and `starts`, then ever smaller random steps from the
 * best few.
 * @param values of snapped points
 * @returns points in the order of their values, the largest first; what is no number is left out
 */
export const maximise = (
  space: ModelSpace,
  values: (points: readonly Float64Array[]) => Float64Array,
  starts: readonly ArrayLike<number>[],
  seed: Seed,
): Rated[] => {
  const generator = createGenerator(deriveSeed(seed, 'steps'))
  const normal = createNormal(generator)
  const pointOf = sobolSequence(space.dimensions, deriveSeed(seed, 'cube'))
  const rate = (points: readonly Float64Array[]): Rated[] => {
    const found = values(points)
    return points.flatMap((point, row) => {
      const value = found[row] ?? NaN
      return Number.isNaN(value) ? [] : [{ point, value }]
    })
  }
  const snapped = (point: Float64Array): Float64Array => {
    space.snap(point)
    return point
  }
  const everywhere = Array.from({ length: globalPoints }, (_, number) => snapped(Float64Array.from(pointOf(number))))
  let best = inOrder(rate([...everywhere, ...starts.map((start) => snapped(Float64Array.from(start)))]))
  for (const radius of radii) {
    const near = best.slice(0, kept).flatMap(({ point }) =>
      Array.from({ length: aroundEach }, () => {
        const moved = point.map((coordinate, dimension) =>
          space.movements[dimension]?.kind === 'category'
            ? generator.next() < switching
              ? generator.next()
              : coordinate
            : Math.min(1, Math.max(0, coordinate + radius * normal())),
        )
        return snapped(moved)
      }),
    )
    best = inOrder([...best.slice(0, globalPoints), ...rate(near)])
  }
  return best
}

const inOrder = (rated: readonly Rated[]): Rated[] => [...rated].sort((a, b) => b.value - a.value)
