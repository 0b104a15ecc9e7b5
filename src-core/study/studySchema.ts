import { z } from 'zod'
import { categoricalParameterSchema, integerParameterSchema, realParameterSchema } from '../space/parameter.ts'
import { studyDefinitionSchema } from './definition.ts'
import { hyperparameterNames, hyperparameters } from './hyperparameters.ts'
import type { Hyperparameter } from './hyperparameters.ts'

/**
 * The JSON schema of a study definition, for editors: what `decodeDefinition` reads, with every hyperparameter by name.
 * What one schema cannot say, such as low < high, remains for `decodeDefinition`.
 */
export function studySchemaJson(): object {
  const schema = studyDefinitionSchema
    .extend({
      space: namedSchema(parameterSchemaOf).default({}).meta(descriptionOf('space')),
      fixed: namedSchema(valueSchemaOf).default({}).meta(descriptionOf('fixed')),
    })
    .meta({ title: 'Spiketune study', description: 'A search for good hyperparameters of a spiking neural network' })
  return z.toJSONSchema(schema, { io: 'input' })
}

const descriptionOf = (key: 'space' | 'fixed') => ({
  description: studyDefinitionSchema.shape[key].meta()?.description ?? '',
})

const namedSchema = (schemaOf: (hyperparameter: Hyperparameter) => z.ZodType) =>
  z.strictObject(
    Object.fromEntries(
      hyperparameterNames.map((name) => {
        const hyperparameter: Hyperparameter = hyperparameters[name]
        return [
          name,
          schemaOf(hyperparameter)
            .optional()
            .meta({ description: describe(hyperparameter) }),
        ]
      }),
    ),
  )

/** A range, or some of the choices, as the table allows them. */
function parameterSchemaOf(hyperparameter: Hyperparameter): z.ZodType {
  if (hyperparameter.kind === 'categorical') {
    return categoricalParameterSchema.extend({ choices: z.array(valueSchemaOf(hyperparameter)).min(1) })
  }
  const ends = { low: valueSchemaOf(hyperparameter), high: valueSchemaOf(hyperparameter) }
  const integer = integerParameterSchema.extend(ends)
  return hyperparameter.kind === 'integer' ? integer : z.union([realParameterSchema.extend(ends), integer])
}

function valueSchemaOf(hyperparameter: Hyperparameter): z.ZodType {
  switch (hyperparameter.kind) {
    case 'categorical':
      return z.enum(hyperparameter.choices)
    case 'integer':
      return z.int().min(hyperparameter.minimum).max(hyperparameter.maximum)
    case 'real':
      return z.number().min(hyperparameter.minimum).max(hyperparameter.maximum)
  }
}

function describe({ description, unit, publishedName, default: value }: Hyperparameter): string {
  const published = publishedName === null ? '' : `; ${publishedName} in arXiv 2403.00450`
  return `${description}${unit === null ? '' : ` (${unit})`}. Default ${value}${published}`
}
