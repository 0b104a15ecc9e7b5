import type { NeuroNetwork } from '../neuroprocessor/network.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import {
  edgeProperties,
  MalformedTennlabNetwork,
  networkFileSchema,
  nodeProperties,
  readValues,
  requireKnown,
  type TennlabNetworkFile,
} from './networkFile.ts'

interface ImportedNetwork {
  readonly network: NeuroNetwork
  /** All of the file, to write it again. */
  readonly file: TennlabNetworkFile
}

/**
 * A network of TENNLab's JSON.
 * @throws {MalformedTennlabNetwork} which names the place
 */
export const importNetwork = (text: string): ImportedNetwork => {
  const file = parse(text)
  return { network: networkOf(file), file }
}

/** The network of a file that has its form. @throws {MalformedTennlabNetwork} which names the place */
export const networkOf = (file: DeepReadonly<TennlabNetworkFile>): NeuroNetwork => {
  const { node_properties, edge_properties, network_properties } = file.Properties
  requireKnown('Properties.node_properties', node_properties, nodeProperties, ['Threshold'])
  requireKnown('Properties.edge_properties', edge_properties, edgeProperties, ['Weight', 'Delay'])
  requireKnown('Properties.network_properties', network_properties ?? [], {}, [])
  // -1 is no leak for Caspian, 0 for RISP.
  const withoutLeak = file.Associated_Data?.other?.proc_name === 'caspian' ? -1 : 0
  const neurons = file.Nodes.map(({ id, values }, place) => {
    const read = readValues(`Nodes[${place}]`, values, node_properties, nodeProperties)
    return { id, threshold: read.threshold ?? 0, leak: read.leak ?? withoutLeak, axonalDelay: read.axonalDelay ?? 0 }
  }).sort((one, other) => one.id - other.id)
  const synapses = file.Edges.map(({ from, to, values }, place) => {
    const read = readValues(`Edges[${place}]`, values, edge_properties, edgeProperties)
    const delay = read.delay ?? 0
    if (delay < 0) throw new MalformedTennlabNetwork(`Edges[${place}]`, `a delay of ${delay} would act on the past`)
    return { from, to, weight: read.weight ?? 0, delay }
  })
  requireGraph(file)
  const network = { neurons, inputs: file.Inputs, outputs: file.Outputs, synapses }
  requireTime(network)
  return network
}

const parse = (text: string): TennlabNetworkFile => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new MalformedTennlabNetwork(
      'The file',
      `is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  const { data, error } = networkFileSchema.safeParse(json)
  if (data !== undefined) return data
  const [first] = error.issues
  const place = (first?.path ?? [])
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
  throw new MalformedTennlabNetwork(place.replace(/^\./, '') || 'The file', first?.message ?? 'is no network')
}

const requireGraph = ({ Nodes, Edges, Inputs, Outputs }: DeepReadonly<TennlabNetworkFile>): void => {
  const ids = new Set<number>()
  for (const [place, { id }] of Nodes.entries()) {
    if (ids.has(id)) throw new MalformedTennlabNetwork(`Nodes[${place}]`, `there are two nodes ${id}`)
    ids.add(id)
  }
  const pairs = new Set<string>()
  for (const [place, { from, to }] of Edges.entries()) {
    const missing = [from, to].find((id) => !ids.has(id))
    if (missing !== undefined) throw new MalformedTennlabNetwork(`Edges[${place}]`, `there is no node ${missing}`)
    const pair = `${from} to ${to}`
    if (pairs.has(pair)) throw new MalformedTennlabNetwork(`Edges[${place}]`, `there are two edges from ${pair}`)
    pairs.add(pair)
  }
  for (const [name, list] of Object.entries({ Inputs, Outputs })) {
    for (const [place, id] of list.entries()) {
      if (!ids.has(id)) throw new MalformedTennlabNetwork(`${name}[${place}]`, `there is no node ${id}`)
      if (list.indexOf(id) < place) throw new MalformedTennlabNetwork(`${name}[${place}]`, `${id} stands there twice`)
    }
  }
}

/** Refuses cycles without any delay, whose spikes would go round without end in one step (Kahn 1962). */
const requireTime = ({ neurons, synapses }: NeuroNetwork): void => {
  const waiting = new Map(
    neurons.map(({ id, axonalDelay }) => [id, { axonalDelay, arrivals: 0, targets: [] as number[] }]),
  )
  for (const { from, to, delay } of synapses) {
    const source = waiting.get(from)
    const target = waiting.get(to)
    if (source === undefined || target === undefined || delay + source.axonalDelay > 0) continue
    source.targets.push(to)
    target.arrivals++
  }
  const free = [...waiting].filter(([, { arrivals }]) => arrivals === 0).map(([id]) => id)
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    const targets = waiting.get(id)?.targets ?? []
    waiting.delete(id)
    for (const to of targets) {
      const target = waiting.get(to)
      if (target !== undefined && --target.arrivals === 0) free.push(to)
    }
  }
  if (waiting.size === 0) return
  const ids = [...waiting.keys()].slice(0, 5).join(', ')
  throw new MalformedTennlabNetwork(
    'Edges',
    `a cycle of delay 0 leads through or to the nodes ${ids}; give it a delay of 1`,
  )
}
