/** What a study says of the optimiser that it uses. */
import { z } from 'zod'

const scboSchema = z.strictObject({
  type: z.literal('scbo'),
  initial: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'Trials of the random initial design; default: 2 a parameter' }),
  objectiveTransform: z.enum(['compressed', 'standardise', 'copula']).optional().meta({
    description: 'compressed (default): bad values are drawn together; copula: by ranks; standardise: as they are',
  }),
  constraintTransform: z.enum(['auto', 'bilog', 'none']).optional().meta({
    description: 'bilog: by orders of magnitude; auto (default): where values differ by orders of magnitude',
  }),
  successesToGrow: z.int().min(1).optional().meta({ description: 'Successes in a row that double the trust region' }),
  failuresToShrink: z.int().min(1).optional().meta({ description: 'Failures in a row that halve the trust region' }),
  modelRows: z.int().min(10).max(5000).optional().meta({
    description: 'Trials that a model sees at most, by default 1000: the nearest, the best, the most recent',
  }),
  polish: z.boolean().optional().meta({ description: 'false: only candidates, none moved along the gradient' }),
})

const gridPointsSchema = z.int().min(1).max(1000)

const gridSchema = z.strictObject({
  type: z.literal('grid'),
  points: gridPointsSchema
    .default(5)
    .meta({ description: 'Values of each number, evenly spaced on its scale, ends included; of categories all' }),
  parameters: z
    .record(
      z.string(),
      z.strictObject({
        points: gridPointsSchema.optional().meta({ description: 'Number of values of this one' }),
        values: z
          .array(z.union([z.number(), z.string()]))
          .min(1)
          .optional()
          .meta({ description: 'Exactly these values of this one' }),
      }),
    )
    .default({})
    .meta({ description: 'What differs for single hyperparameters: points or values' }),
})

const expectedImprovementSchema = z.strictObject({
  type: z.literal('ei'),
  ...scboSchema.pick({ initial: true, objectiveTransform: true, constraintTransform: true, modelRows: true }).shape,
})

const tpeSchema = z.strictObject({
  type: z.literal('tpe'),
  startup: z.int().min(1).default(10).meta({ description: 'Random trials before the first model' }),
  candidates: z.int().min(1).max(10_000).default(24).meta({ description: 'Candidates of each ask' }),
})

export const optimiserSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('random') }),
  z.strictObject({ type: z.literal('sobol') }),
  gridSchema,
  tpeSchema,
  scboSchema,
  expectedImprovementSchema,
])
