import { createHash } from 'node:crypto'
import { encodeSafetensors, type NetworkFile } from '../../src-core/networkFile/safetensors.ts'
import { writeWholeFile } from './writeWholeFile.ts'

/**
 * Writes a network's file so that it is there whole or not at all.
 * @returns the SHA-256 of what it holds
 * @throws {SpiketuneError} disk-full, folder-not-writable
 */
export const writeNetworkFile = async (path: string, file: NetworkFile): Promise<string> => {
  const bytes = encodeSafetensors(file)
  await writeWholeFile('network', path, [bytes])
  return createHash('sha256').update(bytes).digest('hex')
}
