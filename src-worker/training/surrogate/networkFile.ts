import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { LayeredNetwork } from '../../engines/layered/layeredNetwork.ts'
import { MalformedNetworkFile, type NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import { originMetadata } from '../networkMetadata.ts'

/** Networks of one kind only had the versions before. */
const formatVersion = 3

interface TrainedNetwork {
  readonly request: EvaluationRequest
  readonly dataset: Dataset
  readonly network: LayeredNetwork
  readonly samplesTrained: number
}

/**
 * The file of a layered network: tensors `<layer>.weights`, `<layer>.delays`, ... in natural units; metadata that say all
 * there is to know of its origin.
 */
export const describeLayeredNetwork = (
  { request, dataset, network, samplesTrained }: TrainedNetwork,
  application: string,
): NetworkFile => ({
  tensors: network.parameters(),
  metadata: {
    ...originMetadata(request, dataset, application),
    formatVersion: String(formatVersion),
    networkType: request.definition.network.type,
    samplesTrained: String(samplesTrained),
    inputShape: JSON.stringify(network.plan.input),
  },
})

/**
 * Puts the state of a file into a network of the same plan.
 * @returns samples that it has been trained on
 * @throws {MalformedNetworkFile} when the file is of another kind of network
 * @throws {RangeError} when its tensors are not those of this network
 */
export const restoreLayeredNetwork = (network: LayeredNetwork, { tensors, metadata }: NetworkFile): number => {
  if (metadata['networkType'] !== 'layered') throw new MalformedNetworkFile('it holds no layered network')
  network.restore(tensors)
  const samplesTrained = Number(metadata['samplesTrained'])
  if (!Number.isSafeInteger(samplesTrained) || samplesTrained < 0) {
    throw new MalformedNetworkFile('it does not say how many samples it was trained on')
  }
  return samplesTrained
}
