import { z } from 'zod'
import type { DeepReadonly } from '../../values/deepReadonly.ts'

const hyperparametersSchema = z.strictObject({
  lengthscales: z.array(z.number()),
  outputScale: z.number(),
  noiseVariance: z.number(),
})

/** Hyperparameters of each output's model; those of an output without a model are left out. */
export const fitSchema = z.strictObject({
  /** The trials told when they were fitted. */
  told: z.int().min(0),
  models: z.record(z.string(), hyperparametersSchema),
})
export type FittedModels = DeepReadonly<z.infer<typeof fitSchema>>

/** When a trial was asked for. */
export const askedFields = {
  /** Finished trials that the optimiser knew of. */
  told: z.int().min(0),
  /** Trust regions before this one. */
  life: z.int().min(0),
}

/** The trust region that a trial was asked for in. */
export const regionFields = {
  /** Changes of the region's side length before, in all lives. */
  generation: z.int().min(0),
  /** Side length of the trust region, in units of the unit cube. */
  length: z.number(),
  successes: z.int().min(0),
  failures: z.int().min(0),
  /** The trial at the region's centre: the best feasible one, or while none is, the one of least violation. */
  centre: z.int().min(0),
  /** Whether the centre is feasible. */
  centreFeasible: z.boolean(),
  /** Whether the sampled constraints all held at the point. */
  feasible: z.boolean(),
}

/** Why SCBO asked for a point. It is stored with the trial, and read again when the trial is told or the study resumed. */
const scboExplanationSchema = z.discriminatedUnion('phase', [
  z.object({
    optimiser: z.literal('scbo'),
    ...askedFields,
    phase: z.literal('initial'),
    /** Its number in the Sobol sequence of its life. */
    point: z.int().min(0),
  }),
  z.object({
    optimiser: z.literal('scbo'),
    ...askedFields,
    phase: z.literal('region'),
    ...regionFields,
    candidates: z.int().min(0),
    /** What the sampled functions had there, in units of the models: standard deviations of what was observed. */
    sampled: z.object({
      objective: z.number().nullable(),
      /** Above zero is a violation. */
      constraints: z.record(z.string(), z.number()),
    }),
    /** From which of the candidates the point was taken, or `polished`, or `random` where all repeated tried ones. */
    source: z.enum(['candidate', 'polished', 'random']),
    fit: fitSchema,
  }),
])
export type ScboExplanation = DeepReadonly<z.infer<typeof scboExplanationSchema>>

/** The explanation of a trial that SCBO asked for; null of any other. */
export const scboExplanationOf = (explanation: Readonly<Record<string, unknown>>): ScboExplanation | null => {
  if (explanation['optimiser'] !== 'scbo') return null
  const decoded = scboExplanationSchema.safeParse(explanation)
  return decoded.success ? decoded.data : null
}
