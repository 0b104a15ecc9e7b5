import { z } from 'zod'
import type { SearchSpace } from '../space/parameter.ts'
import { numberFromUnit, scaleOf, unitFromChoice, unitFromNumber } from '../space/scale.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'

/** Values of one parameter along a side of a map. */
export const mapAxisSchema = z.strictObject({
  parameter: z.string(),
  /** Native values, each the middle of its cell: every choice, every integer while they fit, otherwise even on the scale. */
  values: z.array(z.union([z.number(), z.string()])),
  /** Their places in the unit cube. */
  coordinates: z.array(z.number()),
})
export type MapAxis = DeepReadonly<z.infer<typeof mapAxisSchema>>

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
