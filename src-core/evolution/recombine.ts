/** Children of two parents, which have the same inputs and outputs. Neurons of the same id are taken for the same neuron. */
import type { NeuroNetwork } from '../neuroprocessor/network.ts'
import type { RandomGenerator } from '../random/generator.ts'
import { NetworkDraft, type Neuron, type Synapse } from './draft.ts'

const byId = ({ neurons }: NeuroNetwork): ReadonlyMap<number, Neuron> =>
  new Map(neurons.map((neuron) => [neuron.id, neuron]))

const idsOf = (one: NeuroNetwork, other: NeuroNetwork): readonly number[] =>
  [...new Set([...one.neurons, ...other.neurons].map(({ id }) => id))].sort((left, right) => left - right)

const assemble = (parent: NeuroNetwork, neurons: readonly Neuron[], synapses: readonly Synapse[]): NeuroNetwork => {
  const draft = new NetworkDraft({ ...parent, neurons, synapses: [] })
  for (const synapse of synapses) {
    if (draft.neurons.has(synapse.to)) draft.put(synapse)
  }
  return draft.finish()
}

/**
 * Of every neuron, one parent is drawn: the child has it as that parent has it, with its outgoing synapses, or not at all. A
 * synapse to a neuron that the child lacks is lost. Inputs and outputs are in both parents, and so in the child.
 */
export const crossover = (one: NeuroNetwork, other: NeuroNetwork, generator: RandomGenerator): NeuroNetwork => {
  const [ofOne, ofOther] = [byId(one), byId(other)]
  const neurons: Neuron[] = []
  const [fromOne, fromOther] = [new Set<number>(), new Set<number>()]
  for (const id of idsOf(one, other)) {
    const first = generator.below(2) === 0
    const neuron = (first ? ofOne : ofOther).get(id)
    if (neuron === undefined) continue
    neurons.push(neuron)
    ;(first ? fromOne : fromOther).add(id)
  }
  return assemble(one, neurons, [
    ...one.synapses.filter(({ from }) => fromOne.has(from)),
    ...other.synapses.filter(({ from }) => fromOther.has(from)),
  ])
}

/** All neurons and synapses of both; what both have is as the first has it. */
export const merge = (one: NeuroNetwork, other: NeuroNetwork): NeuroNetwork => {
  const [ofOne, ofOther] = [byId(one), byId(other)]
  const neurons = idsOf(one, other).flatMap((id) => ofOne.get(id) ?? ofOther.get(id) ?? [])
  // Of a pair the later stays.
  return assemble(one, neurons, [...other.synapses, ...one.synapses])
}
