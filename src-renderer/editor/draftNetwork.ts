/** The network of a draft, as far as what stands in the text says one. */
import { layersOf, type NetworkDefinition, networkSchema } from '../../src-core/study/networkSchema.ts'
import { isMap, mapAt } from '../../src-core/study/rawValues.ts'

/** Null: it cannot be read. */
const draftNetwork = (value: unknown): NetworkDefinition | null =>
  networkSchema.safeParse(mapAt(value, 'network')).data ?? null

/** The layers of the network by name: of one that cannot be read, those that have a name. */
export const draftLayers = (value: unknown): readonly string[] => {
  const network = draftNetwork(value)
  if (network !== null) return [...new Set(layersOf(network))]
  const { layers } = mapAt(value, 'network')
  const listed = Array.isArray(layers) ? (layers as readonly unknown[]) : []
  const names = listed.flatMap((layer) => (isMap(layer) && typeof layer.name === 'string' ? [layer.name] : []))
  return [...new Set(names)]
}
