/** What is said of the neurons and synapses of a network. */
import type { Evolved, EvolvedNeuron } from '../../../src-core/contracts/evolvedInspection.ts'
import type { SampleRecording } from '../../../src-core/contracts/inspection.ts'
import { formatCount, formatPlural, formatValue } from '../../trials/format.ts'
import type { Pointed } from './networkGeometry.ts'
import type { NetworkLayout } from './networkLayout.ts'
import type { NetworkSpikes } from './networkSpikes.ts'

const leakWords = ({ leak }: EvolvedNeuron, { processor }: Pick<Evolved, 'processor'>): string => {
  if (processor === 'risp') return leak === 0 ? 'keeps its charge' : 'its charge is gone after a step'
  return leak < 0 ? 'does not leak' : `leaks with a time constant of ${formatPlural(2 ** leak, 'step')}`
}

/** The first line is what it is about. */
export const wordsOf = (evolved: Evolved, layout: NetworkLayout, { kind, place }: Pointed): readonly string[] => {
  if (kind === 'synapse') {
    const synapse = layout.synapses[place]
    if (synapse === undefined) return []
    const idOf = (neuron: number): string => String(layout.neurons[neuron]?.id ?? neuron)
    return [
      `${idOf(synapse.from)} → ${idOf(synapse.to)}`,
      `weight ${formatValue(synapse.weight)}, ${synapse.weight < 0 ? 'inhibits' : 'excites'}`,
      `delay ${formatPlural(synapse.delay, 'step')}`,
    ]
  }
  const neuron = evolved.neurons[place]
  if (neuron === undefined) return []
  const { id, threshold, axonalDelay } = neuron
  const roles = [
    ...(evolved.inputs.includes(id) ? [`input ${evolved.inputs.indexOf(id)}`] : []),
    ...(evolved.outputs.includes(id) ? [`output ${evolved.outputs.indexOf(id)}${actionOf(evolved, id)}`] : []),
  ]
  return [
    `Neuron ${id}${roles.length === 0 ? ', hidden' : `, ${roles.join(', ')}`}`,
    `threshold ${formatValue(threshold)}`,
    leakWords(neuron, evolved),
    ...(axonalDelay > 0 ? [`axonal delay ${formatPlural(axonalDelay, 'step')}`] : []),
  ]
}

/** ": left", where every output is an action. */
const actionOf = ({ acting, outputs }: Evolved, id: number): string => {
  const action = acting?.actions.length === outputs.length ? acting.actions[outputs.indexOf(id)] : undefined
  return action === undefined ? '' : `: ${action}`
}

/** In a sentence, for who sees no picture. */
export const networkGist = ({ neurons, synapses, inputs, outputs }: Evolved): string => {
  const inhibiting = synapses.filter(({ weight }) => weight < 0).length
  return (
    `${formatPlural(neurons.length, 'neuron')}, ${formatCount(inputs.length)} of them input and ` +
    `${formatCount(outputs.length)} output, and ${formatPlural(synapses.length, 'synapse')}, of which ${formatCount(inhibiting)} inhibit.`
  )
}

/** The spikes of a recording by the places of the neurons. */
export const spikesOf = (
  { neurons, inputs, outputs }: Evolved,
  { spikes }: Pick<SampleRecording, 'spikes'>,
): NetworkSpikes => {
  const known = new Set([...inputs, ...outputs])
  const hidden = neurons.filter(({ id }) => !known.has(id)).map(({ id }) => id)
  const idsOf = (layer: string): readonly number[] =>
    layer === 'output' ? outputs : layer === 'hidden' ? hidden : inputs
  const placeOf = new Map(neurons.map(({ id }, place) => [id, place]))
  const all = spikes.flatMap((own) =>
    Array.from(own.steps, (step, spike) => ({
      step,
      place: placeOf.get(idsOf(own.layer)[own.neurons[spike] ?? 0] ?? NaN) ?? 0,
    })),
  )
  all.sort((one, other) => one.step - other.step || one.place - other.place)
  // One that takes input and is read is in two layers.
  const once = all.filter(({ step, place }, at) => all[at - 1]?.step !== step || all[at - 1]?.place !== place)
  return { neurons: once.map(({ place }) => place), steps: once.map(({ step }) => step) }
}
