/** What may be searched or fixed in a study: a table for each kind of network. */
import { diehlCookHyperparameters, distanceHyperparameters } from './diehlCookHyperparameters.ts'
import { type Hyperparameter, type HyperparameterTable, lookUp } from './hyperparameter.ts'
import { anyLayered, layeredHyperparameters } from './layeredHyperparameters.ts'
import { type LayeredDefinition, type NetworkDefinition, networkSchema } from './networkSchema.ts'
import type { RawMap } from './rawValues.ts'

/** Tables of layered networks, which are asked for with every trial. */
const known = new WeakMap<LayeredDefinition, HyperparameterTable>()

/** The table of a network, in the order in which people read it. */
export const hyperparametersOf = (network: NetworkDefinition): HyperparameterTable => {
  if (network.type === 'diehl-cook') return diehlCookTable(network)
  const table = known.get(network) ?? layeredHyperparameters(network)
  known.set(network, table)
  return table
}

const diehlCookTable = ({ inhibition }: { readonly inhibition?: unknown }): HyperparameterTable =>
  inhibition === 'distance' ? distanceHyperparameters : diehlCookHyperparameters

/** The table of a network as it stands in a file; null: of a layered one that cannot be read. */
export const rawHyperparametersOf = (network: RawMap): HyperparameterTable | null => {
  if (network.type !== 'layered') return diehlCookTable(network)
  const { data } = networkSchema.safeParse(network)
  return data === undefined ? null : hyperparametersOf(data)
}

/** What a name stands for, in whatever network it is searched; null: in none. */
export const hyperparameterNamed = (name: string): Hyperparameter | null => {
  const [layer = '', own] = name.split('.')
  const whole = lookUp(distanceHyperparameters, name) ?? lookUp(anyLayered.network, name)
  if (whole !== null || own === undefined) return whole
  const hyperparameter = lookUp(anyLayered.layer, own)
  return hyperparameter && { ...hyperparameter, description: `${hyperparameter.description}, of the layer ${layer}` }
}

/** Names of networks as a whole, in the order in which people read them. */
export const readingOrder: readonly string[] = [
  ...new Set([...Object.keys(distanceHyperparameters), ...Object.keys(anyLayered.network)]),
]
