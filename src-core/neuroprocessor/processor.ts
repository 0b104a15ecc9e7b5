/** The neuromorphic processors, after TENNLab's RISP and ORNL's Caspian: docs/numerics.md says what they compute. */
import { z } from 'zod'
import type { NetworkRanges, ValueRange } from '../evolution/ranges.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'

/** 16 bits with a sign: sums of tens of thousands of amounts stay within 32 bits. */
const mostAmount = 32_767
const amount = z.number().min(-mostAmount).max(mostAmount)
const mostDelay = 4095

const rispSchema = z
  .strictObject({
    type: z.literal('risp'),
    discrete: z.boolean().meta({ description: 'Whether weights, thresholds and charges are integers (discrete)' }),
    minWeight: amount.optional().meta({ description: 'Least weight; not with a table of weights (min_weight)' }),
    maxWeight: amount.optional().meta({ description: 'Greatest weight; not with a table of weights (max_weight)' }),
    weights: z.array(amount).min(1).max(4096).optional().meta({
      description: 'Table of the weights there are; the weight of a synapse is then a place in it, from 0 (weights)',
    }),
    inputsFromWeights: z.boolean().default(false).meta({
      description: 'Whether the value of an input spike picks from the table of weights (inputs_from_weights)',
    }),
    minThreshold: amount.meta({ description: 'Least threshold (min_threshold)' }),
    maxThreshold: amount.meta({ description: 'Greatest threshold (max_threshold)' }),
    minPotential: amount.max(0).meta({ description: 'What a charge does not stay below (min_potential)' }),
    maxDelay: z.int().min(1).max(mostDelay).meta({ description: 'Longest delay of a synapse, in steps (max_delay)' }),
    leakMode: z.enum(['none', 'all', 'configurable']).default('none').meta({
      description: 'Whose charge is gone after a step: of no neuron, of all, or of those that evolve so (leak_mode)',
    }),
    runTimeInclusive: z.boolean().default(false).meta({
      description: 'Whether a run of T steps has step T too (run_time_inclusive)',
    }),
    thresholdInclusive: z.boolean().default(true).meta({
      description: 'Whether a charge that equals the threshold fires (threshold_inclusive)',
    }),
    fireLikeRavens: z.boolean().default(false).meta({
      description: 'Whether a neuron counts as fired, and is reset, one step later (fire_like_ravens)',
    }),
    spikeValueFactor: amount.min(0).optional().meta({
      description: 'Amount of an input spike of value 1; the greatest weight unless said (spike_value_factor)',
    }),
  })
  .refine(
    ({ weights, minWeight, maxWeight }) =>
      weights === undefined
        ? minWeight !== undefined && maxWeight !== undefined
        : minWeight === undefined && maxWeight === undefined,
    { path: ['weights'], error: 'either minWeight and maxWeight, or a table of weights' },
  )
  .refine(({ weights, inputsFromWeights }) => weights !== undefined || !inputsFromWeights, {
    path: ['inputsFromWeights'],
    error: 'inputs can only be taken from a table of weights: add weights',
  })
  .refine(({ minWeight, maxWeight }) => (minWeight ?? 0) <= (maxWeight ?? 0) || maxWeight === undefined, {
    path: ['minWeight'],
    error: 'minWeight is above maxWeight',
  })
  .refine(({ minThreshold, maxThreshold }) => minThreshold <= maxThreshold, {
    path: ['minThreshold'],
    error: 'minThreshold is above maxThreshold',
  })
  .refine(
    ({ discrete, minWeight, maxWeight, weights, minThreshold, maxThreshold, minPotential }) =>
      !discrete ||
      [minWeight, maxWeight, ...(weights ?? []), minThreshold, maxThreshold, minPotential].every(
        (value) => value === undefined || Number.isInteger(value),
      ),
    { path: ['discrete'], error: 'weights, thresholds and minPotential must be integers where discrete is true' },
  )

const caspianSchema = z
  .strictObject({
    type: z.literal('caspian'),
    minWeight: z.int().min(-127).max(127).default(-127).meta({ description: 'Least weight (Min_Weight)' }),
    maxWeight: z.int().min(-127).max(127).default(127).meta({ description: 'Greatest weight (Max_Weight)' }),
    minThreshold: z.int().min(0).max(255).default(0).meta({ description: 'Least threshold (Min_Threshold)' }),
    maxThreshold: z.int().min(0).max(255).default(255).meta({ description: 'Greatest threshold (Max_Threshold)' }),
    leakEnable: z.boolean().default(true).meta({ description: 'Whether charges leak (Leak_Enable)' }),
    minLeak: z.int().min(-1).max(4).default(0).meta({
      description: 'Least leak: the time constant is 2^leak steps, -1 is no leak (Min_Leak)',
    }),
    maxLeak: z.int().min(-1).max(4).default(4).meta({ description: 'Greatest leak (Max_Leak)' }),
    minSynapticDelay: z.int().min(0).max(mostDelay).default(0).meta({
      description: 'Least delay of a synapse, in steps; networks that evolve have 1 at least (Min_Synapse_Delay)',
    }),
    maxSynapticDelay: z.int().min(1).max(mostDelay).default(15).meta({
      description: 'Longest delay of a synapse, in steps (Max_Synapse_Delay)',
    }),
    minAxonalDelay: z.int().min(0).max(mostDelay).default(0).meta({
      description: 'Least delay of a neuron, in steps (Min_Axon_Delay)',
    }),
    maxAxonalDelay: z.int().min(0).max(mostDelay).default(0).meta({
      description: 'Longest delay of a neuron, in steps (Max_Axon_Delay)',
    }),
    softReset: z.boolean().default(false).meta({
      description: 'Whether a neuron that fires loses its threshold rather than all of its charge',
    }),
  })
  .superRefine((settings, context) => {
    for (const [least, greatest] of caspianBounds) {
      if (settings[least] > settings[greatest]) {
        context.addIssue({ code: 'custom', path: [least], message: `${least} is above ${greatest}` })
      }
    }
  })

const caspianBounds = [
  ['minWeight', 'maxWeight'],
  ['minThreshold', 'maxThreshold'],
  ['minLeak', 'maxLeak'],
  ['minSynapticDelay', 'maxSynapticDelay'],
  ['minAxonalDelay', 'maxAxonalDelay'],
] as const

/** What a processor is told. */
export const processorSchema = z.discriminatedUnion('type', [rispSchema, caspianSchema])

export type ProcessorSettings = DeepReadonly<z.infer<typeof processorSchema>>

/** RISP-n: integers from -n to n. RISP-n+, where only `positive`: weights and thresholds from 1, charges from 0. */
export const rispOf = (most: number, sign: 'signed' | 'positive'): ProcessorSettings =>
  processorSchema.parse({
    type: 'risp',
    discrete: true,
    minWeight: sign === 'positive' ? 1 : -most,
    maxWeight: most,
    minThreshold: sign === 'positive' ? 1 : 0,
    maxThreshold: most,
    minPotential: sign === 'positive' ? 0 : -most,
    maxDelay: Math.min(Math.max(most, 15), mostDelay),
  })

/** The settings that are known by a name. */
export const standardProcessors = {
  'RISP-1': rispOf(1, 'signed'),
  'RISP-7': rispOf(7, 'signed'),
  'RISP-127': rispOf(127, 'signed'),
  'RISP-1+': rispOf(1, 'positive'),
  'RISP-15+': rispOf(15, 'positive'),
  'RISP-255+': rispOf(255, 'positive'),
  'RISP-F': processorSchema.parse({
    type: 'risp',
    discrete: false,
    minWeight: -1,
    maxWeight: 1,
    minThreshold: -1,
    maxThreshold: 1,
    minPotential: -1,
    maxDelay: 5,
  }) as ProcessorSettings,
  Caspian: processorSchema.parse({ type: 'caspian' }) as ProcessorSettings,
} as const satisfies Readonly<Record<string, ProcessorSettings>>

export type StandardProcessor = keyof typeof standardProcessors

/** What evolution may choose from. */
export const networkRanges = (settings: ProcessorSettings): NetworkRanges => {
  const whole = (low: number, high: number): ValueRange => ({ low, high, integer: true })
  if (settings.type === 'risp') {
    const { discrete, weights, minWeight = 0, maxWeight = 0, minThreshold, maxThreshold } = settings
    return {
      threshold: { low: minThreshold, high: maxThreshold, integer: discrete },
      leak: whole(0, settings.leakMode === 'configurable' ? 1 : 0),
      axonalDelay: whole(0, 0),
      weight:
        weights === undefined ? { low: minWeight, high: maxWeight, integer: discrete } : whole(0, weights.length - 1),
      delay: whole(1, settings.maxDelay),
    }
  }
  return {
    threshold: whole(settings.minThreshold, settings.maxThreshold),
    leak: settings.leakEnable ? whole(settings.minLeak, settings.maxLeak) : whole(-1, -1),
    axonalDelay: whole(settings.minAxonalDelay, settings.maxAxonalDelay),
    weight: whole(settings.minWeight, settings.maxWeight),
    // So that no cycle has a delay of 0, which TENNLab's files may not have.
    delay: whole(Math.max(1, settings.minSynapticDelay), settings.maxSynapticDelay),
  }
}
