import type { InspectedSplit, NeuronTrace, SampleRecording, TracedNeuron } from '../../src-core/contracts/inspection.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import { imageAt } from '../datasets/dataset.ts'
import type { PresentationRecord } from '../engines/diehlCook/recording.ts'
import { excitatoryLayer, fixedThresholdMv, inhibitoryLayer, inputLayer } from './inspectedSubject.ts'
import type { InspectedSubject } from './inspectedSubject.ts'

/** Seed of showing a sample of a split: on the objective's that of the trial's own test, so that one sees what was measured. */
export const presentationSeed = ({ request }: InspectedSubject, sample: number): number =>
  deriveSeed(request.seed, 'test', sample)

/**
 * Shows one sample without learning, and writes down every spike, and the traced neurons at every step.
 * @param place in the request
 * @throws {SpiketuneError} not-in-network
 */
export function recordSample(
  subject: InspectedSubject,
  split: InspectedSplit,
  sample: number,
  traced: readonly TracedNeuron[],
  place: number,
): SampleRecording {
  const { network, dataset, decoder, state } = subject
  const { part, indices } = subject.splits[split]
  const index = indices[sample]
  if (index === undefined) throw notInNetwork(`The split "${split}" has no sample ${sample}: it has ${indices.length}.`)
  for (const neuron of traced) checkTraced(neuron, network.neurons)
  const image = imageAt(part, index)
  const excitatory = neuronsOf(traced, excitatoryLayer)
  const inhibitory = neuronsOf(traced, inhibitoryLayer)
  const record = network.record({ kind: 'image', image }, presentationSeed(subject, sample), { excitatory, inhibitory })
  return {
    place,
    split,
    sample,
    label: part.labels[index] ?? 0,
    prediction: state.decoderHasLearned ? decoder.predict(record.excitatory) : null,
    rows: dataset.rows,
    columns: dataset.columns,
    // Not `slice`: of the Buffer that a dataset is read into it is a view, and would take the whole of it along.
    image: Uint8Array.from(image),
    steps: network.steps,
    spikes: [
      { layer: inputLayer, ...record.input },
      { layer: excitatoryLayer, ...record.excitatory },
      { layer: inhibitoryLayer, ...record.inhibitory },
    ],
    traces: [...excitatoryTraces(subject, excitatory, record), ...inhibitoryTraces(subject, inhibitory, record)],
  }
}

const notInNetwork = (message: string): SpiketuneError => new SpiketuneError('not-in-network', message)

function checkTraced({ layer, neuron }: TracedNeuron, neurons: number): void {
  if (layer !== excitatoryLayer && layer !== inhibitoryLayer) {
    const what = layer === inputLayer ? 'Inputs have no membrane potential' : `There is no layer "${layer}"`
    throw notInNetwork(`${what}: trace neurons of the layer excitatory or inhibitory.`)
  }
  if (neuron >= neurons) throw notInNetwork(`The layer ${layer} has no neuron ${neuron}: it has ${neurons}.`)
}

const neuronsOf = (traced: readonly TracedNeuron[], layer: string): number[] => [
  ...new Set(traced.filter((one) => one.layer === layer).map(({ neuron }) => neuron)),
]

const empty = new Float32Array()

function excitatoryTraces(
  subject: InspectedSubject,
  neurons: readonly number[],
  { excitatoryPotentialMv, excitatoryThetaMv }: PresentationRecord,
): NeuronTrace[] {
  const thresholdMv = fixedThresholdMv(subject, excitatoryLayer)
  return neurons.map((neuron, index) => ({
    layer: excitatoryLayer,
    neuron,
    membranePotentialMv: excitatoryPotentialMv[index] ?? empty,
    thresholdMv: (excitatoryThetaMv[index] ?? empty).map((theta) => thresholdMv + theta),
  }))
}

function inhibitoryTraces(
  subject: InspectedSubject,
  neurons: readonly number[],
  { inhibitoryPotentialMv }: PresentationRecord,
): NeuronTrace[] {
  const thresholdMv = fixedThresholdMv(subject, inhibitoryLayer)
  return neurons.map((neuron, index) => ({
    layer: inhibitoryLayer,
    neuron,
    membranePotentialMv: inhibitoryPotentialMv[index] ?? empty,
    thresholdMv: new Float32Array(subject.network.steps).fill(thresholdMv),
  }))
}
