import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { encodingOfTrial } from '../../../src-core/encoding/presentation.ts'
import { planNetwork } from '../../../src-core/layered/planNetwork.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import { layeredParts } from '../../../src-core/study/studyKinds.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { createEncoder } from '../../encoders/createEncoder.ts'
import type { SampleEncoder } from '../../encoders/sampleEncoder.ts'
import { createLayeredNetwork } from '../../engines/layered/createLayeredNetwork.ts'
import type { LayeredNetwork } from '../../engines/layered/layeredNetwork.ts'
import { samplesAtOnce } from '../../engines/layered/networkMemory.ts'
import type { TrainingDevices } from '../trialTraining.ts'
import { decodeHyperparameters } from './hyperparameters.ts'

export interface LayeredSubject {
  readonly network: LayeredNetwork
  /** Makes of the samples of the dataset what the network is shown. */
  readonly encoder: SampleEncoder
}

/**
 * The layered network of a trial before any training, with the encoder of its samples.
 * @param devices whose kernels the network takes and `dispose` of the network ends; they are ended here when there is no network
 * @throws {ImpossibleNetwork | OutOfMemory}
 * @throws {SpiketuneError} encoding-unsuitable
 */
export const createLayeredSubject = (
  { definition, hyperparameters, seed }: Pick<EvaluationRequest, 'definition' | 'hyperparameters' | 'seed'>,
  dataset: Dataset,
  devices: TrainingDevices,
): LayeredSubject => {
  const encoder = createEncoder(encodingOfTrial(definition.encoding, hyperparameters), dataset, devices.kernel)
  const { network } = layeredParts(definition)
  const { shape, steps } = encoder
  const plan = planNetwork(network, hyperparameters, { shape, steps, classes: dataset.classes })
  const { batchSize } = decodeHyperparameters(hyperparameters)
  const atOnce = samplesAtOnce(plan, batchSize)
  const kernels = devices.kernels()
  try {
    return { network: createLayeredNetwork(plan, kernels, atOnce, deriveSeed(seed, 'weights')), encoder }
  } catch (error) {
    // Their memory may be a device's.
    kernels.dispose()
    throw error
  }
}
