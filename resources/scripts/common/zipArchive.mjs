import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'
import { SetupProblem } from './steps.mjs'

/**
 * Unpacks chosen files of a ZIP archive, with their Unix permissions: a fresh machine has no `unzip`.
 *
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} place where in the folder a file goes; undefined leaves it out
 * @returns {Promise<number>} how many files were written
 * @throws {SetupProblem} when the archive is damaged, uses what is not supported, or points outside the folder
 */
export const unpack = async (archive, folder, place) => {
  try {
    return await unpackEntries(archive, folder, place)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) throw cause
    const what = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '')
    throw new SetupProblem(
      `the archive ${archive} cannot be unpacked: ${what}. Run the install again to fetch it anew.`,
    )
  }
}

/**
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} place
 */
const unpackEntries = async (archive, folder, place) => {
  const zip = await openPromise(archive)
  try {
    let written = 0
    for await (const entry of zip.eachEntry()) {
      const target = entry.fileName.endsWith('/') ? undefined : place(entry.fileName)
      if (target === undefined) continue
      await mkdir(dirname(join(folder, target)), { recursive: true })
      // The high half of the external attributes is the Unix mode where the archive was written on Unix.
      const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(join(folder, target), { mode }))
      written += 1
    }
    return written
  } finally {
    zip.close()
  }
}
