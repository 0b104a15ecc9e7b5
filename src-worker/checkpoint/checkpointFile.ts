import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  type CheckpointHead,
  checkpointFormat,
  checkpointPrefixBytes,
  checksumBytes,
  decodeHead,
  encodeCheckpoint,
  headLength,
  longestHead,
} from '../../src-core/checkpoint/checkpointHead.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { decodeSafetensors, encodeSafetensors, type NetworkFile } from '../../src-core/networkFile/safetensors.ts'
import { writeWholeFile } from '../networkFile/writeWholeFile.ts'
import { UnfitCheckpoint } from './unfitCheckpoint.ts'

/** Whose checkpoint it is, and who reads it. */
export type CheckpointOwner = Pick<CheckpointHead, 'application' | 'trial' | 'fingerprint' | 'datasetSha256'>

/** SHA-256 of all that the result of a trial follows from, but for the data and the version of the application. */
export const fingerprintOf = ({ definition, hyperparameters, seed, ...request }: EvaluationRequest): string => {
  const { dataset, encoding, network, training, objective, silence, constraints, racing, seeds } = definition
  const parts = { dataset, encoding, network, training, objective, silence, constraints, racing, split: seeds.split }
  const { replicates = 1, incumbent = null, judged = false, pruned = null } = request
  const all = { ...parts, hyperparameters, seed, replicates, incumbent, judged, pruned }
  return createHash('sha256').update(JSON.stringify(all)).digest('hex')
}

/** @throws {SpiketuneError} disk-full, folder-not-writable */
export const writeCheckpoint = async (path: string, head: CheckpointHead, state: NetworkFile): Promise<void> => {
  const bytes = encodeCheckpoint(head, encodeSafetensors(state))
  await writeWholeFile('checkpoint', path, [createHash('sha256').update(bytes).digest(), bytes])
}

/**
 * The state in a checkpoint.
 * @returns null when there is no file
 * @throws {UnfitCheckpoint} when it is torn, of another version, or of another trial
 */
export const readCheckpoint = async (path: string, owner: CheckpointOwner): Promise<NetworkFile | null> => {
  const bytes = await bytesOf(path)
  if (bytes === null) return null
  const checksum = createHash('sha256').update(bytes.subarray(checksumBytes)).digest()
  if (!checksum.equals(bytes.subarray(0, checksumBytes))) throw new UnfitCheckpoint('it is torn')
  const end = checkpointPrefixBytes + Math.min(headLength(bytes), longestHead)
  const head = decodeHead(bytes.subarray(checkpointPrefixBytes, end))
  if (head === null) throw new UnfitCheckpoint('it has no head that this version of Spiketune reads')
  checkOwner(head, owner)
  return decodeSafetensors(bytes.subarray(end))
}

const bytesOf = async (path: string): Promise<Buffer | null> => {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new UnfitCheckpoint(`it cannot be read (${error instanceof Error ? error.message : String(error)})`)
  }
}

const checkOwner = (head: CheckpointHead, owner: CheckpointOwner): void => {
  if (head.application !== owner.application) {
    throw new UnfitCheckpoint(`it is of version ${head.application} of Spiketune, this is ${owner.application}`)
  }
  if (head.format !== checkpointFormat)
    throw new UnfitCheckpoint(`its format is ${head.format}, not ${checkpointFormat}`)
  if (head.trial !== owner.trial) throw new UnfitCheckpoint(`it is of trial ${head.trial}`)
  if (head.fingerprint !== owner.fingerprint)
    throw new UnfitCheckpoint('it is of other hyperparameters or another study')
  if (head.datasetSha256 !== owner.datasetSha256) throw new UnfitCheckpoint('it was trained on other data')
}
