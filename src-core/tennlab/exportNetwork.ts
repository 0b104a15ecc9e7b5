import type { NetworkRanges, ValueRange } from '../evolution/ranges.ts'
import type { NeuroNetwork } from '../neuroprocessor/network.ts'
import {
  edgeProperties,
  MalformedTennlabNetwork,
  nodeProperties,
  type Property,
  readValues,
  type TennlabNetworkFile,
} from './networkFile.ts'

/** An empty file for networks of these ranges, with what belongs to them: settings of processor, encoders, evolution. */
export const createNetworkFile = (
  ranges: NetworkRanges,
  associatedData: TennlabNetworkFile['Associated_Data'],
): TennlabNetworkFile => {
  const properties = (named: readonly (readonly [string, ValueRange])[]): Property[] =>
    named.map(([name, { low, high, integer }], index) => ({
      name,
      type: !integer ? 68 : name === 'Leak' && low === 0 && high === 1 ? 66 : 73,
      index,
      size: 1,
      min_value: low,
      max_value: high,
    }))
  const some = (name: string, range: ValueRange) => (range.low < range.high ? [[name, range] as const] : [])
  return {
    Nodes: [],
    Edges: [],
    Inputs: [],
    Outputs: [],
    Network_Values: [],
    Properties: {
      node_properties: properties([
        ['Threshold', ranges.threshold],
        ...some('Leak', ranges.leak),
        ...some('Delay', ranges.axonalDelay),
      ]),
      edge_properties: properties([
        ['Weight', ranges.weight],
        ['Delay', ranges.delay],
      ]),
      network_properties: [],
    },
    ...(associatedData && { Associated_Data: associatedData }),
  }
}

/**
 * TENNLab's JSON of a network, on a file that says its properties: nodes and edges that were in it keep their place, name and
 * whatever else they have.
 * @throws {MalformedTennlabNetwork} when a value is not within the properties
 */
export const exportNetwork = (network: NeuroNetwork, file: TennlabNetworkFile): TennlabNetworkFile => {
  const ofNodes = { properties: file.Properties.node_properties, names: nodeProperties }
  const ofEdges = { properties: file.Properties.edge_properties, names: edgeProperties }
  const nodes = update(
    file.Nodes,
    network.neurons,
    ({ id }: { readonly id: number }) => String(id),
    (found, neuron, place) => ({
      ...found,
      id: neuron.id,
      values: write(`Nodes[${place}]`, found?.values, neuron, ofNodes),
    }),
  )
  const edges = update(
    file.Edges,
    network.synapses,
    ({ from, to }: { readonly from: number; readonly to: number }) => `${from} ${to}`,
    (found, synapse, place) => ({
      ...found,
      from: synapse.from,
      to: synapse.to,
      values: write(`Edges[${place}]`, found?.values, synapse, ofEdges),
    }),
  )
  return { ...file, Nodes: nodes, Edges: edges, Inputs: [...network.inputs], Outputs: [...network.outputs] }
}

/** In the order of the file, then what is new. */
const update = <Entry extends Key, Part extends Key, Key>(
  entries: readonly Entry[],
  parts: readonly Part[],
  keyOf: (one: Key) => string,
  make: (found: Entry | undefined, part: Part, place: number) => Entry,
): Entry[] => {
  const left = new Map(parts.map((part) => [keyOf(part), part]))
  const made: Entry[] = []
  for (const entry of entries) {
    const part = left.get(keyOf(entry))
    left.delete(keyOf(entry))
    if (part !== undefined) made.push(make(entry, part, made.length))
  }
  for (const part of left.values()) made.push(make(undefined, part, made.length))
  return made
}

const write = <Name extends string>(
  place: string,
  before: readonly (number | boolean)[] | undefined,
  from: Readonly<Record<Name, number>>,
  { properties, names }: { readonly properties: readonly Property[]; readonly names: Readonly<Record<string, Name>> },
): (number | boolean)[] => {
  const values: (number | boolean)[] = [...(before ?? new Array<number>(properties.length).fill(0))]
  for (const { name, index } of properties) {
    const ours = names[name]
    if (ours === undefined) throw new MalformedTennlabNetwork(place, `the property ${name} is unknown`)
    values[index] = typeof before?.[index] === 'boolean' ? from[ours] !== 0 : from[ours]
  }
  readValues(place, values, properties, names)
  return values
}

/** The text of a file: what belongs together on a line of its own. */
export const networkFileText = (file: TennlabNetworkFile): string => {
  const linesOf = (value: unknown, indent: string): string => {
    const text = JSON.stringify(value)
    if (typeof value !== 'object' || value === null || text.length + indent.length <= 120) return text
    const inner = `${indent}  `
    if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return text
    const lines = Array.isArray(value)
      ? value.map((item) => linesOf(item, inner))
      : Object.entries(value)
          .filter(([, item]) => item !== undefined)
          .map(([name, item]) => `${JSON.stringify(name)}: ${linesOf(item, inner)}`)
    const [open, close] = Array.isArray(value) ? '[]' : '{}'
    return `${open}\n${inner}${lines.join(`,\n${inner}`)}\n${indent}${close}`
  }
  return `${linesOf(file, '')}\n`
}
