import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { encodingOfTrial } from '../../../src-core/encoding/presentation.ts'
import { planNetwork } from '../../../src-core/layered/planNetwork.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import { layeredParts } from '../../../src-core/study/studyKinds.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { createEncoder } from '../../encoders/createEncoder.ts'
import type { SampleEncoder } from '../../encoders/sampleEncoder.ts'
import { createLayeredNetwork } from '../../engines/layered/createLayeredNetwork.ts'
import type { KernelSet } from '../../engines/layered/kernelSet.ts'
import type { LayeredNetwork } from '../../engines/layered/layeredNetwork.ts'
import { samplesAtOnce } from '../../engines/layered/networkMemory.ts'
import { decodeHyperparameters } from './hyperparameters.ts'

export interface LayeredSubject {
  readonly network: LayeredNetwork
  /** Makes of the samples of the dataset what the network is shown. */
  readonly encoder: SampleEncoder
}

/**
 * The layered network of a trial before any training, with the encoder of its samples.
 * @param kernels the network's own
 * @throws {ImpossibleNetwork | OutOfMemory}
 * @throws {SpiketuneError} encoding-unsuitable
 */
export function createLayeredSubject(
  { definition, hyperparameters, seed }: Pick<EvaluationRequest, 'definition' | 'hyperparameters' | 'seed'>,
  dataset: Dataset,
  kernels: KernelSet,
): LayeredSubject {
  const encoder = createEncoder(encodingOfTrial(definition.encoding, hyperparameters), dataset)
  const { network } = layeredParts(definition)
  const plan = planNetwork(network, hyperparameters, encoder.shape, encoder.steps, dataset.classes)
  const { batchSize } = decodeHyperparameters(hyperparameters)
  const atOnce = samplesAtOnce(plan, batchSize)
  return { network: createLayeredNetwork(plan, kernels, atOnce, deriveSeed(seed, 'weights')), encoder }
}
