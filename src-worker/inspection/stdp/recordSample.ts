import type { NeuronTrace, SampleRecording, TracedNeuron } from '../../../src-core/contracts/inspection.ts'
import type { PresentationRecord } from '../../engines/diehlCook/recording.ts'
import { decodeHyperparameters, networkParameters } from '../../training/stdp/hyperparameters.ts'
import { inputLayer, notInNetwork, placeOf, presentationSeed } from '../inspectedSubject.ts'
import { viewOf } from '../sampleView.ts'
import { excitatoryLayer, inhibitoryLayer, type StdpParts } from './stdpParts.ts'

interface AskedSample extends Pick<SampleRecording, 'split' | 'sample' | 'place'> {
  readonly traced: readonly TracedNeuron[]
}

/**
 * Shows one sample without learning, and writes down every spike, and the traced neurons at every step.
 * @throws {SpiketuneError} not-in-network
 */
export const recordSample = (subject: StdpParts, { split, sample, traced, place }: AskedSample): SampleRecording => {
  const { network, dataset, decoder, state, request, shape, stimulusOf } = subject
  const { part } = subject.splits[split]
  const index = placeOf(subject.splits, split, sample)
  for (const neuron of traced) checkTraced(neuron, network.neurons)
  const seed = presentationSeed(request, sample)
  const excitatory = neuronsOf(traced, excitatoryLayer)
  const inhibitory = neuronsOf(traced, inhibitoryLayer)
  const record = network.record(stimulusOf(part, index, seed), seed, { excitatory, inhibitory })
  return {
    place,
    split,
    sample,
    label: part.labels[index] ?? 0,
    prediction: state.decoderHasLearned ? decoder.predict(record.excitatory) : null,
    view: viewOf(dataset, part, index, () => ({
      events: { steps: Uint16Array.from(record.input.steps), inputs: record.input.neurons, values: null },
      shape,
    })),
    steps: network.steps,
    spikes: [
      { layer: inputLayer, ...record.input },
      { layer: excitatoryLayer, ...record.excitatory },
      { layer: inhibitoryLayer, ...record.inhibitory },
    ],
    traces: [...excitatoryTraces(subject, excitatory, record), ...inhibitoryTraces(subject, inhibitory, record)],
  }
}

const checkTraced = ({ layer, neuron }: TracedNeuron, neurons: number): void => {
  if (layer !== excitatoryLayer && layer !== inhibitoryLayer) {
    const what = layer === inputLayer ? 'Inputs have no membrane potential' : `There is no layer "${layer}"`
    throw notInNetwork(`${what}: trace neurons of the layer excitatory or inhibitory.`)
  }
  if (neuron >= neurons) throw notInNetwork(`The layer ${layer} has no neuron ${neuron}: it has ${neurons}.`)
}

/** Thresholds of a layer's neurons without what adapts of them, mV. */
const fixedThresholdMv = ({ request, network }: StdpParts, layer: string): number => {
  const parameters = networkParameters(
    decodeHyperparameters(request.hyperparameters),
    request.definition,
    network.inputSize,
  )
  return layer === excitatoryLayer ? parameters.thresholdExcitatoryMv : parameters.thresholdInhibitoryMv
}

const neuronsOf = (traced: readonly TracedNeuron[], layer: string): number[] => [
  ...new Set(traced.filter((one) => one.layer === layer).map(({ neuron }) => neuron)),
]

const empty = new Float32Array()

const excitatoryTraces = (
  subject: StdpParts,
  neurons: readonly number[],
  { excitatoryPotentialMv, excitatoryThetaMv }: PresentationRecord,
): NeuronTrace[] => {
  const thresholdMv = fixedThresholdMv(subject, excitatoryLayer)
  return neurons.map((neuron, index) => ({
    layer: excitatoryLayer,
    neuron,
    membranePotential: excitatoryPotentialMv[index] ?? empty,
    threshold: (excitatoryThetaMv[index] ?? empty).map((theta) => thresholdMv + theta),
  }))
}

const inhibitoryTraces = (
  subject: StdpParts,
  neurons: readonly number[],
  { inhibitoryPotentialMv }: PresentationRecord,
): NeuronTrace[] => {
  const thresholdMv = fixedThresholdMv(subject, inhibitoryLayer)
  return neurons.map((neuron, index) => ({
    layer: inhibitoryLayer,
    neuron,
    membranePotential: inhibitoryPotentialMv[index] ?? empty,
    threshold: new Float32Array(subject.network.steps).fill(thresholdMv),
  }))
}
