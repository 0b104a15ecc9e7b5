/** How samples become the spikes, or the currents, that a network is shown. */
import { z } from 'zod'

const steps = z.int().min(1).max(10000).default(100).meta({ description: 'Steps that each sample is shown for' })
const presentation = {
  steps,
  dtMs: z.number().gt(0).max(100).default(1).meta({ description: 'Length of a step' }),
}
const maximumRateHz = z.number().gt(0).max(1000).default(128).meta({ description: 'Rate of a full pixel' })

const poissonSchema = z.strictObject({
  type: z
    .literal('poisson')
    .default('poisson')
    .meta({ description: 'Intervals between spikes are Poisson-distributed' }),
  maximumRateHz,
  ...presentation,
})

const bernoulliSchema = z.strictObject({
  type: z.literal('bernoulli').meta({ description: 'A chance of a spike in each step' }),
  maximumRateHz,
  ...presentation,
})

const cropSchema = z.strictObject({
  row: z.int().min(0).max(65535).default(0).meta({ description: 'First row' }),
  column: z.int().min(0).max(65535).default(0).meta({ description: 'First column' }),
  rows: z.int().min(1).max(65536).meta({ description: 'Rows from there' }),
  columns: z.int().min(1).max(65536).meta({ description: 'Columns from there' }),
})

const binningSchema = z.strictObject({
  type: z.literal('binning').meta({ description: 'Events of a time window in bins: one bin is one step' }),
  windowStartMs: z.number().min(0).max(1e6).default(0).meta({ description: 'Where the window begins in a sample' }),
  windowMs: z.number().gt(0).max(1e6).default(300).meta({ description: 'Length of the window' }),
  steps: steps.meta({ description: 'Bins of the window, each of which is a step' }),
  dtMs: z
    .number()
    .gt(0)
    .max(1e6)
    .optional()
    .meta({ description: 'How long a step is for the network; default: as long as a bin' }),
  bins: z.enum(['or', 'count']).default('or').meta({
    description: 'or: a spike where there is any event; count: as many as there are events',
  }),
  pooling: z
    .int()
    .min(1)
    .max(64)
    .default(1)
    .meta({ description: 'Number of rows and columns of the sensor that become one' }),
  denoiseMs: z.number().min(0).max(1000).default(0).meta({
    description: 'Drops events with no other at the same or a neighbouring place so shortly before; 0: none',
  }),
  crop: cropSchema.optional().meta({ description: 'The part of the sensor to use; default: all' }),
})

const latencySchema = z.strictObject({
  type: z.literal('latency').meta({ description: 'One spike of each input, the stronger the earlier' }),
  curve: z.enum(['linear', 'logarithmic']).default('linear').meta({
    description: 'logarithmic: when a leaky integrator driven by the value reaches the threshold',
  }),
  threshold: z.number().min(0).lt(1).default(0.01).meta({ description: 'Values up to it, of 1, make no spike' }),
  tauMs: z.number().gt(0).max(10000).default(20).meta({ description: 'Time constant of the logarithmic curve' }),
  ...presentation,
})

const rankOrderSchema = z.strictObject({
  type: z.literal('rank-order').meta({ description: 'One spike of each input, in the order of their strengths' }),
  share: z.number().gt(0).max(1).default(1).meta({ description: 'Share of the inputs that spike, the strongest' }),
  ...presentation,
})

const deltaSchema = z.strictObject({
  type: z.literal('delta').meta({ description: 'A spike where a value has risen or fallen, of frames and series' }),
  threshold: z.number().gt(0).max(1).default(0.1).meta({ description: 'Change that makes a spike, of 1' }),
  ...presentation,
})

const directCurrentSchema = z.strictObject({
  type: z.literal('direct-current').meta({ description: 'Values as currents in every step, for layered networks' }),
  gain: z.number().gt(0).max(1e6).default(1).meta({ description: 'Current of the largest value' }),
  ...presentation,
})

const populationSchema = z.strictObject({
  type: z.literal('population').meta({ description: 'Each value by several inputs with Gaussian receptive fields' }),
  fields: z.int().min(3).max(256).default(10).meta({ description: 'Inputs of each value' }),
  width: z.number().gt(0).max(100).default(1.5).meta({ description: 'Divides the width of the receptive fields' }),
  spikes: z.enum(['latency', 'poisson']).default('latency').meta({
    description: 'latency: one spike each, the better the fit the earlier; poisson: by rates',
  }),
  threshold: z.number().min(0).lt(1).default(0.1).meta({ description: 'Of latency: a fit up to it makes no spike' }),
  maximumRateHz: maximumRateHz.meta({ description: 'Of poisson: rate of a perfect fit' }),
  ...presentation,
})

/** Poisson where no type is given. */
export const encodingSchema = z.discriminatedUnion('type', [
  poissonSchema,
  bernoulliSchema,
  latencySchema,
  rankOrderSchema,
  deltaSchema,
  directCurrentSchema,
  populationSchema,
  binningSchema,
])
