import { describe, expect, it } from 'vitest'
import { networkRanges, rispOf } from '../../../src-core/neuroprocessor/processor.ts'
import { whyImpossible } from '../../../src-core/space/impossibility.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { definitionToYaml } from '../../../src-core/study/definitionToYaml.ts'
import { impossibilitiesIn } from '../../../src-core/study/impossibilitiesIn.ts'
import { startingNetworks } from '../../../src-core/study/startingNetworks.ts'
import { neuroprocessorParts } from '../../../src-core/study/studyKinds.ts'
import { createNetworkFile, exportNetwork } from '../../../src-core/tennlab/exportNetwork.ts'
import type { TennlabNetworkFile } from '../../../src-core/tennlab/networkFile.ts'
import { classifyCase } from '../../oracles/neuroprocessor/goldenNetworks.ts'
import { problemsOf } from './definitionTexts.ts'

const { network, settings } = classifyCase('Iris')
/** Of eight inputs, three outputs. */
const iris = exportNetwork(network, createNetworkFile(networkRanges(settings), undefined))
const wide = exportNetwork(network, createNetworkFile(networkRanges(rispOf(15, 'signed')), undefined))

interface Changes {
  readonly networks?: readonly unknown[]
  readonly [section: string]: unknown
}
const textOf = ({ networks = [iris], ...rest }: Changes = {}): string =>
  JSON.stringify({
    version: 2,
    name: 'begun',
    dataset: { name: 'iris' },
    network: { type: 'neuroprocessor' },
    training: { algorithm: 'eons', networks },
    ...rest,
  })
const changed = (change: (file: TennlabNetworkFile) => unknown, of = iris): TennlabNetworkFile => {
  const file = structuredClone(of)
  change(file)
  return file
}

describe('networks that evolution begins with', () => {
  it('are read as they are, and stored as they were', () => {
    const definition = decodeDefinition(textOf(), 'a.yaml')
    const { training } = neuroprocessorParts(definition)
    expect(startingNetworks(training)).toEqual([network])
    expect(startingNetworks(training)).toBe(startingNetworks(training))
    expect(decodeDefinition(definitionToYaml(definition), 'b.yaml')).toEqual(definition)
  })

  it.each<[string, readonly unknown[], string]>([
    [
      'a cycle of delay 0',
      [
        changed(({ Edges, Properties }) => {
          for (const property of Properties.edge_properties) property.min_value = -7
          Edges.push({ from: 20, to: 20, values: [1, 0] })
        }),
      ],
      'training.networks[0].Edges',
    ],
    [
      'an unknown property',
      [
        changed(({ Properties }) =>
          Properties.node_properties.push({
            name: 'Refractory',
            type: 73,
            index: 1,
            size: 1,
            min_value: 0,
            max_value: 1,
          }),
        ),
      ],
      'training.networks[0].Properties.node_properties[1]: found what cannot be: the property Refractory is unknown',
    ],
    [
      'a value out of range',
      [iris, changed(({ Nodes }) => Nodes[2]?.values.splice(0, 1, 99))],
      'training.networks[1].Nodes[2].values[0]: found what cannot be: 99 is not from',
    ],
    ['no network', [{}], 'training.networks[0].Nodes: '],
    ['seventeen', Array.from({ length: 17 }, () => iris), 'training.networks: '],
    [
      'other numbers of inputs',
      [iris, changed(({ Inputs }) => Inputs.reverse())],
      'training.networks[1].Inputs: found [7, 6, 5, 4, 3, 2, 1, 0], allowed those of training.networks[0]: [0, 1, 2, 3, 4, 5, 6, 7]',
    ],
  ])('are refused with their place: %s', (_, networks, message) => {
    expect(problemsOf(textOf({ networks })).join('\n')).toContain(message)
  })

  it.each<[string, Changes, string]>([
    [
      'inputs',
      { dataset: { name: 'wine' } },
      'training.networks[0].Inputs: found no network that can be, allowed others: of the first, training.networks[0] has 8 inputs, but the 13 values of wine are 26, with 2 neuronsPerInput',
    ],
    [
      'inputs of a task',
      { dataset: { name: 'cart-pole', level: 'hard' } },
      'training.networks[0] has 8 inputs, but the 2 values of cart-pole are 4, with 2 neuronsPerInput',
    ],
    [
      'outputs',
      { fixed: { outputDecoder: 'rate' } },
      'training.networks[0].Outputs: found no network that can be, allowed others: of the first, training.networks[0] has 3 outputs, but the outputDecoder rate reads 1 for the 3 answers of iris',
    ],
    [
      'weights',
      { networks: [changed(({ Edges }) => Edges[0]?.values.splice(0, 1, 12), wide)] },
      'training.networks[0]: found no network that can be, allowed others: of the first, training.networks[0]: the synapse from',
    ],
    ['delays', { fixed: { maxDelaySteps: 1 } }, 'is no delay here: this processor has'],
    [
      'more than the population',
      { networks: [iris, iris], fixed: { populationSize: 1, elites: 1 } },
      'training.networks: found no network that can be, allowed others: of the first, training.networks has 2 networks, more than the populationSize of 1',
    ],
    [
      'inputs, whatever is searched',
      { space: { neuronsPerInput: { type: 'integer', low: 4, high: 6 } }, budget: { trials: 3 } },
      'space.neuronsPerInput',
    ],
  ])('are refused where they do not fit the rest: %s', (_, changes, message) => {
    const problems = problemsOf(textOf(changes))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(message)
  })

  it('make some configurations of a search impossible, said before a trial starts', () => {
    const definition = decodeDefinition(
      textOf({
        space: {
          neuronsPerInput: { type: 'integer', low: 2, high: 4 },
          resolution: { type: 'integer', low: 1, high: 127 },
        },
        budget: { trials: 3 },
      }),
      'a.yaml',
    )
    const why = (neuronsPerInput: number, resolution: number) =>
      whyImpossible(impossibilitiesIn(definition), { neuronsPerInput, resolution })
    expect(why(2, 7)).toBeUndefined()
    expect(why(4, 7)).toContain('has 8 inputs, but the 4 values of iris are 16')
    expect(why(2, 1)).toContain('this processor has whole numbers from')
  })

  it('may be of any size where only the files of a dataset say what fits', () => {
    const definition = decodeDefinition(textOf({ dataset: { name: 'csv', file: 'a.csv' } }), 'a.yaml')
    expect(whyImpossible(impossibilitiesIn(definition), {})).toBeUndefined()
  })
})
