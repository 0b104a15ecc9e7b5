import type { Configuration } from '../../src-core/space/parameter.ts'
import { hyperparameterNames, hyperparameters, isHyperparameterName } from '../../src-core/study/hyperparameters.ts'

export interface HyperparameterRow {
  readonly name: string
  readonly value: number | string
  /** Empty for counts and numbers without a unit. */
  readonly unit: string
  readonly description: string
}

const rowOf = (name: string, value: number | string): HyperparameterRow => {
  if (!isHyperparameterName(name)) return { name, value, unit: '', description: '' }
  const { unit, description } = hyperparameters[name]
  return { name, value, unit: unit ?? '', description }
}

/** The values of a configuration with their units, in the order in which people read them. */
export const hyperparameterRows = (configuration: Configuration): HyperparameterRow[] => {
  const order = new Map<string, number>(hyperparameterNames.map((name, index) => [name, index]))
  return Object.entries(configuration)
    .sort(([a], [b]) => (order.get(a) ?? Infinity) - (order.get(b) ?? Infinity))
    .map(([name, value]) => rowOf(name, value))
}
