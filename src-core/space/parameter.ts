import { z } from 'zod'
import type { DeepReadonly } from '../values/deepReadonly.ts'

/** How a parameter is mapped to [0, 1] for the optimiser's models. */
export const scaleSchema = z.enum(['linear', 'log', 'reversed-log'])
export type Scale = z.infer<typeof scaleSchema>

/** How initial and random points are drawn; reversed log-uniform on [a, b] is `a + b - x`, x log-uniform: dense near b. */
export const samplerSchema = z.enum(['uniform', 'log-uniform', 'reversed-log-uniform'])
export type Sampler = z.infer<typeof samplerSchema>

/** The parameter applies only where every named categorical parameter has one of the listed choices. */
const whenSchema = z
  .record(z.string(), z.array(z.string()).min(1))
  .meta({ description: 'Applies only where each named categorical hyperparameter has one of these choices' })
export type Condition = Readonly<Record<string, readonly string[]>>

const numericFields = {
  low: z.number().meta({ description: 'Smallest value, included' }),
  high: z.number().meta({ description: 'Largest value, included' }),
  scale: scaleSchema.optional().meta({ description: 'Scale for the models; default: the one that fits the sampler' }),
  sampler: samplerSchema.default('uniform').meta({ description: 'Distribution of initial and random points' }),
  when: whenSchema.optional(),
}

export const realParameterSchema = z.strictObject({ type: z.literal('real'), ...numericFields })
export const integerParameterSchema = z.strictObject({
  type: z.literal('integer'),
  ...numericFields,
  low: z.int(),
  high: z.int(),
})
export const categoricalParameterSchema = z.strictObject({
  type: z.literal('categorical'),
  choices: z.array(z.string()).min(1).meta({ description: 'The choices, each drawn with equal chance' }),
  when: whenSchema.optional(),
})

export const parameterSchema = z.discriminatedUnion('type', [
  realParameterSchema,
  integerParameterSchema,
  categoricalParameterSchema,
])

export type RealParameter = DeepReadonly<z.infer<typeof realParameterSchema>>
export type IntegerParameter = DeepReadonly<z.infer<typeof integerParameterSchema>>
export type NumericParameter = RealParameter | IntegerParameter
export type CategoricalParameter = DeepReadonly<z.infer<typeof categoricalParameterSchema>>
export type Parameter = DeepReadonly<z.infer<typeof parameterSchema>>
/** The search space: hyperparameters by name, in the order of the definition, which is the order of coordinates. */
export type SearchSpace = Readonly<Record<string, Parameter>>

/** Native values by hyperparameter name; a conditional parameter that does not apply is absent. */
export const configurationSchema = z.record(z.string(), z.union([z.number(), z.string()]))
export type Configuration = Readonly<z.infer<typeof configurationSchema>>

declare const unitBrand: unique symbol
/** A point of the unit cube, one coordinate for each parameter of the space in order; never mixed up with native values. */
export type UnitPoint = readonly number[] & { readonly [unitBrand]: true }
