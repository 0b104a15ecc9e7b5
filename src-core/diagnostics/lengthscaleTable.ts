import { z } from 'zod'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import type { Surrogate } from './surrogateModel.ts'

/** What a lengthscale says of its parameter, at the parameter's range. */
const readingSchema = z.enum(['local', 'gradual', 'nearly straight', 'flat'])
type LengthscaleReading = z.infer<typeof readingSchema>

/** Each reading for people. */
export const lengthscaleWords: Readonly<Record<LengthscaleReading, string>> = {
  local: 'short, matters locally',
  gradual: 'medium, changes over the range',
  'nearly straight': 'long, nearly straight',
  flat: 'very long, flat',
}

export const lengthscaleRowSchema = z.strictObject({
  parameter: z.string(),
  /** One for each model, in their order. */
  outputs: z.array(
    z.strictObject({
      output: z.string(),
      lengthscale: z.number(),
      /** Correlation of the model from one end of the range to the other. */
      acrossRange: z.number(),
      reading: readingSchema,
    }),
  ),
})
export type LengthscaleRow = DeepReadonly<z.infer<typeof lengthscaleRowSchema>>

/** Readings by the correlation across the range, each up to the next; lengthscales of about 0.5, 1.8 and 5 lie between. */
const readings: readonly (readonly [upTo: number, LengthscaleReading])[] = [
  [0.15, 'local'],
  [0.8, 'gradual'],
  [0.97, 'nearly straight'],
  [Infinity, 'flat'],
]

/**
 * The lengthscales of every model, parameter by parameter. A reading is of a parameter by itself: the model's covariance of
 * two points that differ in it alone, as far as they can, by Matern's kernel with nu = 5/2 (Rasmussen & Williams 2006, eq. 4.17).
 * @param parameters names in the order of the space
 * @throws {Error} when a model has another number of lengthscales
 */
export const lengthscaleTable = (surrogates: readonly Surrogate[], parameters: readonly string[]): LengthscaleRow[] => {
  for (const { name, lengthscales } of surrogates) {
    if (lengthscales.length !== parameters.length) {
      throw new Error(`${name} has ${lengthscales.length} lengthscales for ${parameters.length} parameters`)
    }
  }
  return parameters.map((parameter, index) => ({
    parameter,
    outputs: surrogates.map(({ name, lengthscales }) => {
      const lengthscale = lengthscales[index] ?? NaN
      const acrossRange = maternCorrelation(1 / lengthscale)
      const reading = readings.find(([upTo]) => acrossRange < upTo)?.[1] ?? 'flat'
      return { output: name, lengthscale, acrossRange, reading }
    }),
  }))
}

/** Correlation at this distance in lengthscales. */
const maternCorrelation = (distance: number): number => {
  const scaled = Math.sqrt(5) * distance
  return (1 + scaled + scaled ** 2 / 3) * Math.exp(-scaled)
}
