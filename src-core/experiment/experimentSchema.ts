/** An experiment as a person writes it: one definition times variants and seeds, whose studies are compared. */
import { z } from 'zod'

/** Version of the form of an experiment. */
const EXPERIMENT_VERSION = 1

/** Names of studies and folders are made of it. */
const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,47}$/)
  .meta({ description: 'Letters, digits, dot, dash, underscore; at most 48' })

const seedsSchema = z.array(z.int().min(0).max(0xffffffff)).min(1)

const variantSchema = z.strictObject({
  name: nameSchema,
  change: z.record(z.string(), z.unknown()).default({}).meta({
    description:
      'What it changes: a section, such as optimiser, takes the place of the whole one; fixed.runSteps is one value of a section; null takes it out',
  }),
  seeds: seedsSchema.optional().meta({ description: 'Its seeds, in place of those of the experiment' }),
})

export const experimentSchema = z.strictObject({
  version: z.literal(EXPERIMENT_VERSION).meta({ description: 'Version of the form of this file' }),
  name: nameSchema,
  description: z.string().optional().meta({ description: 'What is compared, in a sentence' }),
  study: z.union([z.string().min(1), z.record(z.string(), z.unknown())]).meta({
    description:
      'The definition that the variants change: name of a preset, a file beside this one, or the definition itself',
  }),
  variants: z.array(variantSchema).min(1).max(100).meta({ description: 'What is compared' }),
  seeds: seedsSchema
    .optional()
    .meta({ description: 'A study of each variant for each of these seeds, as seeds.optimiser of its definition' }),
})
export type WrittenExperiment = z.infer<typeof experimentSchema>
