import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { createDecoder } from '../../decoders/createDecoder.ts'
import type { Decoder } from '../../decoders/decoder.ts'
import { createDiehlCookNetwork, type KernelNetwork } from '../../engines/diehlCook/network.ts'
import { networkParameters, rateEncoding, type StdpHyperparameters } from './hyperparameters.ts'
import { sampleStimuli, type SampleStimuli } from './sampleStimuli.ts'

export interface TrialSubject extends SampleStimuli {
  readonly network: KernelNetwork
  readonly decoder: Decoder
}

/**
 * The network of a trial before any training, with its decoder.
 * @throws {ImpossibleNetwork | OutOfMemory} of `createDiehlCookNetwork`
 * @throws {SpiketuneError} encoding-unsuitable
 */
export const createTrialSubject = (
  { definition, seed }: Pick<EvaluationRequest, 'definition' | 'seed'>,
  hyperparameters: StdpHyperparameters,
  dataset: Dataset,
  kernel: WebAssembly.Module,
): TrialSubject => {
  const { decoder, mapSize, decoderRegularisation } = hyperparameters
  const stimuli = sampleStimuli(definition.encoding, dataset)
  const parameters = networkParameters(hyperparameters, definition, sizeOf(stimuli.shape))
  return {
    ...stimuli,
    network: createDiehlCookNetwork(kernel, parameters, rateEncoding(definition.encoding), deriveSeed(seed, 'weights')),
    // A decoder that has no such hyperparameter reads none.
    decoder: createDecoder(decoder, {
      neurons: mapSize,
      classes: dataset.classes,
      regularisation: decoderRegularisation ?? 1,
    }),
  }
}
