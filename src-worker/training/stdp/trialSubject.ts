import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { createDecoder } from '../../decoders/createDecoder.ts'
import type { Decoder } from '../../decoders/decoder.ts'
import { createDiehlCookNetwork } from '../../engines/diehlCook/network.ts'
import type { KernelNetwork } from '../../engines/diehlCook/network.ts'
import { networkParameters, rateEncoding } from './hyperparameters.ts'
import type { StdpHyperparameters } from './hyperparameters.ts'

export interface TrialSubject {
  readonly network: KernelNetwork
  readonly decoder: Decoder
}

/**
 * The network of a trial before any training, with its decoder.
 * @throws {ImpossibleNetwork | OutOfMemory} of `createDiehlCookNetwork`
 */
export function createTrialSubject(
  { definition, seed }: Pick<EvaluationRequest, 'definition' | 'seed'>,
  hyperparameters: StdpHyperparameters,
  { rows, columns, classes }: Pick<Dataset, 'rows' | 'columns' | 'classes'>,
  kernel: WebAssembly.Module,
): TrialSubject {
  const { decoder, mapSize, decoderRegularisation } = hyperparameters
  const parameters = networkParameters(hyperparameters, definition, rows * columns)
  return {
    network: createDiehlCookNetwork(kernel, parameters, rateEncoding(definition.encoding), deriveSeed(seed, 'weights')),
    // A decoder that has no such hyperparameter reads none.
    decoder: createDecoder(decoder, { neurons: mapSize, classes, regularisation: decoderRegularisation ?? 1 }),
  }
}
