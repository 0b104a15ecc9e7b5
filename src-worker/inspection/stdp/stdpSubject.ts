import { presentationOf } from '../../../src-core/encoding/presentation.ts'
import type {
  InspectedNetwork,
  InspectedSplit,
  InspectedTest,
  InspectedWeights,
  Projection,
  SampleRecording,
  TracedNeuron,
  TrainingSnapshot,
} from '../../../src-core/contracts/inspection.ts'
import type { DiehlCookNetwork } from '../../../src-core/neuron/diehlCookNetwork.ts'
import type { Decoder } from '../../decoders/decoder.ts'
import type { NetworkFile } from '../../networkFile/safetensors.ts'
import { takeTensor } from '../../networkFile/takeTensor.ts'
import type { Pacer } from '../../training/pacer.ts'
import { describeNetwork } from '../../training/stdp/describeNetwork.ts'
import type { TrainingState } from '../../training/stdp/describeNetwork.ts'
import type { TrialSubject } from '../../training/stdp/trialSubject.ts'
import { checkProjection, inputLayer, samplesOf } from '../inspectedSubject.ts'
import type { InspectedSubject, SubjectParts } from '../inspectedSubject.ts'
import { recordSample } from './recordSample.ts'
import { replayTraining } from './retrainSubject.ts'
import { testSubject } from './testSubject.ts'

export const excitatoryLayer = 'excitatory'
export const inhibitoryLayer = 'inhibitory'
const plastic: Projection = { from: inputLayer, to: excitatoryLayer }

/** A network of Diehl & Cook as training left it, and what it needs to be shown samples. */
export interface StdpParts extends SubjectParts, TrialSubject {
  readonly state: TrainingState
}

/** A look into a network of Diehl & Cook. */
export class StdpSubject implements InspectedSubject {
  private readonly parts: StdpParts
  private readonly kernel: WebAssembly.Module

  /** @param kernel for networks that are trained again */
  constructor(parts: StdpParts, kernel: WebAssembly.Module) {
    this.parts = parts
    this.kernel = kernel
  }

  describe(origin: InspectedNetwork['origin']): InspectedNetwork {
    const { request, dataset, splits, network, state } = this.parts
    const { neurons, inputSize, steps } = network
    const { rows, columns, classes } = dataset
    const isImage = inputSize === rows * columns
    return {
      origin,
      layers: [
        { name: inputLayer, neurons: inputSize, shape: isImage ? { channels: 1, rows, columns } : null },
        { name: excitatoryLayer, neurons, shape: null },
        { name: inhibitoryLayer, neurons, shape: null },
      ],
      projections: [plastic],
      outputLayer: excitatoryLayer,
      potentialUnit: 'mV',
      steps,
      dtMs: presentationOf(request.definition.encoding).dtMs,
      classes,
      samples: samplesOf(splits),
      samplesTrained: state.samplesTrained,
    }
  }

  weights(projection: Projection): InspectedWeights {
    checkProjection([plastic], projection)
    const { network, decoder } = this.parts
    return weightsOf(network, decoder)
  }

  record(split: InspectedSplit, sample: number, traced: readonly TracedNeuron[], place: number): SampleRecording {
    return recordSample(this.parts, split, sample, traced, place)
  }

  test(
    split: InspectedSplit,
    limit: number | null,
    shown: (done: number, planned: number) => Promise<void>,
  ): Promise<InspectedTest> {
    return testSubject(this.parts, split, limit, shown)
  }

  replay(
    snapshots: number,
    projection: Projection,
    pacer: Pacer,
    take: (snapshot: TrainingSnapshot) => void,
  ): Promise<void> {
    checkProjection([plastic], projection)
    const { request, dataset, splits, state } = this.parts
    const retraining = { request, dataset, splits, kernel: this.kernel, pacer }
    return replayTraining(retraining, snapshots, state.samplesTrained, take)
  }

  file(application: string): NetworkFile {
    const { request, dataset, network, decoder, state } = this.parts
    return describeNetwork(request, dataset, network, decoder, state, application)
  }
}

/** The plastic weights, with the thresholds and the classes of the neurons that they lead to. */
export function weightsOf(network: DiehlCookNetwork, decoder: Decoder): InspectedWeights {
  const { inputSize, neurons } = network
  return {
    ...plastic,
    type: 'dense',
    inputs: inputSize,
    neurons,
    field: null,
    values: network.weights(),
    signed: false,
    thetas: network.theta(),
    assignedClasses: Int16Array.from(takeTensor(decoder.tensors(), 'assignments', [Int32Array], [neurons])),
    delays: null,
    currentDecays: null,
    voltageDecays: null,
  }
}
