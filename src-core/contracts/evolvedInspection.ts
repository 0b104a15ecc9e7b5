/** What is told of an evolved network beyond what every network has: all of it, how it evolved, and the task that it acts in. */
import { z } from 'zod'
import { generationRecordSchema } from '../evolution/fitness.ts'

const count = z.int().min(0)

const evolvedNeuronSchema = z.strictObject({
  id: z.int(),
  threshold: z.number(),
  leak: z.int(),
  /** In steps. */
  axonalDelay: count,
})
export type EvolvedNeuron = z.infer<typeof evolvedNeuronSchema>

const evolvedSynapseSchema = z.strictObject({
  /** Ids of neurons. */
  from: z.int(),
  to: z.int(),
  /** As it acts: of a table of weights the entry. */
  weight: z.number(),
  /** In steps, without the axonal one. */
  delay: count,
})

const numbers = z.custom<Uint32Array>((value) => value instanceof Uint32Array)

/** training: one of the episodes that networks were judged by; objective: one that the trial was measured on. */
const episodeUseSchema = z.enum(['training', 'objective'])
export type EpisodeUse = z.infer<typeof episodeUseSchema>

/** Which episode: its number, from 0. */
export const playedSchema = z.strictObject({ use: episodeUseSchema, episode: count })

/** One episode, as the network plays it. */
export const episodeSchema = playedSchema.extend({
  /** [steps + 1][state names]: those before each decision, and the last one. */
  states: z.custom<Float64Array>((value) => value instanceof Float64Array),
  /** [steps]: index of the action of each decision. */
  actions: numbers,
  /** Sum of the rewards, and what that is of the best there is, from 0 to 1. */
  score: z.number(),
  share: z.number().min(0).max(1),
  /** Whether the limit of steps ended it, not the task. */
  cut: z.boolean(),
  /** Spikes of each layer; steps are those of the network, one decision after the other. */
  spikes: z.array(z.strictObject({ layer: z.string(), neurons: numbers, steps: numbers })),
})
export type Episode = z.infer<typeof episodeSchema>

const actingSchema = z.strictObject({
  task: z.string(),
  stateNames: z.array(z.string()),
  actions: z.array(z.string()),
  stepLimit: z.int().min(1),
  episodes: z.int().min(1),
})

export const evolvedSchema = z.strictObject({
  neurons: z.array(evolvedNeuronSchema),
  synapses: z.array(evolvedSynapseSchema),
  /** Ids, in the order of the encoder. */
  inputs: z.array(z.int()),
  /** Ids, in the order of the decoder. */
  outputs: z.array(z.int()),
  processor: z.enum(['risp', 'caspian']),
  generations: z.array(generationRecordSchema),
  /** null: it tells samples apart. */
  acting: actingSchema.nullable(),
})
export type Evolved = z.infer<typeof evolvedSchema>
