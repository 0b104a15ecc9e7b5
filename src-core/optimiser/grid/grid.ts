import { deriveSeed } from '../../random/seed.ts'
import type { Seed } from '../../random/seed.ts'
import type { SearchSpace } from '../../space/parameter.ts'
import type { Optimiser } from '../optimiser.ts'
import type { GridSettings } from './gridAxes.ts'
import { countText } from './gridText.ts'
import { gridProduct } from './gridProduct.ts'
import { permutation } from './permutation.ts'

/**
 * Grid search: the full cross product of evenly spaced numbers and all choices. Trial n gets point n of an order that
 * the seed shuffles, not row by row: a grid that a budget cuts short is then a random sample of its points without
 * repeats. It learns nothing, so it has no state.
 */
export const createGridSearch = (space: SearchSpace, settings: GridSettings, seed: Seed): Optimiser<null> => {
  const { total, at } = gridProduct(space, settings)
  const pointOf = permutation(total, deriveSeed(seed, 'grid'))
  return {
    initial: null,
    tell: () => null,
    ask: (_state, number) => {
      if (BigInt(number) >= total) {
        return { kind: 'exhausted', reason: `all ${countText(total)} points of the grid were tried` }
      }
      const point = pointOf(BigInt(number))
      const explanation = { optimiser: 'grid', place: number, point: plain(point), points: plain(total) }
      return { kind: 'candidate', configuration: at(point), explanation }
    },
  }
}

/** A count as JSON holds it: a number as long as that is exact. */
const plain = (count: bigint): number | string => (count <= Number.MAX_SAFE_INTEGER ? Number(count) : count.toString())
