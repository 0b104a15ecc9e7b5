import { z } from 'zod'
import {
  categoricalParameterSchema,
  integerParameterSchema,
  realParameterSchema,
} from '../../../src-core/space/parameter.ts'
import { studyDefinitionSchema } from '../../../src-core/study/definition.ts'
import { distanceHyperparameters } from '../../../src-core/study/diehlCookHyperparameters.ts'
import type { Hyperparameter, HyperparameterTable } from '../../../src-core/study/hyperparameter.ts'
import { anyLayered } from '../../../src-core/study/layeredHyperparameters.ts'
import { neuroprocessorHyperparameters } from '../../../src-core/study/neuroprocessorHyperparameters.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The JSON schema of a study definition, for editors: what `decodeDefinition` reads, with every hyperparameter by name; of
 * layers, whose names are a person's, by pattern. What one schema cannot say, such as low < high, or which layers there
 * are, remains for `decodeDefinition`.
 */
export const studySchemaJson = (): object => {
  const schema = studyDefinitionSchema.meta({
    title: 'Spiketune study',
    description: 'A search for good hyperparameters of a spiking neural network',
  })
  const json = z.toJSONSchema(schema, { io: 'input' }) as Json & { readonly properties: Readonly<Record<string, Json>> }
  const named = (key: 'space' | 'fixed', schemaOf: SchemaOf): Json => ({
    default: {},
    description: json.properties[key]?.['description'],
    anyOf: [
      whole(distanceHyperparameters, schemaOf),
      layered(schemaOf),
      whole(neuroprocessorHyperparameters, schemaOf),
    ],
  })
  return {
    ...json,
    properties: {
      ...json.properties,
      space: named('space', parameterSchemaOf),
      fixed: named('fixed', valueSchemaOf),
    },
  }
}

type SchemaOf = (hyperparameter: Hyperparameter) => z.ZodType

const whole = (table: HyperparameterTable, schemaOf: SchemaOf): Json => ({
  type: 'object',
  properties: jsonOf(table, schemaOf),
  additionalProperties: false,
})

const layered = (schemaOf: SchemaOf): Json => ({
  type: 'object',
  properties: jsonOf(anyLayered.network, schemaOf),
  patternProperties: Object.fromEntries(
    Object.entries(jsonOf(anyLayered.layer, schemaOf)).map(([name, one]) => [`^[a-z][A-Za-z0-9]*\\.${name}$`, one]),
  ),
  additionalProperties: false,
})

const jsonOf = (table: HyperparameterTable, schemaOf: SchemaOf): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    Object.entries(table).map(([name, hyperparameter]) => {
      const { $schema: _, ...json } = z.toJSONSchema(schemaOf(hyperparameter), { io: 'input' }) as Json
      return [name, { ...json, description: describe(hyperparameter) }]
    }),
  )

/** A range, or some of the choices, as the table allows them. */
const parameterSchemaOf = (hyperparameter: Hyperparameter): z.ZodType => {
  if (hyperparameter.kind === 'categorical') {
    return categoricalParameterSchema.extend({ choices: z.array(valueSchemaOf(hyperparameter)).min(1) })
  }
  const ends = { low: valueSchemaOf(hyperparameter), high: valueSchemaOf(hyperparameter) }
  const integer = integerParameterSchema.extend(ends)
  return hyperparameter.kind === 'integer' ? integer : z.union([realParameterSchema.extend(ends), integer])
}

const valueSchemaOf = (hyperparameter: Hyperparameter): z.ZodType => {
  switch (hyperparameter.kind) {
    case 'categorical':
      return z.enum(hyperparameter.choices)
    case 'integer':
      return z.int().min(hyperparameter.minimum).max(hyperparameter.maximum)
    case 'real':
      return z.number().min(hyperparameter.minimum).max(hyperparameter.maximum)
  }
}

const describe = (hyperparameter: Hyperparameter): string => {
  const { description, group, unit, publishedName, default: value, inherits } = hyperparameter
  const published = publishedName === null ? '' : `; published as ${publishedName}`
  const otherwise = inherits === null ? value : `that of ${inherits}`
  return `${description}${unit === null ? '' : ` (${unit})`}. Default ${otherwise}; of the group ${group}${published}`
}
