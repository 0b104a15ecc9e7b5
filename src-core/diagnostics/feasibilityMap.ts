/**
 * Probability that all constraints hold, over two parameters:
 *
 *   P(x) = product over l of Phi((t_l - mean_l(x)) / sd_l(x))          (Gardner et al., ICML 2014)
 *
 * with the posterior of each constraint's latent function and its threshold t_l. The models are independent of each other
 * given x, as in the optimiser; constraints that move together make P a little too low.
 */
import { z } from 'zod'
import { normalCumulative } from '../gaussianProcess/normalDistribution.ts'
import type { SearchSpace, UnitPoint } from '../space/parameter.ts'
import { numberFromUnit, scaleOf, unitFromChoice, unitFromNumber } from '../space/scale.ts'
import { applicable, configurationFromUnit, unitFromConfiguration, unitPoint } from '../space/space.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import type { Surrogate } from './surrogateModel.ts'

/** Values of one parameter along a side of a map. */
export const mapAxisSchema = z.strictObject({
  parameter: z.string(),
  /** Native values, each the middle of its cell: every choice, every integer while they fit, otherwise even on the scale. */
  values: z.array(z.union([z.number(), z.string()])),
  /** Their places in the unit cube. */
  coordinates: z.array(z.number()),
})
type MapAxis = DeepReadonly<z.infer<typeof mapAxisSchema>>

/** @throws {Error} when the space has no such parameter */
export const mapAxis = (space: SearchSpace, parameter: string, resolution: number): MapAxis => {
  const definition = space[parameter]
  if (!definition) throw new Error(`the space has no parameter ${parameter}`)
  if (definition.type === 'categorical') {
    const { choices } = definition
    return { parameter, values: choices, coordinates: choices.map((choice) => unitFromChoice(definition, choice)) }
  }
  const { type, low, high } = definition
  const scale = scaleOf(definition)
  const count = type === 'integer' ? high - low + 1 : Infinity
  const all =
    count <= resolution
      ? Array.from({ length: count }, (_, index) => low + index)
      : Array.from({ length: resolution }, (_, cell) => numberFromUnit(definition, scale, (cell + 0.5) / resolution))
  const values = [...new Set(all)]
  return { parameter, values, coordinates: values.map((value) => unitFromNumber(definition, scale, value)) }
}

export interface FeasibilityMap {
  readonly x: MapAxis
  readonly y: MapAxis
  /** One row for each value of y; null where one of the two parameters does not apply at any of the other values. */
  readonly probability: readonly (readonly (number | null)[])[]
}

interface FeasibilityMapSettings {
  /** Names of the two parameters. */
  readonly x: string
  readonly y: string
  /** Cells along a side at most. */
  readonly resolution: number
  /** Where all other parameters are: one point, such as the incumbent, or several to average over. */
  readonly others: readonly UnitPoint[]
}

/**
 * The map of all surrogates that have a threshold; 1 everywhere when none has.
 * @throws {Error} when a parameter is unknown, both are the same, or no other point is given
 */
export const feasibilityMap = (
  surrogates: readonly Surrogate[],
  space: SearchSpace,
  { x: nameX, y: nameY, resolution, others }: FeasibilityMapSettings,
): FeasibilityMap => {
  const { x, y, cells, dimensions } = mapCells(space, { x: nameX, y: nameY, resolution, others })
  const probabilities = probabilitiesOfFeasibility(surrogates, cells.flat(2), dimensions)
  return { x, y, probability: meansOfCells(cells, probabilities) }
}

/** The axes of a map, and for each cell, row by row of y, the points that it stands for. */
export const mapCells = (
  space: SearchSpace,
  { x: nameX, y: nameY, resolution, others }: FeasibilityMapSettings,
): {
  readonly x: MapAxis
  readonly y: MapAxis
  readonly cells: readonly (readonly (readonly UnitPoint[])[])[]
  readonly dimensions: number
} => {
  if (nameX === nameY) throw new Error(`a map of ${nameX} over itself`)
  if (others.length === 0) throw new Error('a map needs a point for the other parameters')
  const x = mapAxis(space, nameX, resolution)
  const y = mapAxis(space, nameY, resolution)
  const names = Object.keys(space)
  const cells = y.coordinates.map((coordinateY) =>
    x.coordinates.map((coordinateX) =>
      others.flatMap((other) => {
        const coordinates = other.map((coordinate, index) => {
          const name = names[index]
          return name === nameX ? coordinateX : name === nameY ? coordinateY : coordinate
        })
        const configuration = configurationFromUnit(space, unitPoint(coordinates))
        const applies = applicable(space, configuration)
        return applies.has(nameX) && applies.has(nameY) ? [unitFromConfiguration(space, configuration)] : []
      }),
    ),
  )
  return { x, y, cells, dimensions: names.length }
}

/** The mean over the points of each cell; null where a cell has none. */
export const meansOfCells = (
  cells: readonly (readonly (readonly UnitPoint[])[])[],
  values: Float64Array,
): (number | null)[][] => {
  let next = 0
  return cells.map((row) =>
    row.map((points) => {
      const here = values.subarray(next, next + points.length)
      next += points.length
      return points.length === 0 ? null : here.reduce((sum, value) => sum + value, 0) / points.length
    }),
  )
}

/** P at each of these points, by the surrogates that have a threshold. */
export const probabilitiesOfFeasibility = (
  surrogates: readonly Surrogate[],
  points: readonly UnitPoint[],
  dimensions: number,
): Float64Array => {
  const flat = new Float64Array(points.length * dimensions)
  for (const [row, point] of points.entries()) flat.set(point, row * dimensions)
  const probability = new Float64Array(points.length).fill(1)
  if (points.length === 0) return probability
  for (const surrogate of surrogates) {
    const { threshold } = surrogate
    if (threshold === null) continue
    const { mean, variance } = surrogate.predict(flat)
    for (let row = 0; row < points.length; row++) {
      const margin = threshold - (mean[row] ?? NaN)
      const deviation = Math.sqrt(variance[row] ?? NaN)
      // Where nothing is uncertain, the mean decides; a constraint at its limit holds.
      const holds = deviation > 0 ? normalCumulative(margin / deviation) : margin >= 0 ? 1 : 0
      probability[row] = (probability[row] ?? 0) * holds
    }
  }
  return probability
}
