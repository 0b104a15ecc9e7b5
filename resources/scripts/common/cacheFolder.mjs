import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { treeHash } from './treeHash.mjs'

/**
 * The folder, outside node_modules, that keeps what is slow to prepare, so that a second install takes seconds.
 *
 * @param {NodeJS.ProcessEnv} env SPIKETUNE_CACHE names it directly; else it is `spiketune` in the user's cache folder
 * @returns {string} an absolute path; the folder may not exist yet
 */
export const cacheFolder = (env = process.env) => {
  if (env.SPIKETUNE_CACHE) return env.SPIKETUNE_CACHE
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'spiketune')
  if (process.platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'spiketune', 'cache')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'spiketune')
  return join(homedir(), '.cache', 'spiketune')
}

/**
 * A short name for a set of settings, to key a cache entry by them.
 *
 * @param {readonly string[]} settings
 * @returns {string} 10 hexadecimal digits
 */
export const cacheKey = (settings) => createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 10)

/**
 * Prepares a cache entry in a staging folder and moves it into place in one step, so that an interrupted or a second
 * install never sees half an entry.
 *
 * @param {string} entry the folder to end up with; replaced when it is there already
 * @param {(staging: string) => Promise<string>} prepare fills the staging folder, answers which folder in it is the entry
 * @returns {Promise<void>}
 */
export const fillCacheEntry = async (entry, prepare) => {
  // The staging folder lies beside the cache and not in /tmp, which may be a small memory disk.
  const staging = join(cacheFolder(), `staging-${process.pid}-${randomBytes(4).toString('hex')}`)
  await mkdir(staging, { recursive: true })
  try {
    const prepared = await prepare(staging)
    const hash = await treeHash(prepared)
    await mkdir(join(entry, '..'), { recursive: true })
    await rm(entry, { recursive: true, force: true })
    await writeFile(hashFile(entry), `${hash}\n`)
    await rename(prepared, entry)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/**
 * Whether a cache entry is what was put there. What is hard-linked into node_modules changes with it there, and disks rot: an
 * entry that differs, or of which nothing is known, is prepared anew.
 *
 * @param {string} entry
 * @returns {Promise<boolean>}
 */
export const isIntact = async (entry) => {
  if (!(await exists(entry))) return false
  const written = await readFile(hashFile(entry), 'utf8').catch(() => '')
  return written.trim() === (await treeHash(entry))
}

/**
 * Takes an entry that an earlier version put there for what it is now, where nothing is known of it.
 *
 * @param {string} entry
 * @returns {Promise<void>}
 */
export const trustAsItIs = async (entry) => {
  if (!(await exists(hashFile(entry)))) await writeFile(hashFile(entry), `${await treeHash(entry)}\n`)
}

/**
 * @param {string} entry
 * @returns {string} beside it, as the entry itself is taken as a whole
 */
const hashFile = (entry) => `${entry}.sha256`

/**
 * @param {string} path
 * @returns {Promise<boolean>} whether something lies there
 */
export const exists = async (path) =>
  stat(path).then(
    () => true,
    () => false,
  )
