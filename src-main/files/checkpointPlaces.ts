import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CheckpointPlace,
  checkpointPrefixBytes,
  decodeHead,
  headLength,
  longestHead,
} from '../../src-core/checkpoint/checkpointHead.ts'
import { isFileError } from './fileErrors.ts'
import { isCheckpointFile } from './studyFolder.ts'

/**
 * Where the trials of a study would go on, by number: as the heads of their checkpoints say. Whether a checkpoint is whole, the worker
 * that goes on from it finds out. What cannot be read is left out.
 */
export const checkpointPlacesIn = (folder: string): Map<number, CheckpointPlace> => {
  const places = new Map<number, CheckpointPlace>()
  for (const name of filesIn(folder)) {
    const head = isCheckpointFile(name) ? readHead(join(folder, name)) : null
    if (head === null) continue
    const { trial, samplesDone, samplesPlanned, spentMs } = head
    places.set(trial, { samplesDone, samplesPlanned, spentMs })
  }
  return places
}

/** Names of what is in a folder; nothing where it cannot be read. */
export const filesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (!isFileError(error)) throw error
    return []
  }
}

const readHead = (path: string): ReturnType<typeof decodeHead> => {
  try {
    const file = openSync(path, 'r')
    try {
      const prefix = Buffer.alloc(checkpointPrefixBytes)
      const length = headLength(prefix.subarray(0, readSync(file, prefix, 0, prefix.length, 0)))
      if (length === 0 || length > longestHead) return null
      const head = Buffer.alloc(length)
      return decodeHead(head.subarray(0, readSync(file, head, 0, length, checkpointPrefixBytes)))
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (!isFileError(error)) throw error
    return null
  }
}
