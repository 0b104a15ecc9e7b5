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
import type { NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import type { Pacer } from '../../training/pacer.ts'
import { describeNetwork } from '../../training/stdp/describeNetwork.ts'
import { checkProjection, inputLayer, type InspectedSubject, samplesOf } from '../inspectedSubject.ts'
import { recordSample } from './recordSample.ts'
import { replayTraining } from './retrainSubject.ts'
import { excitatoryLayer, inhibitoryLayer, plastic, type StdpParts, weightsOf } from './stdpParts.ts'
import { testSubject } from './testSubject.ts'

/** A look into a network of Diehl & Cook. */
export class StdpSubject implements InspectedSubject {
  readonly #parts: StdpParts
  readonly #kernel: WebAssembly.Module

  /** @param kernel for networks that are trained again */
  constructor(parts: StdpParts, kernel: WebAssembly.Module) {
    this.#parts = parts
    this.#kernel = kernel
  }

  describe(origin: InspectedNetwork['origin']): InspectedNetwork {
    const { request, dataset, splits, network, state } = this.#parts
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
    const { network, decoder } = this.#parts
    return weightsOf(network, decoder)
  }

  record(split: InspectedSplit, sample: number, traced: readonly TracedNeuron[], place: number): SampleRecording {
    return recordSample(this.#parts, { split, sample, traced, place })
  }

  test(
    split: InspectedSplit,
    limit: number | null,
    shown: (done: number, planned: number) => Promise<void>,
  ): Promise<InspectedTest> {
    return testSubject(this.#parts, split, limit, shown)
  }

  replay(
    snapshots: number,
    projection: Projection,
    pacer: Pacer,
    take: (snapshot: TrainingSnapshot) => void,
  ): Promise<void> {
    checkProjection([plastic], projection)
    const { request, dataset, splits, state } = this.#parts
    const retraining = { request, dataset, splits, kernel: this.#kernel, pacer }
    return replayTraining(retraining, snapshots, state.samplesTrained, take)
  }

  file(application: string): NetworkFile {
    return describeNetwork(this.#parts, application)
  }
}
