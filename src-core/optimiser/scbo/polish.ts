/**
 * Moves a candidate along the sampled functions: maximises the sampled objective subject to the sampled constraints in
 * the box by an augmented Lagrangian (Nocedal & Wright 2006, section 17.4), whose inner problems are bounded and smooth.
 * On smooth functions of few parameters the best of some thousand candidates is far from their maximum.
 */
import { finish } from '../../gaussianProcess/fit.ts'
import { minimise } from '../../linearAlgebra/boundedMinimiser.ts'
import type { ModelSpace } from '../../space/modelSpace.ts'
import type { Box } from './candidates.ts'
import { isPreferred, type SampledFunctions, type SampledValues } from './sampledFunctions.ts'

export interface Candidate {
  readonly point: Float64Array
  readonly values: SampledValues
}

const rounds = 4
const evaluationsPerRound = 12
const firstPenalty = 10
const penaltyGrowth = 5
/** Points looked at between the candidate and where the search ended. */
const steps = 12

/** The best point found from `start`, which is itself if none is better. Only numbers move, and integers do not. */
export const polished = (
  functions: SampledFunctions,
  space: ModelSpace,
  { low, high }: Pick<Box, 'low' | 'high'>,
  start: Candidate,
): Candidate => {
  const moves = space.movements.map(({ kind }) => kind === 'continuous')
  if (!moves.includes(true)) return start
  const lower = Array.from(start.point, (coordinate, index) => (moves[index] ? (low[index] ?? 0) : coordinate))
  const upper = Array.from(start.point, (coordinate, index) => (moves[index] ? (high[index] ?? 1) : coordinate))
  const multipliers = functions.constraintNames.map(() => 0)
  let penalty = firstPenalty
  let { point } = start
  for (let round = 0; round < rounds; round++) {
    const lagrangian = augmentedLagrangian(functions, multipliers, penalty)
    const { point: found } = finish(
      minimise(lagrangian, point, {
        lower,
        upper,
        mostEvaluations: evaluationsPerRound,
        gradientTolerance: 1e-6,
        valueTolerance: 1e-8,
      }),
    )
    point = found
    if (multipliers.length === 0) break
    const [values] = functions.evaluate([point])
    for (const [index, constraint] of (values?.constraints ?? []).entries()) {
      multipliers[index] = Math.max(0, (multipliers[index] ?? 0) + penalty * constraint)
    }
    penalty *= penaltyGrowth
  }
  return bestBetween(functions, start, point)
}

/** -objective + sum of (max(0, multiplier + penalty c)^2 - multiplier^2) / (2 penalty). */
const augmentedLagrangian =
  (functions: SampledFunctions, multipliers: readonly number[], penalty: number) => (point: Float64Array) => {
    const [values] = functions.evaluate([point])
    const gradients = functions.gradients(point)
    const gradient = gradients.objective.map((slope) => -slope)
    let value = -(values?.objective ?? NaN)
    for (const [index, constraint] of (values?.constraints ?? []).entries()) {
      const multiplier = multipliers[index] ?? 0
      const force = Math.max(0, multiplier + penalty * constraint)
      value += (force * force - multiplier * multiplier) / (2 * penalty)
      for (const [dimension, slope] of (gradients.constraints[index] ?? []).entries()) {
        gradient[dimension] = (gradient[dimension] ?? 0) + force * slope
      }
    }
    return { value, gradient }
  }

/** The search ends near a constraint, now on one side, now on the other: the best point on the way there is taken. */
const bestBetween = (functions: SampledFunctions, start: Candidate, end: Float64Array): Candidate => {
  const points = Array.from({ length: steps + 1 }, (_, index) => {
    // Finest near the end.
    const share = 1 - (index / steps) ** 3
    return start.point.map(
      (coordinate, dimension) => coordinate + share * ((end[dimension] ?? coordinate) - coordinate),
    )
  })
  const values = functions.evaluate(points)
  return points.reduce<Candidate>((best, point, index) => {
    const found = values[index]
    return found && isPreferred(found, best.values) ? { point, values: found } : best
  }, start)
}
