import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What lies in a folder, as one number: any file added, removed, renamed or changed by a byte changes it.
 *
 * @param {string} folder
 * @param {readonly string[]} without paths in it, with `/`, that do not count
 * @returns {Promise<string>} a SHA-256 over the path and SHA-256 of every file, and over where links lead
 */
export const treeHash = async (folder, without = []) => {
  const hash = createHash('sha256')
  for (const [path, target] of await entriesOf(folder)) {
    if (without.includes(path)) continue
    hash.update(JSON.stringify([path, target ?? (await fileHash(join(folder, path)))]))
  }
  return hash.digest('hex')
}

/**
 * @param {string} file
 * @returns {Promise<string>}
 */
const fileHash = async (file) => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) hash.update(chunk)
  return hash.digest('hex')
}

/**
 * @param {string} folder
 * @param {string} before the path of the folder within that of the first call, with a `/` behind
 * @returns {Promise<[path: string, target: string | undefined][]>} files and links below it in the order of their names;
 *   target: where a link leads
 */
const entriesOf = async (folder, before = '') => {
  /** @type {[string, string | undefined][]} */
  const found = []
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const [path, place] = [before + entry.name, join(folder, entry.name)]
    if (entry.isDirectory()) found.push(...(await entriesOf(place, `${path}/`)))
    else found.push([path, entry.isSymbolicLink() ? `-> ${await readlink(place)}` : undefined])
  }
  return found
}
