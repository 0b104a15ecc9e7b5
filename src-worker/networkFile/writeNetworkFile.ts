import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { encodeSafetensors } from './safetensors.ts'
import type { NetworkFile } from './safetensors.ts'

/**
 * Writes a network's file so that it is there whole or not at all: under a temporary name beside it first.
 * @throws {SpiketuneError} disk-full
 */
export async function writeNetworkFile(path: string, file: NetworkFile): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    await writeDurably(temporary, encodeSafetensors(file))
    await rename(temporary, path)
    await flush(dirname(path))
  } catch (cause) {
    await rm(temporary, { force: true })
    const code = (cause as NodeJS.ErrnoException).code
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw cause
    throw new SpiketuneError('disk-full', `The disk is full: the network could not be written to ${path}.`, { cause })
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the new name durable too. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
