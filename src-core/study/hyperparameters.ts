/** What may be searched or fixed in a study: a table for each kind of network. */
import type { SearchSpace } from '../space/parameter.ts'
import { diehlCookHyperparameters, distanceHyperparameters } from './diehlCookHyperparameters.ts'
import { type Hyperparameter, hyperparameterGroups, type HyperparameterTable, lookUp } from './hyperparameter.ts'
import { anyLayered, layeredHyperparameters } from './layeredHyperparameters.ts'
import { neuroprocessorHyperparameters } from './neuroprocessorHyperparameters.ts'
import { type LayeredDefinition, type NetworkDefinition, networkSchema } from './networkSchema.ts'
import type { RawMap } from './rawValues.ts'

/** Tables of layered networks, which are asked for with every trial. */
const known = new WeakMap<LayeredDefinition, HyperparameterTable>()

/** The table of a network, in the order in which people read it. */
export const hyperparametersOf = (network: NetworkDefinition): HyperparameterTable => {
  switch (network.type) {
    case 'diehl-cook':
      return diehlCookTable(network)
    case 'layered': {
      const table = known.get(network) ?? layeredHyperparameters(network)
      known.set(network, table)
      return table
    }
    case 'neuroprocessor':
      return neuroprocessorHyperparameters
  }
}

const diehlCookTable = ({ inhibition }: { readonly inhibition?: unknown }): HyperparameterTable =>
  inhibition === 'distance' ? distanceHyperparameters : diehlCookHyperparameters

/** The table of a network as it stands in a file; null: of a layered one that cannot be read. */
export const rawHyperparametersOf = (network: RawMap): HyperparameterTable | null => {
  if (network.type === 'neuroprocessor') return neuroprocessorHyperparameters
  if (network.type !== 'layered') return diehlCookTable(network)
  const { data } = networkSchema.safeParse(network)
  return data === undefined ? null : hyperparametersOf(data)
}

/** Tables whose names do not depend on a person's layers. */
const wholeTables: readonly HyperparameterTable[] = [
  distanceHyperparameters,
  anyLayered.network,
  neuroprocessorHyperparameters,
]

/** What a name stands for, in whatever network it is searched; null: in none. */
export const hyperparameterNamed = (name: string): Hyperparameter | null => {
  const [layer = '', own] = name.split('.')
  const whole = wholeTables.map((table) => lookUp(table, name)).find((one) => one !== null) ?? null
  if (whole !== null || own === undefined) return whole
  const hyperparameter = lookUp(anyLayered.layer, own)
  return hyperparameter && { ...hyperparameter, description: `${hyperparameter.description}, of the layer ${layer}` }
}

/** Names of networks as a whole, in the order in which people read them. */
export const readingOrder: readonly string[] = [...new Set(wholeTables.flatMap((table) => Object.keys(table)))]

interface Searched {
  readonly network: NetworkDefinition
  readonly space: SearchSpace
}

/** What is searched, by group, in the order in which people read groups; `other`: what no network has, of an imported log. */
export const searchedGroups = ({ network, space }: Searched): NamedGroup[] => inGroups(network, Object.keys(space))

interface NamedGroup {
  readonly group: string
  readonly parameters: string[]
}

/** Names of hyperparameters by group, as `searchedGroups`. */
export const inGroups = (network: NetworkDefinition, names: readonly string[]): NamedGroup[] => {
  const table = hyperparametersOf(network)
  const groupOf = (name: string): string => (lookUp(table, name) ?? hyperparameterNamed(name))?.group ?? 'other'
  return [...hyperparameterGroups, 'other'].flatMap((group) => {
    const parameters = names.filter((name) => groupOf(name) === group)
    return parameters.length === 0 ? [] : [{ group, parameters }]
  })
}
