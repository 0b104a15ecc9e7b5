import { randomUUID } from 'node:crypto'
import { constants, copyFile, open, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { explainFileError } from './fileErrors.ts'

/** What a file is to hold: text, bytes, or a copy of another file. */
export type FileContent = string | Uint8Array | { readonly copyOf: string }

/**
 * Writes a file for the person so that it is there whole or not at all, over one that is there: first under a temporary
 * name beside it, which goes whatever happens. A link stays a link: the file that it leads to is written.
 * @throws SpiketuneError folder-not-writable or disk-full
 */
export const writeWhole = async (path: string, content: FileContent): Promise<void> => {
  const folder = dirname(path)
  try {
    const target = await realpath(path).catch(() => path)
    // A name of its own, because one made of a long name would be too long.
    const temporary = join(dirname(target), `.spiketune-${randomUUID()}.tmp`)
    try {
      await writeDurably(temporary, content)
      await rename(temporary, target)
    } finally {
      await rm(temporary, { force: true })
    }
  } catch (error) {
    throw explainFileError(error, folder)
  }
}

const writeDurably = async (path: string, content: FileContent): Promise<void> => {
  const copied = typeof content === 'object' && 'copyOf' in content
  if (copied) await copyFile(content.copyOf, path, constants.COPYFILE_EXCL)
  const file = await open(path, copied ? 'r+' : 'wx')
  try {
    if (!copied) await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}
