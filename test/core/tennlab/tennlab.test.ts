import { describe, expect, it } from 'vitest'
import { firstGeneration } from '../../../src-core/evolution/nextGeneration.ts'
import { evolutionSchema } from '../../../src-core/evolution/parameters.ts'
import type { NetworkRanges } from '../../../src-core/evolution/ranges.ts'
import { createTemplate } from '../../../src-core/evolution/template.ts'
import { createNetworkFile, exportNetwork } from '../../../src-core/tennlab/exportNetwork.ts'
import { importNetwork } from '../../../src-core/tennlab/importNetwork.ts'

const property = (name: string, index: number, min_value: number, max_value: number, type = 73) => ({
  name,
  type,
  index,
  size: 1,
  min_value,
  max_value,
})

/** As TENNLab's tools write one: unsorted, with names, gaps between ids, and values in another order than ours. */
const file = () => ({
  Properties: {
    node_properties: [property('Leak', 1, 0, 1, 66), property('Threshold', 0, 0, 1, 68)],
    edge_properties: [property('Delay', 1, 0, 15), property('Weight', 0, -1, 1, 68)],
    network_properties: [],
  },
  Nodes: [
    { id: 7, name: 'A&B', coords: [1, 2], values: [0.25, true] },
    { id: 0, name: 'A', values: [1, false] },
    { id: 3, values: [0.5, 0] },
  ],
  Edges: [
    { from: 3, to: 7, values: [-0.5, 1] },
    { from: 0, to: 7, values: [0.5, 0] },
    { from: 7, to: 7, values: [1, 15] },
  ],
  Inputs: [3, 0],
  Outputs: [7],
  Network_Values: [],
  Associated_Data: {
    other: { proc_name: 'risp', app_name: 'xor', sim_time: 50, timeseries: false },
    proc_params: { discrete: false, max_delay: 15 },
    encoder_array: { encoders: [{ spikes: { flip_flop: 2, max_spikes: 8, min: 0, max: 0.5 } }] },
  },
  written_by: 'somebody',
})

describe('TENNLab networks', () => {
  it('are read by the names of their properties', () => {
    expect(importNetwork(JSON.stringify(file())).network).toEqual({
      neurons: [
        { id: 0, threshold: 1, leak: 0, axonalDelay: 0 },
        { id: 3, threshold: 0.5, leak: 0, axonalDelay: 0 },
        { id: 7, threshold: 0.25, leak: 1, axonalDelay: 0 },
      ],
      inputs: [3, 0],
      outputs: [7],
      synapses: [
        { from: 3, to: 7, weight: -0.5, delay: 1 },
        { from: 0, to: 7, weight: 0.5, delay: 0 },
        { from: 7, to: 7, weight: 1, delay: 15 },
      ],
    })
  })

  it('are written as they were read, with all that is not ours', () => {
    const read = importNetwork(JSON.stringify(file()))
    expect(exportNetwork(read.network, read.file)).toEqual(file())
  })

  it('keep what they can when they have changed', () => {
    const { network, file: read } = importNetwork(JSON.stringify(file()))
    const synapses = [...network.synapses.slice(1), { from: 0, to: 3, weight: 0.125, delay: 2 }]
    const written = exportNetwork({ ...network, synapses }, read)
    expect(written.Edges).toEqual([...file().Edges.slice(1), { from: 0, to: 3, values: [0.125, 2] }])
    expect(written.Nodes).toEqual(file().Nodes)
    const wrong = [{ from: 0, to: 3, weight: 2, delay: 2 }]
    expect(() => exportNetwork({ ...network, synapses: wrong }, read)).toThrow('Edges[0].values[0] (Weight): 2 is not')
  })

  it.each([
    ['RISP', 1, 0, 0],
    ['Caspian', 4, -1, 3],
  ])('of evolution come back as they were: %s', (_, highestLeak, lowestLeak, axonalDelay) => {
    const whole = (low: number, high: number) => ({ low, high, integer: true })
    const ranges: NetworkRanges = {
      threshold: whole(0, 7),
      leak: whole(lowestLeak, highestLeak),
      axonalDelay: whole(0, axonalDelay),
      weight: whole(-7, 7),
      delay: whole(1, 15),
    }
    const parameters = evolutionSchema.parse({ populationSize: 5 })
    const data = { other: { proc_name: 'any' }, eons_params: { num_best: 4 } }
    for (const network of firstGeneration({ template: createTemplate(4, 3), ranges, parameters, seed: 1 })) {
      const text = JSON.stringify(exportNetwork(network, createNetworkFile(ranges, data)))
      const read = importNetwork(text)
      expect(read.network).toEqual(network)
      expect(read.file.Associated_Data).toEqual(data)
    }
  })

  const at = <Item>(items: readonly Item[], place: number): Item => {
    const item = items[place]
    if (item === undefined) throw new RangeError(`there is no item ${place}`)
    return item
  }
  type File = ReturnType<typeof file>
  it.each<[string, (one: File) => unknown, string]>([
    [
      'a value out of range',
      (one) => (at(one.Edges, 1).values[0] = 9),
      'Edges[1].values[0] (Weight): 9 is not from -1 to 1',
    ],
    [
      'a delay that is no integer',
      (one) => (at(one.Edges, 1).values[1] = 0.5),
      'Edges[1].values[1] (Delay): 0.5 is no integer',
    ],
    ['a value too few', (one) => at(one.Nodes, 0).values.pop(), 'Nodes[0].values[1] (Leak): is missing'],
    ['a value too many', (one) => at(one.Nodes, 0).values.push(1), 'Nodes[0]: has 3 values for 2 properties'],
    ['a duplicate edge', (one) => one.Edges.push(at(one.Edges, 0)), 'Edges[3]: there are two edges from 3 to 7'],
    ['a duplicate node', (one) => one.Nodes.push(at(one.Nodes, 0)), 'Nodes[3]: there are two nodes 7'],
    ['an edge to nowhere', (one) => (at(one.Edges, 0).to = 8), 'Edges[0]: there is no node 8'],
    ['an input that is not there', (one) => (one.Inputs[1] = 5), 'Inputs[1]: there is no node 5'],
    ['an input twice', (one) => (one.Inputs[1] = 3), 'Inputs[1]: 3 stands there twice'],
    ['no inputs', (one) => (one.Inputs = []), 'Inputs: '],
    ['no outputs', (one) => Reflect.deleteProperty(one, 'Outputs'), 'Outputs: '],
    [
      'an unknown property',
      (one) => one.Properties.node_properties.push(property('Refractory', 2, 0, 9)),
      'Properties.node_properties[2]: the property Refractory is unknown; known are Threshold, Leak, Delay',
    ],
    [
      'a property that is missing',
      (one) => one.Properties.edge_properties.pop(),
      'Properties.edge_properties: the property Weight is missing',
    ],
    [
      'two properties of an index',
      (one) => (at(one.Properties.edge_properties, 0).index = 0),
      'Properties.edge_properties[1]: the index 0 has two properties',
    ],
    [
      'a cycle of delay 0',
      (one) => one.Edges.push({ from: 7, to: 0, values: [1, 0] }),
      'Edges: a cycle of delay 0 leads through or to the nodes 0, 7',
    ],
    [
      'a loop of delay 0',
      (one) => (at(one.Edges, 2).values[1] = 0),
      'Edges: a cycle of delay 0 leads through or to the nodes 7',
    ],
    ['an id that is none', (one) => (at(one.Nodes, 1).id = -1), 'Nodes[1].id: '],
  ])('are refused with the place: %s', (_, damage, message) => {
    const damaged = file()
    damage(damaged)
    expect(() => importNetwork(JSON.stringify(damaged))).toThrow(message)
  })

  it('are refused where the file is no JSON, or none of a network', () => {
    expect(() => importNetwork('{')).toThrow('The file: is no JSON')
    expect(() => importNetwork('[]')).toThrow('The file: ')
  })
})
