import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

/**
 * What a set of files looks like now: any file added, removed, renamed or written changes it.
 *
 * @param {string} root
 * @param {readonly string[]} paths files and folders, relative to root; those that do not exist count as absent
 * @returns {Promise<string>} a SHA-256 over every file's path, size and time of change
 */
export const fingerprint = async (root, paths) => {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of (await filesUnder(join(root, path))).sort()) {
      const { size, mtimeMs } = await stat(file)
      hash.update(JSON.stringify([relative(root, file).split(sep).join('/'), size, mtimeMs]))
    }
  }
  return hash.digest('hex')
}

/**
 * @param {string} stampFile
 * @returns {Promise<string>} the fingerprint written there last; empty when there is none
 */
export const readStamp = async (stampFile) => readFile(stampFile, 'utf8').catch(() => '')

/**
 * @param {string} stampFile
 * @param {string} value
 * @returns {Promise<void>}
 */
export const writeStamp = async (stampFile, value) => {
  await mkdir(dirname(stampFile), { recursive: true })
  await writeFile(stampFile, value)
}

/**
 * @param {string} path
 * @returns {Promise<string[]>} the file itself, or every file below the folder
 */
const filesUnder = async (path) => {
  const found = await stat(path).catch(() => undefined)
  if (!found) return []
  if (!found.isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}
