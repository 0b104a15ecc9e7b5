/** The processor that a file of TENNLab's is for, as hyperparameters. */
import { networkRanges, rispOf, standardProcessors } from '../neuroprocessor/processor.ts'
import type { NeuroNetwork } from '../neuroprocessor/network.ts'
import { MalformedTennlabNetwork, type TennlabNetworkFile } from './networkFile.ts'
import type { AssociatedData, Reading } from './readAssociatedData.ts'

type Parameters = Readonly<Record<string, unknown>>

/** What makes a network another one, with the only value that hyperparameters can have. */
const settled: Readonly<Record<string, unknown>> = {
  run_time_inclusive: false,
  fire_like_ravens: false,
  inputs_from_weights: false,
  noisy_stddev: 0,
}

/**
 * @throws {MalformedTennlabNetwork} of a processor that no hyperparameters make
 */
export const readProcessor = (
  { proc_params: parameters = {}, other }: AssociatedData,
  file: TennlabNetworkFile,
  network: NeuroNetwork,
  reading: Reading,
): void => {
  const name = other?.proc_name?.toLowerCase() ?? guessed(file)
  if (other?.proc_name === undefined)
    reading.notes.push(`It does not say its processor (proc_name): ${name} is assumed.`)
  if (name === 'caspian') readCaspian(parameters, network, reading)
  else if (name === 'risp') readRisp(parameters, file, network, reading)
  else {
    throw new MalformedTennlabNetwork(
      'Associated_Data.other.proc_name',
      `the processor ${name} is unknown; known are risp and caspian`,
    )
  }
}

/** Only Caspian has leaks that are more than yes or no, and delays of neurons. */
const guessed = ({ Properties }: TennlabNetworkFile): 'caspian' | 'risp' =>
  Properties.node_properties.some(
    ({ name, min_value, max_value }) => name === 'Delay' || (name === 'Leak' && (min_value < 0 || max_value > 1)),
  )
    ? 'caspian'
    : 'risp'

const readCaspian = (parameters: Parameters, { synapses }: NeuroNetwork, { fixed, notes }: Reading): void => {
  fixed['processor'] = 'caspian'
  const standard = standardProcessors.Caspian
  const wanted = Number(parameters['Max_Synapse_Delay'])
  const longest = Math.max(
    standard.type === 'caspian' ? standard.maxSynapticDelay : 1,
    ...synapses.map(({ delay }) => delay),
  )
  fixed['maxDelaySteps'] = Number.isInteger(wanted) && wanted >= 1 ? wanted : longest
  if (parameters['Leak_Enable'] === false)
    notes.push('Leak_Enable is false: leaks are as its neurons have them, -1 where they have none.')
}

const readRisp = (parameters: Parameters, file: TennlabNetworkFile, network: NeuroNetwork, reading: Reading): void => {
  const { fixed, notes } = reading
  refuseOthers(parameters)
  const integers = isDiscrete(parameters, file)
  const bounds = boundsOf(parameters, file)
  const [weight, threshold] = [bounds('weight', 'Weight'), bounds('threshold', 'Threshold')]
  const processor = !integers ? 'risp-floating' : weight.low >= 1 && threshold.low >= 1 ? 'risp-positive' : 'risp'
  fixed['processor'] = processor
  const thresholds = network.neurons.map((neuron) => neuron.threshold)
  const largest = integers ? Math.max(Math.abs(weight.low), weight.high, ...thresholds, 1) : 1
  if (integers) fixed['resolution'] = largest
  noteRanges(processor, largest, { weight, threshold }, notes)
  requireFactor(parameters, weight.high, largest)
  const delay = Number(parameters['max_delay'])
  const longest = Math.max(1, ...network.synapses.map((synapse) => synapse.delay))
  fixed['maxDelaySteps'] = Number.isInteger(delay) && delay >= longest ? delay : longest
  const mode = parameters['leak_mode']
  const leaks = network.neurons.some(({ leak }) => leak !== 0)
  fixed['leakMode'] = leaks ? 'configurable' : mode === 'all' || mode === 'configurable' ? mode : 'none'
  if (leaks && mode !== 'configurable') notes.push('Some of its neurons leak: leakMode is configurable.')
  const floor = Number(parameters['min_potential'])
  if (processor !== 'risp-positive') {
    const isSaid = Number.isFinite(floor) && floor <= 0
    if (isSaid) fixed['minPotential'] = -floor / largest + 0
    else notes.push(`It does not say how far charges fall (min_potential): -${largest} is assumed.`)
  } else if (floor < 0) {
    throw new MalformedTennlabNetwork(
      'Associated_Data.proc_params.min_potential',
      `${floor} is not 0, as it is where nothing is negative`,
    )
  }
  fixed['thresholds'] = parameters['threshold_inclusive'] === false ? 'exclusive' : 'inclusive'
}

const refuseOthers = (parameters: Parameters): void => {
  if (parameters['weights'] !== undefined) {
    throw new MalformedTennlabNetwork(
      'Associated_Data.proc_params.weights',
      'a table of weights is no hyperparameter here; write the weights themselves, with min_weight and max_weight',
    )
  }
  for (const [name, value] of Object.entries(settled)) {
    const found = parameters[name] ?? value
    if (found !== value) {
      throw new MalformedTennlabNetwork(
        `Associated_Data.proc_params.${name}`,
        `${JSON.stringify(found)} cannot be had by hyperparameters, only ${JSON.stringify(value)}; the network would answer otherwise`,
      )
    }
  }
}

const isDiscrete = (parameters: Parameters, { Properties }: TennlabNetworkFile): boolean =>
  typeof parameters['discrete'] === 'boolean'
    ? parameters['discrete']
    : [...Properties.node_properties, ...Properties.edge_properties].every(({ type }) => type !== 68)

interface Bounds {
  readonly low: number
  readonly high: number
}

/** As the processor says, otherwise as the properties of the file do. */
const boundsOf =
  (parameters: Parameters, { Properties }: TennlabNetworkFile) =>
  (kind: 'weight' | 'threshold', property: 'Weight' | 'Threshold'): Bounds => {
    const all = [...Properties.edge_properties, ...Properties.node_properties]
    const said = all.find(({ name }) => name === property)
    const number = (value: unknown, otherwise = 0): number => (typeof value === 'number' ? value : otherwise)
    return {
      low: number(parameters[`min_${kind}`], said?.min_value),
      high: number(parameters[`max_${kind}`], said?.max_value),
    }
  }

/** Ranges only bound what evolution may draw later: wider ones leave the network what it is. */
const noteRanges = (
  processor: 'risp' | 'risp-positive' | 'risp-floating',
  largest: number,
  { weight, threshold }: Readonly<Record<'weight' | 'threshold', Bounds>>,
  notes: string[],
): void => {
  const settings =
    processor === 'risp-floating'
      ? standardProcessors['RISP-F']
      : rispOf(Math.min(largest, 255), processor === 'risp' ? 'signed' : 'positive')
  const ours = networkRanges(settings)
  const same = (one: Bounds, other: Bounds): boolean => one.low === other.low && one.high === other.high
  if (same(weight, ours.weight) && same(threshold, ours.threshold)) return
  const text = ({ low, high }: Bounds): string => `${low} to ${high}`
  notes.push(
    `Its weights are from ${text(weight)} and its thresholds from ${text(threshold)}; what evolves from it has ` +
      `${text(ours.weight)} and ${text(ours.threshold)}.`,
  )
}

/** An input spike adds as much as the largest weight; the network would be another with more or less. */
const requireFactor = (parameters: Parameters, highest: number, largest: number): void => {
  const factor = typeof parameters['spike_value_factor'] === 'number' ? parameters['spike_value_factor'] : highest
  if (factor === largest) return
  throw new MalformedTennlabNetwork(
    'Associated_Data.proc_params.spike_value_factor',
    `${factor} is what an input spike adds, but here it is the largest weight or threshold, ${largest}; the network would answer otherwise`,
  )
}
