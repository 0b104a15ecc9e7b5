import { link, readdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { openConvertedFile } from './readConvertedFile.ts'

/**
 * Makes a new file another name of one beside it that has the same content, where there is such a one: the same dataset
 * is often read from more than one place, and takes its room on the disk once. Where the disk has no such names, it stays.
 * @param path where the file will lie
 */
export const shareContent = async (file: string, path: string): Promise<void> => {
  const folder = dirname(path)
  const { size } = await stat(file)
  for (const name of await readdir(folder)) {
    const other = join(folder, name)
    if (!name.endsWith('.samples') || other === path) continue
    const found = await stat(other).catch(() => null)
    if (found?.size !== size || !(await haveSameContent(file, other))) continue
    const shared = `${file}.same.partial`
    try {
      await link(other, shared)
      await rename(shared, file)
    } catch {
      // A copy of its own, then.
    }
    return
  }
}

/** The facts, which have the hash of the sources, and the checksums and labels of all samples; the other is whole, too. */
const haveSameContent = async (file: string, other: string): Promise<boolean> => {
  const [one, two] = [await openConvertedFile(file), await openConvertedFile(other)]
  try {
    if (one === null || two === null) return false
    const same = isDeepStrictEqual(one.header, two.header) && one.indexChecksum === two.indexChecksum
    return same && (await two.verify(() => Promise.resolve()))
  } finally {
    one?.close()
    two?.close()
  }
}
