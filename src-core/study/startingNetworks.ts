/** The networks that a study has evolution begin with, and what they need of the rest of it. */
import { controlTaskOf } from '../control/controlDataset.ts'
import { knownDataset } from '../datasets/catalogue.ts'
import { outputsFor } from '../neuroprocessor/decoders.ts'
import type { NeuroNetwork } from '../neuroprocessor/network.ts'
import { networkProblem } from '../neuroprocessor/networkProblem.ts'
import type { Impossibility } from '../space/impossibility.ts'
import type { Configuration } from '../space/parameter.ts'
import { networkOf } from '../tennlab/importNetwork.ts'
import { MalformedTennlabNetwork, networkFileSchema } from '../tennlab/networkFile.ts'
import type { StudyDefinition } from './definition.ts'
import { problem, type Path, type Problem } from './definitionError.ts'
import { neuroprocessorRule, processorOfHyperparameters } from './neuroprocessorValues.ts'
import { mapAt } from './rawValues.ts'
import type { EonsTraining } from './trainingSchema.ts'

const known = new WeakMap<EonsTraining['networks'], readonly NeuroNetwork[]>()

/** @throws {MalformedTennlabNetwork} of a definition that was not checked */
export const startingNetworks = ({ networks }: EonsTraining): readonly NeuroNetwork[] => {
  const read = known.get(networks) ?? networks.map(networkOf)
  known.set(networks, read)
  return read
}

/** Values of a sample, and answers, where both are known before its files are read; null: they are not. */
export const sizeOfDataset = (
  dataset: StudyDefinition['dataset'],
): { readonly values: number; readonly answers: number } | null => {
  const studied = controlTaskOf(dataset)
  if (studied !== null) return { values: studied.task.observations.length, answers: studied.task.actions.length }
  const size = knownDataset(dataset.name)?.size
  return size === undefined ? null : { values: size.values, answers: size.classes }
}

/** What is wrong with the networks of a definition as it stands in a file, one by one and beside each other. */
export const checkStartingNetworks = (value: unknown): readonly Problem[] => {
  const { algorithm, networks } = mapAt(value, 'training')
  if (algorithm !== 'eons' || !Array.isArray(networks)) return []
  let first: NeuroNetwork | null = null
  return networks.flatMap((one: unknown, place): readonly Problem[] => {
    // What has not even the form of one is the schema's to refuse.
    const { data } = networkFileSchema.safeParse(one)
    if (data === undefined) return []
    try {
      const network = networkOf(data)
      first ??= network
      return [...differentNumbers(first, network, place)]
    } catch (error) {
      if (!(error instanceof MalformedTennlabNetwork)) throw error
      return [
        problem(
          [...networkPath(place), ...pathOf(error.place)],
          'value',
          `what cannot be: ${error.problem}`,
          'a network in TENNLab’s form',
        ),
      ]
    }
  })
}

const networkPath = (place: number): Path => ['training', 'networks', place]

/** `Edges[1].values[0] (Weight)` as a path. */
const pathOf = (place: string): Path =>
  [...place.replace(/ \(.*$/, '').matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part))

/** Crossover takes neurons of the same number for the same neuron, so inputs and outputs have the same numbers in all. */
const differentNumbers = (first: NeuroNetwork, network: NeuroNetwork, place: number): readonly Problem[] =>
  (
    [
      ['Inputs', 'inputs'],
      ['Outputs', 'outputs'],
    ] as const
  ).flatMap(([name, key]) =>
    network[key].join() === first[key].join()
      ? []
      : [
          problem(
            [...networkPath(place), name],
            'value',
            `${listText(network[key])}`,
            `those of training.networks[0]: ${listText(first[key])}`,
          ),
        ],
  )

const listText = (ids: readonly number[]): string =>
  `[${ids.slice(0, 10).join(', ')}${ids.length > 10 ? `, … ${ids.length} in all` : ''}]`

/** Why its networks do not fit a configuration. */
export const startingImpossibilities = ({
  training,
  dataset,
}: Pick<StudyDefinition, 'training' | 'dataset'>): readonly Impossibility[] => {
  if (training.algorithm !== 'eons') return []
  const networks = startingNetworks(training)
  const [first] = networks
  if (first === undefined) return []
  return [...sizeRules(first, dataset), populationRule(networks.length), ...networks.map(processorRule)]
}

/** All have the inputs and outputs of the first. */
const sizeRules = (first: NeuroNetwork, dataset: StudyDefinition['dataset']): readonly Impossibility[] => {
  const size = sizeOfDataset(dataset)
  if (size === null) return []
  const { values, answers } = size
  return [
    {
      ...neuroprocessorRule('neuronsPerInput', ({ neuronsPerInput }) => {
        const needed = values * neuronsPerInput
        return needed === first.inputs.length
          ? undefined
          : `training.networks[0] has ${first.inputs.length} inputs, but the ${values} values of ${dataset.name} are ${needed}, ` +
              `with ${neuronsPerInput} neuronsPerInput`
      }),
      at: [...networkPath(0), 'Inputs'],
    },
    {
      ...neuroprocessorRule('outputDecoder', ({ outputDecoder }) => {
        const needed = outputsFor({ decoder: outputDecoder, answers })
        return needed === first.outputs.length
          ? undefined
          : `training.networks[0] has ${first.outputs.length} outputs, but the outputDecoder ${outputDecoder} reads ${needed} for the ` +
              `${answers} answers of ${dataset.name}`
      }),
      at: [...networkPath(0), 'Outputs'],
    },
  ]
}

const populationRule = (networks: number): Impossibility => ({
  ...neuroprocessorRule('populationSize', ({ populationSize }) =>
    networks <= populationSize
      ? undefined
      : `training.networks has ${networks} networks, more than the populationSize of ${populationSize}`,
  ),
  at: ['training', 'networks'],
})

const processorNames = ['processor', 'resolution', 'maxDelaySteps', 'leakMode'] as const

const processorRule = (network: NeuroNetwork, place: number): Impossibility => {
  // Asked for thousands of points, of few processors.
  const answers = new Map<string, string | undefined>()
  const problemOf = (configuration: Configuration): string | undefined => {
    const settings = processorOfHyperparameters(configuration)
    const found = settings === null ? undefined : networkProblem(network, settings)
    return found === undefined ? undefined : `training.networks[${place}]: ${found}`
  }
  return {
    names: processorNames,
    why: (configuration) => {
      const key = processorNames.map((name) => configuration[name]).join()
      if (!answers.has(key)) answers.set(key, problemOf(configuration))
      return answers.get(key)
    },
    at: networkPath(place),
  }
}
