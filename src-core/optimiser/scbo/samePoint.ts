import { type Impossibility, whyImpossible } from '../../space/impossibility.ts'
import type { ModelSpace } from '../../space/modelSpace.ts'
import type { PendingTrial } from '../optimiser.ts'
import type { Observation } from './observation.ts'

/** Points nearer to each other than this, along every dimension, are one: native values hold no more. */
const indistinguishable = 1e-9

/**
 * Whether a point was told of, is under way, or cannot be. It is compared as the configuration that it stands for: many points of
 * the unit cube may round to one.
 */
export const triedAmong = (
  space: ModelSpace,
  observations: readonly Observation[],
  pending: readonly PendingTrial[],
  rules: readonly Impossibility[] = [],
): ((point: Float64Array) => boolean) => {
  const underWay = pending.map(({ configuration }) => space.pointOf(configuration))
  const tried: readonly ArrayLike<number>[] = [...observations.map(({ point }) => point), ...underWay]
  return (point) => {
    const configuration = space.configurationOf(point)
    if (whyImpossible(rules, configuration) !== undefined) return true
    const rounded = space.pointOf(configuration)
    return tried.some((other) => isSame(rounded, other))
  }
}

const isSame = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  for (let index = 0; index < a.length; index++) {
    if (!(Math.abs((a[index] ?? 0) - (b[index] ?? 0)) <= indistinguishable)) return false
  }
  return true
}
