import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { decodeSafetensors, MalformedNetworkFile, type NetworkFile } from '../../src-core/networkFile/safetensors.ts'

/**
 * Reads the network of a trial from its file, and makes something of it.
 * @param source with the SHA-256 of the file as it was written, where somebody knows it
 * @param use what may find that the file holds something else: throws MalformedNetworkFile or RangeError
 * @throws {SpiketuneError} network-damaged; dataset-damaged when the files of the dataset are others now
 */
export const readNetworkFile = async <Used>(
  { path, sha256 }: { readonly path: string; readonly sha256?: string | undefined },
  request: EvaluationRequest,
  dataset: Pick<Dataset, 'sha256'>,
  use: (file: NetworkFile) => Used,
): Promise<Used> => {
  try {
    const bytes = await readFile(path)
    checkHash(bytes, sha256)
    const file = decodeSafetensors(bytes)
    checkOrigin(file, request)
    checkDataset(file, dataset)
    return use(file)
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

const checkHash = (bytes: Uint8Array, wanted: string | undefined): void => {
  const found = createHash('sha256').update(bytes).digest('hex')
  if (wanted !== undefined && found !== wanted)
    throw new MalformedNetworkFile(`its SHA-256 is ${found}, and was ${wanted}`)
}

const checkOrigin = ({ metadata }: NetworkFile, { seed }: EvaluationRequest): void => {
  if (metadata['seed'] === String(seed)) return
  throw new MalformedNetworkFile(`it was trained from the seed ${metadata['seed'] ?? 'unknown'}, not from ${seed}`)
}

const checkDataset = ({ metadata }: NetworkFile, dataset: Pick<Dataset, 'sha256'>): void => {
  const trainedOn = metadata['datasetSha256']
  if (trainedOn === undefined || trainedOn === dataset.sha256) return
  throw new SpiketuneError(
    'dataset-damaged',
    `The files of the dataset have changed since this network was trained: their SHA-256 was ${trainedOn} and is ` +
      `${dataset.sha256} now. Put the files of then back to see what was measured.`,
  )
}
