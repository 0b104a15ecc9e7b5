import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'

/**
 * Writes a file so that it is there whole or not at all: under a temporary name beside it first. Its folder is
 * made anew where somebody has removed it, but not that which it lies in: a study that is gone does not come back as a folder
 * of networks.
 * @param what it is, for people
 * @throws {SpiketuneError} disk-full, folder-not-writable
 */
export const writeWholeFile = async (what: string, path: string, pieces: readonly Uint8Array[]): Promise<void> => {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    await writeDurably(temporary, pieces).catch(async (error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
      await mkdir(dirname(path))
      await writeDurably(temporary, pieces)
    })
    await rename(temporary, path)
    await flush(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw explained(what, path, error)
  }
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : null

/** Why a system does not let a file be written, for those who are to do something about it. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  ENOENT: 'its folder is not there any more',
  ENOTDIR: 'its folder is not there any more',
  EACCES: 'this user may not write to its folder',
  EPERM: 'this user may not write to its folder',
  EROFS: 'its disk may only be read',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'its disk fails',
  ESTALE: 'its disk is gone',
}

const explained = (what: string, path: string, cause: unknown): unknown => {
  const code = codeOf(cause)
  if (code === null) return cause
  return new SpiketuneError(
    code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'folder-not-writable',
    `The ${what} could not be written to ${path}: ${reasons[code] ?? code}.`,
    { cause },
  )
}

const writeDurably = async (path: string, pieces: readonly Uint8Array[]): Promise<void> => {
  const file = await open(path, 'w')
  try {
    for (const piece of pieces) await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the new name durable too. */
const flush = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
