import type { ModelSpace } from '../../space/modelSpace.ts'
import type { PendingTrial } from '../optimiser.ts'
import type { Observation } from './observation.ts'

/** Points nearer to each other than this, along every dimension, are one: native values hold no more. */
const indistinguishable = 1e-9

/** Whether a point was told of or is under way. */
export function triedAmong(
  space: ModelSpace,
  observations: readonly Observation[],
  pending: readonly PendingTrial[],
): (point: Float64Array) => boolean {
  const underWay = pending.map(({ configuration }) => space.pointOf(configuration))
  const tried: readonly ArrayLike<number>[] = [...observations.map(({ point }) => point), ...underWay]
  return (point) => tried.some((other) => isSame(point, other))
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let index = 0; index < a.length; index++) {
    if (!(Math.abs((a[index] ?? 0) - (b[index] ?? 0)) <= indistinguishable)) return false
  }
  return true
}
