import type { NeuroNetwork } from '../neuroprocessor/network.ts'
import type { RandomGenerator } from '../random/generator.ts'
import { NetworkDraft } from './draft.ts'
import type { EvolutionParameters } from './parameters.ts'
import { drawNeuron, drawSynapse, type NetworkRanges } from './ranges.ts'

/** The template of a task: inputs and outputs that nothing connects; no neuron is both. */
export const createTemplate = (inputs: number, outputs: number): NeuroNetwork => {
  const ids = Array.from({ length: inputs + outputs }, (_, id) => id)
  return {
    neurons: ids.map((id) => ({ id, threshold: 0, leak: 0, axonalDelay: 0 })),
    inputs: ids.slice(0, inputs),
    outputs: ids.slice(inputs),
    synapses: [],
  }
}

/** The template of a network: its inputs and outputs, of which one may be both, and nothing that connects them. */
export const templateOf = ({ neurons, inputs, outputs }: NeuroNetwork): NeuroNetwork => {
  const kept = new Set([...inputs, ...outputs])
  return { neurons: neurons.filter(({ id }) => kept.has(id)), inputs, outputs, synapses: [] }
}

/** A network with the neurons and synapses of the template and random ones beside them; all values are drawn. */
export const randomNetwork = (
  template: NeuroNetwork,
  { startingNeurons, startingSynapses }: EvolutionParameters,
  ranges: NetworkRanges,
  generator: RandomGenerator,
): NeuroNetwork => {
  const draft = new NetworkDraft(template)
  for (const id of draft.neurons.keys()) draft.neurons.set(id, drawNeuron(id, ranges, generator))
  for (let added = 0; added < startingNeurons; added++) {
    const id = draft.freeId
    draft.neurons.set(id, drawNeuron(id, ranges, generator))
  }
  for (const { from, to } of draft.synapses) draft.put(drawSynapse(from, to, ranges, generator))
  for (let added = 0; added < startingSynapses; added++) {
    const pair = draft.freePair(generator)
    if (pair === null) break
    draft.put(drawSynapse(...pair, ranges, generator))
  }
  return draft.finish()
}
