import { constants } from 'node:fs'
import { copyFile, link, mkdir, readdir, readlink, symlink } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Gives a folder's files a second place: by hard links, which take no room and no time, or by copying where the two places
 * lie on different disks.
 *
 * @param {string} from
 * @param {string} to created; must not hold these files yet
 * @returns {Promise<void>}
 */
export const linkTree = async (from, to) => {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await linkTree(source, target)
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target)
    else await linkOrCopy(source, target)
  }
}

/**
 * @param {string} source
 * @param {string} target
 * @returns {Promise<void>}
 */
const linkOrCopy = async (source, target) => {
  try {
    await link(source, target)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EACCES'].includes(String(code))) throw error
    await copyFile(source, target, constants.COPYFILE_FICLONE)
  }
}
