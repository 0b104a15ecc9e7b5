import { z } from 'zod'
import { configurationSchema, parameterSchema } from '../space/parameter.ts'
import { prunedStopSchema } from '../trial/measurement.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import { datasetSchema } from './datasetSchema.ts'
import { encodingSchema } from './encodingSchema.ts'
import { hooksSchema } from './hooksSchema.ts'
import { networkSchema } from './networkSchema.ts'
import { optimiserSchema } from './optimiserSchema.ts'
import { constraintsSchema, objectiveMetricSchema } from './metricSchema.ts'
import { silenceSchema } from './silenceSchema.ts'
import { pruningSchema, trainingSchema } from './trainingSchema.ts'
import { workersSchema } from './workersSchema.ts'

/** Version of the definition's form; a file of an older version is migrated when it is decoded. */
export const DEFINITION_VERSION = 2

const seedSchema = z.int().min(0).max(0xffffffff)

const objectiveSchema = z.strictObject({
  metric: objectiveMetricSchema.default('accuracy').meta({
    description:
      'accuracy, in a control task the share of the best score, is maximised; synapticOperationsPerSample, spikesPerSample and, of networks that evolve, neurons and synapses are minimised',
  }),
  split: z.enum(['validation', 'test']).default('validation').meta({
    description: "validation: the held-out part of the training samples; test: the dataset's own test samples",
  }),
})

const budgetSchema = z.strictObject({
  trials: z.int().min(1).optional().meta({ description: 'Number of finished trials after which the study ends' }),
  wallTimeMinutes: z
    .number()
    .gt(0)
    .optional()
    .meta({ description: 'No new trial begins after this time; running ones are waited for' }),
})

const seedsSchema = z.strictObject({
  optimiser: seedSchema
    .default(1)
    .meta({ description: 'Seed of the optimiser, and of each trial unless `network` is set' }),
  split: seedSchema.default(1).meta({ description: 'Seed of the split into training and validation samples' }),
  network: seedSchema
    .optional()
    .meta({ description: 'The seed of every trial: initial weights, order, encoding, ties' }),
})

/**
 * What an exported configuration says of its origin; kept with the study that it starts. Only two things of it are acted on:
 * other data than those of the hash are an error, and a trial that was pruned ends there again.
 */
const provenanceSchema = z.strictObject({
  application: z.string(),
  study: z.string(),
  trial: z.int().min(0),
  datasetSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ description: '64 hexadecimal digits' }),
  metrics: z.record(z.string(), z.number()),
  constraints: z.record(z.string(), z.number()),
  networkFile: z.string().optional(),
  pruned: prunedStopSchema.optional().meta({
    description: 'How the trial was pruned; its training ends there again. Without it, it goes on to its end',
  }),
})

/** The file that a study's trials were imported from. Such a study is looked at; it cannot be trained. */
const logSchema = z.strictObject({
  file: z.string().min(1).meta({ description: 'Its name' }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ description: '64 hexadecimal digits' }),
})

/** A study as a person writes it. Everything optional gets its default here, and nowhere else. */
export const studyDefinitionSchema = z.strictObject({
  version: z.literal(DEFINITION_VERSION).meta({ description: 'Version of the form of this file' }),
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    .meta({ description: 'Letters, digits, dot, dash, underscore; at most 64' }),
  description: z.string().optional().meta({ description: 'What the study is about, in a sentence' }),
  dataset: datasetSchema.meta({ description: 'What to train and test on' }),
  encoding: encodingSchema.prefault({}).meta({ description: 'How samples become spikes' }),
  network: networkSchema.meta({ description: 'The kind of network' }),
  training: trainingSchema.meta({ description: 'How the network learns' }),
  space: z.record(z.string(), parameterSchema).default({}).meta({ description: 'The hyperparameters to search' }),
  fixed: configurationSchema.default({}).meta({ description: 'Hyperparameters held at a value' }),
  objective: objectiveSchema.prefault({}).meta({ description: 'What to search for' }),
  silence: silenceSchema.prefault({}).meta({ description: 'Early stopping of silent networks, and its constraints' }),
  constraints: constraintsSchema.meta({ description: 'Limits of what is measured in the test, each a constraint' }),
  pruning: pruningSchema.prefault({}).meta({ description: 'Early stopping of trials that are behind others' }),
  optimiser: optimiserSchema.prefault({ type: 'scbo' }).meta({ description: 'How to choose what to try next' }),
  budget: budgetSchema.prefault({}).meta({ description: 'When to end; without a space, one trial by default' }),
  workers: workersSchema.default('auto').meta({
    description:
      'Networks that are trained at the same time; auto: one for each GPU, else for each core; or by device, such as gpu0: 1',
  }),
  attempts: z
    .int()
    .min(1)
    .max(10)
    .default(3)
    .meta({ description: 'Attempts at a trial whose worker dies or does not respond' }),
  replicates: z.int().min(1).max(100).default(1).meta({
    description:
      'Trainings of each trial, each with a seed of its own; objective and constraints are their means, with standard errors',
  }),
  racing: z.boolean().default(false).meta({
    description:
      'Whether a trial ends before its last replicate, but after 3 at least, where its mean is hopeless beside the best trial',
  }),
  timeLimitMinutes: z
    .number()
    .gt(0)
    .optional()
    .meta({ description: 'A trial that trains and tests for longer has failed; loading the dataset does not count' }),
  keepNetworks: z.int().min(0).default(10).meta({ description: 'Number of best networks that are kept on disk' }),
  seeds: seedsSchema.prefault({}).meta({ description: 'Where all randomness comes from' }),
  hooks: hooksSchema.optional().meta({
    description:
      'Programs to run when something happens to the study, such as one that sends mail; only where a person allows it',
  }),
  provenance: provenanceSchema.optional().meta({ description: 'Where an exported configuration is from' }),
  log: logSchema.optional().meta({ description: 'The evaluation log that was imported, where a study only holds one' }),
})

/** A decoded definition: valid, complete, frozen. Made by `decodeDefinition` only. */
export type StudyDefinition = DeepReadonly<z.infer<typeof studyDefinitionSchema>>
