/** How much of a file's content is held in memory at once, whatever the file announces or unpacks to. */
import { constants } from 'node:buffer'
import { totalmem } from 'node:os'
import { damaged, type NamedFile } from './damaged.ts'

/**
 * Of samples that are read as a whole: larger datasets are read sample by sample, from recordings or HDF5. One process
 * converts a dataset; half of the memory is left to the others.
 */
export const mostBytesInMemory = Math.min(constants.MAX_LENGTH, 4 * 2 ** 30, Math.floor(totalmem() / 2))

/**
 * @param what such as `x in it unpacks to`
 * @throws {SpiketuneError} dataset-damaged when the bytes are more than may be held
 */
export const checkMemory = (
  bytes: number,
  { file, advice }: NamedFile,
  what: string,
  most = mostBytesInMemory,
): void => {
  if (bytes <= most) return
  throw damaged(file, `${what} ${bytes} bytes, more than the ${most} that are held in memory`, advice)
}
