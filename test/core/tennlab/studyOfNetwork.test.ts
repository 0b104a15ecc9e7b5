import { describe, expect, it } from 'vitest'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { processorRanges } from '../../../src-core/neuroprocessor/networkProblem.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import type { Configuration } from '../../../src-core/space/parameter.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { neuroprocessorValues } from '../../../src-core/study/neuroprocessorValues.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'
import { startingNetworks } from '../../../src-core/study/startingNetworks.ts'
import { neuroprocessorParts } from '../../../src-core/study/studyKinds.ts'
import { associatedDataOf } from '../../../src-core/tennlab/associatedData.ts'
import { createNetworkFile, exportNetwork, networkFileText } from '../../../src-core/tennlab/exportNetwork.ts'
import { studyOfNetwork, triedOn } from '../../../src-core/tennlab/studyOfNetwork.ts'
import { property, published } from './publishedNetwork.ts'

const networkOf = (inputs: number, outputs: number, leak = 0): NeuroNetwork => ({
  neurons: Array.from({ length: inputs + outputs }, (_, id) => ({ id, threshold: 1, leak, axonalDelay: 0 })),
  inputs: Array.from({ length: inputs }, (_, id) => id),
  outputs: Array.from({ length: outputs }, (_, id) => inputs + id),
  synapses: [{ from: 0, to: inputs, weight: 1, delay: 2 }],
})

/** What an export of a trial of these hyperparameters has. */
const exported = (dataset: object, fixed: Configuration, network: NeuroNetwork): string => {
  const definition = decodeDefinition(
    JSON.stringify({
      version: 2,
      name: 'there',
      dataset,
      network: { type: 'neuroprocessor' },
      training: { algorithm: 'eons' },
      fixed,
      seeds: { split: 9 },
    }),
    'a.json',
  )
  const hyperparameters = resolveHyperparameters(definition, {})
  const { processor } = neuroprocessorValues(hyperparameters, neuroprocessorParts(definition).training)
  const data = associatedDataOf({
    ...{ definition, hyperparameters, seed: 7, ranges: null },
    outputs: network.outputs.length,
  })
  return networkFileText(exportNetwork(network, createNetworkFile(processorRanges(processor), data)))
}

describe('a network in TENNLab’s form as a study', () => {
  it.each<[string, object, Configuration, NeuroNetwork]>([
    [
      'RISP',
      { name: 'iris', trainFraction: 0.7 },
      { maxSpikes: 5, resolution: 15, minPotential: 0.4 },
      networkOf(8, 3),
    ],
    [
      'RISP that leaks',
      { name: 'wine' },
      { code: 'triangle', neuronsPerInput: 3, leakMode: 'configurable', thresholds: 'exclusive', maxDelaySteps: 3 },
      networkOf(39, 3, 1),
    ],
    [
      'positive RISP',
      { name: 'breast-cancer', testSamples: 50 },
      { processor: 'risp-positive', code: 'argyle', within: 'charge', outputDecoder: 'rate' },
      networkOf(60, 1),
    ],
    [
      'floating RISP',
      { name: 'cart-pole', level: 'hard', episodes: 7 },
      { processor: 'risp-floating', within: 'rate', outputDecoder: 'first', intervalSteps: 1, leakMode: 'all' },
      networkOf(4, 3),
    ],
    [
      'Caspian',
      { name: 'mountain-car', maximumSteps: 150 },
      { processor: 'caspian', code: 'bins', neuronsPerInput: 4, within: 'temporal', runSteps: 77 },
      networkOf(8, 3, 4),
    ],
  ])('is the trial that was exported: %s', (_, dataset, fixed, network) => {
    const { definition, notes } = studyOfNetwork(exported(dataset, fixed, network), 'my best.tennlab.json', null)
    expect(notes).toEqual([])
    expect(definition).toMatchObject({
      name: 'my-best',
      dataset,
      space: {},
      budget: { trials: 1 },
      seeds: { split: 9 },
    })
    const parts = neuroprocessorParts(definition)
    expect(startingNetworks(parts.training)).toEqual([network])
    const values = (hyperparameters: Configuration) => {
      const { encoding, outputDecoder, processor } = neuroprocessorValues(hyperparameters, parts.training)
      return { encoding, outputDecoder, processor }
    }
    expect(values(resolveHyperparameters(definition, {}))).toEqual(
      values(resolveHyperparameters({ ...definition, fixed }, {})),
    )
    expect(definition.fixed).toMatchObject({ generations: 1, populationSize: 1 })
  })

  it('is read as others write it, and says what was not taken over', () => {
    const { definition, notes } = studyOfNetwork(JSON.stringify(published()), 'pole.json', null)
    expect(definition).toMatchObject({
      dataset: { name: 'cart-pole' },
      fixed: {
        ...{ processor: 'risp', resolution: 7, minPotential: 1, maxDelaySteps: 15, leakMode: 'none' },
        ...{ code: 'flip-flop', neuronsPerInput: 2, maxSpikes: 8, intervalSteps: 3, runSteps: 24 },
        ...{ within: 'count', outputDecoder: 'winner', thresholds: 'inclusive' },
      },
    })
    expect(notes).toEqual([expect.stringContaining('not over dmin and dmax of the file')])
    expect(JSON.stringify(definition.training)).not.toContain('any')
  })

  it('says all that it assumed where a file has nothing beside the network', () => {
    const { Associated_Data: _, ...bare } = published()
    const { definition, notes } = studyOfNetwork(JSON.stringify(bare), 'bare.json', 'cart-pole-medium-none'.slice(0, 9))
    expect(definition.fixed).toMatchObject({ processor: 'risp', resolution: 7, neuronsPerInput: 2, code: 'flip-flop' })
    expect(notes.join('\n')).toMatch(
      /risp is assumed[^]*-7 is assumed[^]*40 are assumed[^]*flip-flop of 2 neurons[^]*assumed: winner/,
    )
  })

  it('asks what it is tried on where the file does not say it', () => {
    const { Associated_Data: data, ...bare } = published()
    const strange = { ...bare, Associated_Data: { ...data, other: { ...data.other, app_name: 'asteroids' } } }
    for (const [file, said, why] of [
      [bare, null, 'does not say what it is tried on'],
      [strange, null, 'is for asteroids, which is not known here'],
      [strange, 'irises', 'irises is nothing that pole.json can be tried on'],
    ] as const) {
      const call = () => studyOfNetwork(JSON.stringify(file), 'pole.json', said)
      expect(call).toThrow(why)
      expect(call).toThrow(triedOn.join(', '))
    }
    expect(studyOfNetwork(JSON.stringify(strange), 'a.json', 'cart-pole').definition.dataset.name).toBe('cart-pole')
    const own = studyOfNetwork(JSON.stringify(strange), 'a.json', '/data/own.csv').definition
    expect(own.dataset).toMatchObject({ name: 'csv', file: '/data/own.csv' })
  })

  type File = ReturnType<typeof published>
  it.each<[string, (file: File) => unknown, string | null, string]>([
    [
      'a cycle of delay 0',
      (file) => {
        for (const one of file.Properties.edge_properties) one.min_value = -7
        file.Edges.push({ from: 9, to: 9, values: [1, 0] })
      },
      null,
      'Edges: a cycle of delay 0 leads through or to the nodes 9; give it a delay of 1',
    ],
    [
      'an unknown property',
      (file) => file.Properties.node_properties.push(property('Refractory', 1, 0, 9)),
      null,
      'the property Refractory is unknown',
    ],
    [
      'a value out of range',
      (file) => file.Edges[0]?.values.splice(0, 1, 8),
      null,
      'Edges[0].values[0] (Weight): 8 is not from -7 to 7',
    ],
    [
      'other inputs than the dataset has',
      () => undefined,
      'wine',
      'training.networks[0] has 8 inputs, but the 13 values of wine are 26, with 2 neuronsPerInput',
    ],
    [
      'other outputs',
      () => undefined,
      'iris',
      'has 2 outputs, but the outputDecoder winner reads 3 for the 3 answers of iris',
    ],
    [
      'inputs that nothing shares out',
      ({ Associated_Data: data }) => Reflect.deleteProperty(data, 'encoder_array'),
      'wine',
      'Inputs: are 8, which the 13 values of wine cannot share',
    ],
    [
      'an unknown processor',
      ({ Associated_Data: { other } }) => (other.proc_name = 'gnp'),
      null,
      'the processor gnp is unknown; known are risp and caspian',
    ],
    [
      'a processor that fires late',
      ({ Associated_Data: { proc_params: of } }) => (of['fire_like_ravens'] = true),
      null,
      'proc_params.fire_like_ravens: true cannot be had',
    ],
    [
      'a table of weights',
      ({ Associated_Data: { proc_params: of } }) => (of['weights'] = [1]),
      null,
      'proc_params.weights: a table of weights',
    ],
    [
      'other inputs spikes',
      ({ Associated_Data: { proc_params: of } }) => (of['spike_value_factor'] = 3),
      null,
      'spike_value_factor: 3 is what an input spike adds',
    ],
    [
      'several encoders',
      ({ Associated_Data: { encoder_array: array } }) =>
        Object.assign(array, { encoders: [{ spikes: {} }, { rate: {} }] }),
      null,
      'has 2 kinds of encoders',
    ],
    [
      'a weight that is too large',
      (file) => {
        for (const one of file.Properties.edge_properties) Object.assign(one, { min_value: -999, max_value: 999 })
        Object.assign(file.Associated_Data.proc_params, { min_weight: -999, max_weight: 999, spike_value_factor: 999 })
      },
      null,
      'fixed.resolution: found 999',
    ],
  ])('is refused, with what is wrong: %s', (_, damage, dataset, message) => {
    const file = published()
    damage(file)
    const call = () => studyOfNetwork(JSON.stringify(file), 'pole.json', dataset)
    expect(call).toThrow(message)
    expect(call).toThrow(SpiketuneError)
    expect(call).toThrow(/^pole\.json is no network that can be run here; nothing was imported:/)
  })

  it('is refused where it is no JSON, or none of a network, or too large for a study', () => {
    expect(() => studyOfNetwork('{', 'a.json', null)).toThrow('The file: is no JSON')
    expect(() => studyOfNetwork('{"version": 2}', 'a.json', null)).toThrow('Nodes: ')
    const large = published()
    large.Nodes = Array.from({ length: 4000 }, (_, id) => ({ id, name: '', values: [1] }))
    expect(() => studyOfNetwork(JSON.stringify(large), 'a.json', null)).toThrow('a definition of at most 20000')
  })
})
