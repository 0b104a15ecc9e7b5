import { MalformedNetworkFile } from '../../networkFile/safetensors.ts'
import type { NetworkFile } from '../../networkFile/safetensors.ts'
import { takeTensor } from '../../networkFile/takeTensor.ts'
import type { TrainingState } from '../../training/stdp/describeNetwork.ts'
import { decodeHyperparameters } from '../../training/stdp/hyperparameters.ts'
import { createTrialSubject } from '../../training/stdp/trialSubject.ts'
import type { TrialSubject } from '../../training/stdp/trialSubject.ts'
import type { SubjectParts } from '../inspectedSubject.ts'

/**
 * Puts the network of a trial together again from its file, so that it answers as it did when that was written.
 * @param samplesTrained for files of version 1, which do not say
 * @throws {MalformedNetworkFile | RangeError} when the file holds another network
 */
export const restoreSubject = (
  { request, dataset }: SubjectParts,
  file: NetworkFile,
  kernel: WebAssembly.Module,
  samplesTrained: number | null,
): TrialSubject & { readonly state: TrainingState } => {
  const kind = file.metadata['networkType'] ?? 'diehl-cook'
  if (kind !== 'diehl-cook') throw new MalformedNetworkFile(`it holds a network of the type ${kind}`)
  const subject = createTrialSubject(request, decodeHyperparameters(request.hyperparameters), dataset, kernel)
  const { network, decoder } = subject
  network.setWeights(takeTensor(file.tensors, 'weights', [Float32Array], [network.inputSize, network.neurons]), true)
  network.setTheta(takeTensor(file.tensors, 'theta', [Float32Array], [network.neurons]))
  decoder.restore(file.tensors)
  return { ...subject, state: stateOf(file, samplesTrained) }
}

const stateOf = ({ metadata }: NetworkFile, samplesTrained: number | null): TrainingState => {
  const stored = Number(metadata['samplesTrained'] ?? samplesTrained ?? 0)
  return {
    samplesTrained: Number.isSafeInteger(stored) && stored >= 0 ? stored : 0,
    decoderHasLearned: metadata['decoderHasLearned'] !== 'false',
  }
}
