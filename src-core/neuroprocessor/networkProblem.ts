import type { NetworkRanges, ValueRange } from '../evolution/ranges.ts'
import type { NeuroNetwork } from './network.ts'
import { networkRanges, type ProcessorSettings } from './processor.ts'

/** With 16-bit amounts, what reaches a neuron in a step stays within 32 bits. */
const mostNeurons = 32_768
/** Two ids make one exact number below 2^53. */
const idsBelow = 2 ** 26

/** What a processor takes: more than evolution chooses from, where its delays may be 0. */
export const processorRanges = (settings: ProcessorSettings): NetworkRanges => {
  const evolved = networkRanges(settings)
  const delay = settings.type === 'caspian' ? { ...evolved.delay, low: settings.minSynapticDelay } : evolved.delay
  return { ...evolved, delay }
}

/** Why a processor cannot have this network, as a sentence; undefined where it can. */
export const networkProblem = (network: NeuroNetwork, settings: ProcessorSettings): string | undefined => {
  const ranges = processorRanges(settings)
  return graphProblem(network) ?? neuronProblem(network, ranges) ?? synapseProblem(network, ranges)
}

const graphProblem = ({ neurons, inputs, outputs, synapses }: NeuroNetwork): string | undefined => {
  if (neurons.length > mostNeurons) return `a network of ${neurons.length} neurons is too large: at most ${mostNeurons}`
  const ids = new Set<number>()
  for (const { id } of neurons) {
    if (!Number.isInteger(id) || id < 0 || id >= idsBelow)
      return `the id of a neuron is a whole number from 0 to ${idsBelow - 1}, not ${id}`
    if (ids.has(id)) return `there are two neurons ${id}`
    ids.add(id)
  }
  const listed = [
    ['input', inputs],
    ['output', outputs],
  ] as const
  for (const [kind, list] of listed) {
    if (list.length === 0) return `the network has no ${kind}s: give it one at least`
    const missing = list.find((id) => !ids.has(id))
    if (missing !== undefined) return `there is no neuron ${missing}, which is an ${kind}`
    const twice = list.find((id, place) => list.indexOf(id) < place)
    if (twice !== undefined) return `neuron ${twice} stands among the ${kind}s twice`
  }
  const pairs = new Set<number>()
  for (const { from, to } of synapses) {
    const missing = !ids.has(from) ? from : !ids.has(to) ? to : undefined
    if (missing !== undefined) return `there is no neuron ${missing}, which a synapse from ${from} to ${to} needs`
    const pair = from * idsBelow + to
    if (pairs.has(pair)) return `there are two synapses from ${from} to ${to}`
    pairs.add(pair)
  }
  return undefined
}

const neuronProblem = ({ neurons }: NeuroNetwork, ranges: NetworkRanges): string | undefined => {
  for (const { id, threshold, leak, axonalDelay } of neurons) {
    const problem =
      valueProblem('threshold', threshold, ranges.threshold) ??
      valueProblem('leak', leak, ranges.leak) ??
      valueProblem('axonal delay', axonalDelay, ranges.axonalDelay)
    if (problem !== undefined) return `neuron ${id}: ${problem}`
  }
  return undefined
}

const synapseProblem = ({ synapses }: NeuroNetwork, ranges: NetworkRanges): string | undefined => {
  for (const { from, to, weight, delay } of synapses) {
    const problem = valueProblem('weight', weight, ranges.weight) ?? valueProblem('delay', delay, ranges.delay)
    if (problem !== undefined) return `the synapse from ${from} to ${to}: ${problem}`
  }
  return undefined
}

const valueProblem = (name: string, value: number, { low, high, integer }: ValueRange): string | undefined => {
  // Written so that what is no number is refused too.
  if (value >= low && value <= high && (!integer || Number.isInteger(value))) return undefined
  const range = low === high ? `only ${low}` : `${integer ? 'whole numbers' : 'numbers'} from ${low} to ${high}`
  return `${value} is no ${name} here: this processor has ${range}`
}
