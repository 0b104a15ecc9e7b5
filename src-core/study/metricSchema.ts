/** What a test measures of a network: what a study can search for, and limit. */
import { z } from 'zod'

/** Of a network as a whole, means over the samples of the test; its size, where networks of a study differ in it. */
const wholeCosts = ['synapticOperationsPerSample', 'spikesPerSample', 'neurons', 'synapses'] as const

/** `spikesPerSample.<layer>`, over all samples of the test; `spikesPerSample.<layer>.<class>`, over those of a class. */
const layerSpikesSchema = z.templateLiteral([
  'spikesPerSample.',
  z.string().regex(/[a-z][A-Za-z0-9]*(?:\.(?:0|[1-9][0-9]{0,2}))?/),
])

const costMetricSchema = z.union([
  z.enum(wholeCosts),
  layerSpikesSchema.meta({ description: 'spikesPerSample.<layer> or spikesPerSample.<layer>.<class>' }),
])
type CostMetric = z.infer<typeof costMetricSchema>

/** Accuracy is maximised, a cost minimised. */
export const objectiveMetricSchema = z.union([
  z.enum(['accuracy', ...wholeCosts]),
  ...costMetricSchema.options.slice(1),
])
export type ObjectiveMetric = 'accuracy' | CostMetric

/** The layer, and the class where there is one, whose spikes a metric counts; null: it is none of a layer. */
export const spikesOf = (metric: ObjectiveMetric): { readonly layer: string; readonly label: number | null } | null => {
  const [, layer, label] = /^spikesPerSample\.([^.]+)(?:\.(\d+))?$/.exec(metric) ?? []
  return layer === undefined ? null : { layer, label: label === undefined ? null : Number(label) }
}

const limit = z.number().gt(0).optional()
const metricConstraintSchema = z.strictObject({
  metric: objectiveMetricSchema.meta({ description: 'What is measured in the test' }),
  atMost: limit.meta({ description: 'Highest allowed value, of a cost' }),
  atLeast: limit.meta({ description: 'Lowest allowed value' }),
})
export type MetricConstraint = z.infer<typeof metricConstraintSchema>

export const constraintsSchema = z.array(metricConstraintSchema).default([])

/** One bound of what is measured. */
export interface Limit {
  readonly side: 'atMost' | 'atLeast'
  readonly limit: number
}

/** The one bound that a constraint has: `checkStudy` sees to it. */
export const limitOf = ({ atMost, atLeast }: Pick<MetricConstraint, 'atMost' | 'atLeast'>): Limit =>
  atLeast === undefined ? { side: 'atMost', limit: atMost ?? Infinity } : { side: 'atLeast', limit: atLeast }
