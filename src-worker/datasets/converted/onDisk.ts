import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'

/**
 * Writes beside or into a converted dataset.
 * @throws {SpiketuneError} disk-full, folder-not-writable: the errors of the disk that the cache lies on, in words
 */
export const onDisk = async <Result>(path: string, write: () => Promise<Result>): Promise<Result> => {
  try {
    return await write()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    const advice = 'Make room, or name another folder in the environment variable SPIKETUNE_CACHE.'
    const full = code === 'ENOSPC' || code === 'EDQUOT'
    throw new SpiketuneError(
      full ? 'disk-full' : 'folder-not-writable',
      `The converted dataset ${path} cannot be written (${full ? 'the disk is full' : code}). ${advice}`,
      { cause },
    )
  }
}
