import type { Evolved } from '../../../src-core/contracts/evolvedInspection.ts'
import type { InspectedLayer, InspectedNetwork } from '../../../src-core/contracts/inspection.ts'
import { ImpossibleNetwork } from '../../../src-core/diehlCook/networkFailure.ts'
import type { GenerationRecord } from '../../../src-core/evolution/fitness.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import { neuroprocessorValues } from '../../../src-core/study/neuroprocessorValues.ts'
import { neuroprocessorParts } from '../../../src-core/study/studyKinds.ts'
import { Neuroprocessor } from '../../engines/neuroprocessor/neuroprocessor.ts'
import { MalformedNetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import type { ActingParts, TrainingDevices } from '../../training/trialTraining.ts'
import { inputLayer, type SubjectParts } from '../inspectedSubject.ts'

/** The trial of a network that acts in a control task. */
export type ActingSubjectParts = Pick<ActingParts, 'request' | 'studied' | 'dataset'>

/** What evolution left of a trial. */
interface EvolvedNetwork {
  readonly network: NeuroNetwork
  readonly records: readonly GenerationRecord[]
  readonly samplesTrained: number
}

/** What a trial makes of its network: the settings, and a processor that has it. */
export type EvolvedRun = ReturnType<typeof neuroprocessorValues> & {
  readonly evolved: EvolvedNetwork
  readonly neuroprocessor: Neuroprocessor
  readonly layers: readonly EvolvedLayer[]
  /** Of a run. */
  readonly steps: number
}

/** Neurons of one kind. One that takes input and is read is of two. */
interface EvolvedLayer {
  readonly name: string
  /** Places of its neurons in the network. */
  readonly places: readonly number[]
}

/** @throws {MalformedNetworkFile} when the trial's processor cannot have such a network */
export const loadEvolved = (
  { request }: Pick<SubjectParts, 'request'>,
  evolved: EvolvedNetwork,
  { neuroprocessorKernel }: TrainingDevices,
): EvolvedRun => {
  const values = neuroprocessorValues(request.hyperparameters, neuroprocessorParts(request.definition).training)
  const { processor, encoding } = values
  const neuroprocessor = new Neuroprocessor(neuroprocessorKernel, processor)
  try {
    neuroprocessor.load(evolved.network)
  } catch (cause) {
    if (cause instanceof ImpossibleNetwork) throw new MalformedNetworkFile(cause.message, { cause })
    throw cause
  }
  const isLonger = processor.type === 'risp' && processor.runTimeInclusive
  return {
    ...values,
    evolved,
    neuroprocessor,
    layers: layersOf(evolved.network),
    steps: encoding.runSteps + Number(isLonger),
  }
}

/**
 * Refuses a network of another encoding or decoding than its trial's.
 * @throws {MalformedNetworkFile}
 */
export const requireNeurons = (
  { inputs, outputs }: NeuroNetwork,
  wantedInputs: number,
  wantedOutputs: number,
): void => {
  if (inputs.length === wantedInputs && outputs.length === wantedOutputs) return
  throw new MalformedNetworkFile(
    `it has ${inputs.length} inputs and ${outputs.length} outputs, its trial ${wantedInputs} and ${wantedOutputs}`,
  )
}

const layersOf = ({ neurons, inputs, outputs }: NeuroNetwork): readonly EvolvedLayer[] => {
  const placeOf = new Map(neurons.map(({ id }, place) => [id, place]))
  const known = new Set([...inputs, ...outputs])
  const hidden = neurons.filter(({ id }) => !known.has(id)).map(({ id }) => id)
  return [
    { name: inputLayer, ids: inputs },
    ...(hidden.length > 0 ? [{ name: 'hidden', ids: hidden }] : []),
    { name: 'output', ids: outputs },
  ].map(({ name, ids }) => ({ name, places: ids.map((id) => placeOf.get(id) ?? 0) }))
}

/** The spikes of a run in each layer. */
export const spikesByLayer = (
  layers: EvolvedRun['layers'],
  { spikeNeurons, spikeSteps }: Pick<ReturnType<Neuroprocessor['record']>, 'spikeNeurons' | 'spikeSteps'>,
): { readonly layer: string; readonly neurons: Uint32Array; readonly steps: Uint32Array }[] =>
  layers.map(({ name, places }) => {
    const own = new Map(places.map((neuron, at) => [neuron, at]))
    const kept = [...spikeNeurons.keys()].filter((spike) => own.has(spikeNeurons[spike] ?? -1))
    return {
      layer: name,
      neurons: Uint32Array.from(kept, (spike) => own.get(spikeNeurons[spike] ?? -1) ?? 0),
      steps: Uint32Array.from(kept, (spike) => spikeSteps[spike] ?? 0),
    }
  })

/** The part of a network's description that does not depend on what it evolved for. */
export const describeRun = ({
  evolved,
  layers,
  steps,
}: EvolvedRun): Pick<
  InspectedNetwork,
  'layers' | 'projections' | 'outputLayer' | 'potentialUnit' | 'steps' | 'dtMs' | 'samplesTrained'
> => ({
  layers: layers.map(({ name, places }): InspectedLayer => ({ name, neurons: places.length, shape: null })),
  projections: [],
  outputLayer: 'output',
  potentialUnit: null,
  steps,
  // A step of a neuromorphic processor has no length.
  dtMs: 1,
  samplesTrained: evolved.samplesTrained,
})

/** Of RISP, the processor may say for all neurons whether their charge is gone after a step. */
const actingLeak = (processor: EvolvedRun['processor'], leak: number): number =>
  processor.type === 'caspian' || processor.leakMode === 'configurable' ? leak : Number(processor.leakMode === 'all')

export const evolvedOf = ({ evolved, processor }: EvolvedRun, acting: Evolved['acting']): Evolved => {
  const { neurons, synapses, inputs, outputs } = evolved.network
  const table = processor.type === 'risp' ? processor.weights : undefined
  return {
    neurons: neurons.map((neuron) => ({ ...neuron, leak: actingLeak(processor, neuron.leak) })),
    synapses: synapses.map((synapse) => ({ ...synapse, weight: table?.[synapse.weight] ?? synapse.weight })),
    inputs: [...inputs],
    outputs: [...outputs],
    processor: processor.type,
    generations: evolved.records.map((record) => ({ ...record })),
    acting,
  }
}
