import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import type { DiehlCookNetwork } from '../../../src-core/diehlCook/diehlCookNetwork.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { Decoder } from '../../decoders/decoder.ts'
import type { NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import { originMetadata } from '../networkMetadata.ts'

/** 1, which is not written: decoders of single precision, nothing of the state of training. */
const formatVersion = 2

/** How far the training of a network has come. */
export interface TrainingState {
  readonly samplesTrained: number
  /** Whether the decoder has learned at all: before, it knows no answers. */
  readonly decoderHasLearned: boolean
}

interface TrainedNetwork {
  readonly request: EvaluationRequest
  readonly dataset: Dataset
  readonly network: DiehlCookNetwork
  readonly decoder: Decoder
  readonly state: TrainingState
}

/**
 * The file of a trained network: tensors `weights` [inputs][neurons], `theta` [neurons] in mV and those of the decoder;
 * metadata that say all there is to know of its origin.
 */
export const describeNetwork = (
  { request, dataset, network, decoder, state }: TrainedNetwork,
  application: string,
): NetworkFile => {
  const { inputSize, neurons } = network
  return {
    tensors: {
      weights: { shape: [inputSize, neurons], values: network.weights() },
      theta: { shape: [neurons], values: network.theta() },
      ...decoder.tensors(),
    },
    metadata: {
      ...originMetadata(request, dataset, application),
      formatVersion: String(formatVersion),
      samplesTrained: String(state.samplesTrained),
      decoderHasLearned: String(state.decoderHasLearned),
      imageShape: JSON.stringify([dataset.rows, dataset.columns]),
    },
  }
}
