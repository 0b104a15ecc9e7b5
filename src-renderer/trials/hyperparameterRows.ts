import type { Configuration } from '../../src-core/space/parameter.ts'
import { hyperparameterNamed, readingOrder } from '../../src-core/study/hyperparameters.ts'

interface HyperparameterRow {
  readonly name: string
  readonly value: number | string
  /** Empty for counts and numbers without a unit. */
  readonly unit: string
  readonly description: string
}

const rowOf = (name: string, value: number | string): HyperparameterRow => {
  const known = hyperparameterNamed(name)
  return {
    name,
    value,
    unit: known?.unit ?? '',
    description: known === null ? '' : `${known.description} (${known.group})`,
  }
}

/** The values of a configuration with their units, in the order in which people read them. */
export const hyperparameterRows = (configuration: Configuration): HyperparameterRow[] => {
  const order = new Map(readingOrder.map((name, index) => [name, index]))
  return Object.entries(configuration)
    .sort(([a], [b]) => (order.get(a) ?? Infinity) - (order.get(b) ?? Infinity))
    .map(([name, value]) => rowOf(name, value))
}
