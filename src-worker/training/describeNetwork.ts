import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import type { DiehlCookNetwork } from '../../src-core/neuron/diehlCookNetwork.ts'
import type { Dataset } from '../datasets/loadDataset.ts'
import type { Decoder } from '../decoders/decoder.ts'
import type { NetworkFile } from '../networkFile/safetensors.ts'

/**
 * The file of a trained network: tensors `weights` [inputs][neurons], `theta` [neurons] in mV and those of the decoder;
 * metadata that say all there is to know of its origin.
 */
export function describeNetwork(
  { definition, hyperparameters, seed, trial }: EvaluationRequest,
  dataset: Dataset,
  network: DiehlCookNetwork,
  decoder: Decoder,
  application: string,
): NetworkFile {
  const { inputSize, neurons } = network
  return {
    tensors: {
      weights: { shape: [inputSize, neurons], values: network.weights() },
      theta: { shape: [neurons], values: network.theta() },
      ...decoder.tensors(),
    },
    metadata: {
      format: 'spiketune-network',
      application,
      study: definition.name,
      trial: String(trial),
      seed: String(seed),
      network: JSON.stringify(definition.network),
      encoding: JSON.stringify(definition.encoding),
      hyperparameters: JSON.stringify(hyperparameters),
      dataset: definition.dataset.name,
      datasetSha256: dataset.sha256,
      imageShape: JSON.stringify([dataset.rows, dataset.columns]),
    },
  }
}
