/**
 * The black-box constraints of a study: one of each watched layer (silenceRule.ts), and one of each limit of a metric,
 *
 *   constraint(metric) = (measured - atMost) / atMost, or (atLeast - measured) / atLeast, feasible when <= 0
 *
 * so that a limit of 1,000 spikes and one of a million operations weigh the same.
 */
import type { StudyDefinition } from '../study/definition.ts'
import { limitOf, type MetricConstraint, type ObjectiveMetric, objectiveMetricSchema } from '../study/metricSchema.ts'
import type { ConstraintValue } from '../trial/measurement.ts'
import { constraintName } from './silenceRule.ts'

const prefix = 'metric:'

/** `metric:<metric>`; what optimisers and files of studies call the constraint. */
export const metricConstraintName = (metric: ObjectiveMetric): string => `${prefix}${metric}`

/** The metric whose limit has this name; null: it is no limit. */
export const limitedMetricOf = (name: string): ObjectiveMetric | null =>
  name.startsWith(prefix) ? (objectiveMetricSchema.safeParse(name.slice(prefix.length)).data ?? null) : null

/** The constraints of a study by name: those of watched layers, then those of metrics, each in the definition's order. */
export const constraintNames = ({
  silence,
  constraints,
}: Pick<StudyDefinition, 'silence' | 'constraints'>): readonly string[] => [
  ...silence.layers.map(({ layer }) => constraintName(layer)),
  ...constraints.map(({ metric }) => metricConstraintName(metric)),
]

/**
 * The values of the limits of metrics, in the definition's order.
 * @param metrics what a test measured: every metric that has a limit
 * @throws {RangeError} when one is missing
 */
export const metricConstraintValues = (
  constraints: readonly MetricConstraint[],
  metrics: Readonly<Record<string, number>>,
): readonly ConstraintValue[] =>
  constraints.map((constraint) => {
    const { metric } = constraint
    const measured = metrics[metric]
    if (measured === undefined) throw new RangeError(`${metric} was not measured`)
    const { side, limit } = limitOf(constraint)
    return {
      name: metricConstraintName(metric),
      value: (side === 'atMost' ? measured - limit : limit - measured) / limit,
    }
  })

/** The objective as it is stored, maximised: accuracy itself, and the negative of a cost. */
export const objectiveValue = (
  { metric }: Pick<StudyDefinition['objective'], 'metric'>,
  metrics: Readonly<Record<string, number>>,
): number => {
  const measured = metrics[metric]
  if (measured === undefined) throw new RangeError(`${metric} was not measured`)
  return metric === 'accuracy' ? measured : -measured
}
