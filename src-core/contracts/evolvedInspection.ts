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
