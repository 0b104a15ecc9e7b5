/** What a study says of how its networks learn, and of when training ends before its last epoch. */
import { z } from 'zod'
import { goalsSchema } from '../evolution/parameters.ts'
import { networkFileSchema } from '../tennlab/networkFile.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import type { NetworkDefinition } from './networkSchema.ts'

const postPreSchema = z.strictObject({
  algorithm: z.literal('post-pre').meta({ description: 'STDP at the spikes of inputs and of neurons' }),
  updateInterval: z
    .int()
    .min(1)
    .default(1200)
    .meta({ description: 'Samples between two updates of the neuron labels' }),
})

const surrogateGradientSchema = z.strictObject({
  algorithm: z.literal('surrogate-gradient').meta({ description: 'Gradients through time, as in SLAYER' }),
  optimiser: z
    .enum(['adam', 'adamw'])
    .default('adam')
    .meta({ description: 'adamw: with the hyperparameter weightDecay, decoupled' }),
  schedule: z.enum(['constant', 'cosine', 'step', 'one-cycle']).default('constant').meta({
    description:
      'Of the learning rate over the training; step: a tenth after half, a hundredth after three quarters; cosine: down to 0',
  }),
  clipNorm: z
    .number()
    .gt(0)
    .nullable()
    .default(null)
    .meta({ description: 'Largest norm of the gradient of all parameters; null: unlimited' }),
})

const eonsSchema = z.strictObject({
  algorithm: z.literal('eons').meta({ description: 'Evolution of structure and values, generation by generation' }),
  goals: goalsSchema,
  silentSamples: z.int().min(1).default(10).meta({
    description: 'First samples, or decisions, after which a network whose outputs have not spiked is shown no more',
  }),
  networks: z.array(networkFileSchema).max(16).default([]).meta({
    description:
      'Networks in TENNLab’s form that the first generation has as they are, before random ones; with populationSize 1 and generations 1 the first itself is judged',
  }),
})

export const trainingSchema = z.discriminatedUnion('algorithm', [postPreSchema, surrogateGradientSchema, eonsSchema])

type TrainingDefinition = DeepReadonly<z.infer<typeof trainingSchema>>
export type PostPreTraining = DeepReadonly<z.infer<typeof postPreSchema>>
export type SurrogateGradientTraining = DeepReadonly<z.infer<typeof surrogateGradientSchema>>
export type EonsTraining = DeepReadonly<z.infer<typeof eonsSchema>>

/** The algorithm that trains a network; there is one of each kind. */
export const algorithmOf = {
  'diehl-cook': 'post-pre',
  layered: 'surrogate-gradient',
  neuroprocessor: 'eons',
} as const satisfies Record<NetworkDefinition['type'], TrainingDefinition['algorithm']>

export const pruningSchema = z.strictObject({
  rule: z.enum(['none', 'median', 'asha']).default('none').meta({
    description:
      'median: stop below the median of other trials at the same epoch; asha: go on only among the best at each rung',
  }),
  warmupEpochs: z.int().min(0).default(1).meta({ description: 'Epochs of a trial before it can be pruned' }),
  minimumTrials: z
    .int()
    .min(1)
    .default(5)
    .meta({ description: 'Trials that have to be known at an epoch before one is pruned there' }),
  reduction: z.number().min(2).max(16).default(3).meta({
    description:
      'asha: the factor eta: each rung is eta times as long as the one before, and one in eta trials goes on',
  }),
})
