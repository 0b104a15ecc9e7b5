import { join } from 'node:path'
import { exists } from '../../scripts/common/cacheFolder.mjs'
import { lastLines, runProcess } from '../../scripts/common/runProcess.mjs'
import { binaryName, checkRuntime, runtimeFolder, writtenVersion } from '../electron/runtime.mjs'

/**
 * A program that must load better-sqlite3. `shippedLoads` is set where it is installed and cannot be started yet:
 * whether the shipped binary will load in it, by its version.
 *
 * @typedef {{ label: string, command: string, env: NodeJS.ProcessEnv, shippedLoads?: boolean }} Host
 */

// The shipped binaries use Node-API 10: Electron has it from this major version on, and crashes on them before.
const firstElectronWithNodeApi10 = 35

/** Works the module once: opens a database in memory, writes, reads back. Arguments: the module, and a binary or ''. */
const probe = `
const [folder, nativeBinding] = process.argv.slice(1)
const Database = require(folder)
const database = new Database(':memory:', nativeBinding ? { nativeBinding } : {})
database.exec('create table probe (number real, bytes blob)')
database.prepare('insert into probe values (?, ?)').run(0.5, Buffer.from([1, 2]))
const row = database.prepare('select number, bytes from probe').get()
if (row.number !== 0.5 || row.bytes.length !== 2) throw new Error('it read back something else than was written')
database.close()
process.stdout.write('works')
`

/**
 * @param {string} root the project's folder
 * @returns {Promise<Host[]>} the running Node, and the installed Electron
 */
export const hosts = async (root) => {
  const node = { label: `Node ${process.versions.node}`, command: process.execPath, env: { ...process.env } }
  const folder = runtimeFolder(root)
  const state = await checkRuntime(folder)
  if (state.kind !== 'works' && state.kind !== 'libraries') return [node]
  const electron = {
    label: 'Electron',
    command: join(folder, binaryName()),
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  }
  if (state.kind === 'works') return [node, { ...electron, label: `Electron ${state.version}` }]
  const major = Number.parseInt(await writtenVersion(folder), 10)
  return [node, { ...electron, shippedLoads: major >= firstElectronWithNodeApi10 }]
}

/**
 * Tries better-sqlite3 in a process of its own, because a binary for another Node-API does not fail there: it crashes.
 *
 * @param {Host} host
 * @param {string} packageFolder
 * @param {string} [binary] to load in place of the one that the package chooses
 * @returns {Promise<string>} empty when it works, else why not
 */
export const whyNot = async (host, packageFolder, binary = '') => {
  if (host.shippedLoads !== undefined) return presume(host, packageFolder, binary)
  const env = { ...host.env, NODE_OPTIONS: '' }
  const ended = await runProcess(host.command, ['-e', probe, packageFolder, binary], { env, timeoutMs: 60_000 })
  if (ended.code === 0 && ended.stdout === 'works') return ''
  return `in ${host.label}: ${ended.signal ? `it crashes (${ended.signal})` : lastLines(ended, 4)}`
}

/**
 * @param {Host} host one that cannot be started yet
 * @param {string} packageFolder
 * @param {string} binary
 * @returns {Promise<string>} as whyNot; a binary that was built here loads in every Electron
 */
const presume = async (host, packageFolder, binary) => {
  const built = binary !== '' || (await exists(builtBinary(packageFolder)))
  return built || host.shippedLoads ? '' : `${host.label} here is older than ${firstElectronWithNodeApi10}`
}

/**
 * @param {string} packageFolder
 * @returns {string} where the package looks for a binary that was built, before it takes the shipped one (lib/binding.js)
 */
export const builtBinary = (packageFolder) => join(packageFolder, 'build', 'Release', 'better_sqlite3.node')
