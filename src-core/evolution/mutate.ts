import type { NeuroNetwork } from '../neuroprocessor/network.ts'
import type { RandomGenerator } from '../random/generator.ts'
import { NetworkDraft, pick, pickWeighted } from './draft.ts'
import type { EvolutionParameters } from './parameters.ts'
import { drawNeuron, drawOther, drawSynapse, type NetworkRanges, type ValueRange } from './ranges.ts'

type Mutation = (draft: NetworkDraft, generator: RandomGenerator) => void
type Weighed<Item> = readonly (readonly [Item, number])[]

/** The weight of what can be done at all. */
const where = (possible: boolean, weight: number): number => (possible ? weight : 0)
const evolves = ({ low, high }: ValueRange): boolean => low < high

/**
 * A network with one mutation, drawn by its weight among those that this network can have; the same network where there is
 * none. Inputs and outputs stay.
 */
export const mutate = (
  network: NeuroNetwork,
  parameters: EvolutionParameters,
  ranges: NetworkRanges,
  generator: RandomGenerator,
): NeuroNetwork => {
  const draft = new NetworkDraft(network)
  pickWeighted(mutationsOf(draft, parameters, ranges), generator)?.(draft, generator)
  return draft.finish()
}

const mutationsOf = (
  draft: NetworkDraft,
  parameters: EvolutionParameters,
  ranges: NetworkRanges,
): Weighed<Mutation> => {
  const connected = draft.size > 0
  const neuronValues = valuesOf(
    ranges,
    { threshold: 'changeThreshold', leak: 'changeLeak', axonalDelay: 'changeAxonalDelay' },
    parameters,
  )
  const synapseValues = valuesOf(ranges, { weight: 'changeWeight', delay: 'changeDelay' }, parameters)
  return [
    [(at, generator) => addNeuron(at, ranges, generator), parameters.addNeuron],
    [deleteNeuron, where(draft.hidden.length > 0, parameters.deleteNeuron)],
    [
      (at, generator) => addSynapse(at, ranges, generator),
      where(draft.size < draft.neurons.size ** 2, parameters.addSynapse),
    ],
    [deleteSynapse, where(connected, parameters.deleteSynapse)],
    [
      (at, generator) => {
        const neuron = pick([...at.neurons.values()], generator)
        const name = pickWeighted(neuronValues, generator)
        if (name === null) return
        at.neurons.set(neuron.id, { ...neuron, [name]: drawOther(ranges[name], neuron[name], generator) })
      },
      where(neuronValues.length > 0, parameters.changeNeuron),
    ],
    [
      (at, generator) => {
        const synapse = pick(at.synapses, generator)
        const name = pickWeighted(synapseValues, generator)
        if (name === null) return
        at.put({ ...synapse, [name]: drawOther(ranges[name], synapse[name], generator) })
      },
      where(connected && synapseValues.length > 0, parameters.changeSynapse),
    ],
  ]
}

/** Values that there is something to change of, with the weights of their changes. */
const valuesOf = <Name extends keyof NetworkRanges>(
  ranges: NetworkRanges,
  weights: Readonly<Record<Name, ChangeWeight>>,
  parameters: EvolutionParameters,
): Weighed<Name> => {
  const names = Object.keys(weights) as Name[]
  return names
    .filter((name) => evolves(ranges[name]) && parameters[weights[name]] > 0)
    .map((name) => [name, parameters[weights[name]]])
}
type ChangeWeight = 'changeThreshold' | 'changeLeak' | 'changeAxonalDelay' | 'changeWeight' | 'changeDelay'

/** A neuron that nothing reaches could do nothing: it comes with a synapse in and one out. */
const addNeuron = (draft: NetworkDraft, ranges: NetworkRanges, generator: RandomGenerator): void => {
  const others = [...draft.neurons.keys()]
  const id = draft.freeId
  draft.neurons.set(id, drawNeuron(id, ranges, generator))
  draft.put(drawSynapse(pick(others, generator), id, ranges, generator))
  draft.put(drawSynapse(id, pick(others, generator), ranges, generator))
}

const deleteNeuron = (draft: NetworkDraft, generator: RandomGenerator): void => {
  draft.removeNeuron(pick(draft.hidden, generator).id)
}

const addSynapse = (draft: NetworkDraft, ranges: NetworkRanges, generator: RandomGenerator): void => {
  const pair = draft.freePair(generator)
  if (pair !== null) draft.put(drawSynapse(...pair, ranges, generator))
}

const deleteSynapse = (draft: NetworkDraft, generator: RandomGenerator): void => {
  const { from, to } = pick(draft.synapses, generator)
  draft.removeSynapse(from, to)
}
