import { readFile } from 'node:fs/promises'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { MalformedNetworkFile, decodeSafetensors } from '../networkFile/safetensors.ts'
import type { NetworkFile } from '../networkFile/safetensors.ts'
import { takeTensor } from '../networkFile/takeTensor.ts'
import type { TrainingState } from '../training/stdp/describeNetwork.ts'
import { decodeHyperparameters } from '../training/stdp/hyperparameters.ts'
import { createTrialSubject } from '../training/stdp/trialSubject.ts'
import type { TrialSubject } from '../training/stdp/trialSubject.ts'

export interface RestoredSubject extends TrialSubject {
  readonly state: TrainingState
}

/**
 * Puts the network of a trial together again from its file, so that it answers as it did when that was written.
 * @param samplesTrained for files of version 1, which do not say
 * @throws {SpiketuneError} network-damaged; dataset-damaged when the files of the dataset are others now
 */
export async function restoreSubject(
  path: string,
  request: EvaluationRequest,
  dataset: Dataset,
  kernel: WebAssembly.Module,
  samplesTrained: number | null,
): Promise<RestoredSubject> {
  try {
    const file = decodeSafetensors(await readFile(path))
    checkOrigin(file, request)
    checkDataset(file, dataset)
    const subject = createTrialSubject(request, decodeHyperparameters(request.hyperparameters), dataset, kernel)
    const { network, decoder } = subject
    network.setWeights(takeTensor(file.tensors, 'weights', [Float32Array], [network.inputSize, network.neurons]), true)
    network.setTheta(takeTensor(file.tensors, 'theta', [Float32Array], [network.neurons]))
    decoder.restore(file.tensors)
    return { ...subject, state: stateOf(file, samplesTrained) }
  } catch (cause) {
    if (!isDamage(cause)) throw cause
    throw new SpiketuneError(
      'network-damaged',
      `The network of trial ${request.trial} cannot be read from ${path}. Train it again from its seed.`,
      { details: cause.message, cause },
    )
  }
}

const isDamage = (error: unknown): error is Error =>
  error instanceof MalformedNetworkFile || error instanceof RangeError || (error instanceof Error && 'syscall' in error)

function checkOrigin({ metadata }: NetworkFile, { seed }: EvaluationRequest): void {
  if (metadata['seed'] === String(seed)) return
  throw new MalformedNetworkFile(`it was trained from the seed ${metadata['seed'] ?? 'unknown'}, not from ${seed}`)
}

function checkDataset({ metadata }: NetworkFile, dataset: Dataset): void {
  const trainedOn = metadata['datasetSha256']
  if (trainedOn === undefined || trainedOn === dataset.sha256) return
  throw new SpiketuneError(
    'dataset-damaged',
    `The files of the dataset have changed since this network was trained: their SHA-256 was ${trainedOn} and is ` +
      `${dataset.sha256} now. Put the files of then back to see what was measured.`,
  )
}

function stateOf({ metadata }: NetworkFile, samplesTrained: number | null): TrainingState {
  const stored = Number(metadata['samplesTrained'] ?? samplesTrained ?? 0)
  return {
    samplesTrained: Number.isSafeInteger(stored) && stored >= 0 ? stored : 0,
    decoderHasLearned: metadata['decoderHasLearned'] !== 'false',
  }
}
