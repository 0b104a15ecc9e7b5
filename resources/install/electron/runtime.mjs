import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from '../../scripts/common/cacheFolder.mjs'
import { lastLines, runProcess } from '../../scripts/common/runProcess.mjs'

/**
 * Whether an Electron runtime starts: its version when it does, else why not. `libraries` means that it is complete but
 * this system lacks shared libraries which it needs.
 *
 * @typedef {{ kind: 'works', version: string } | { kind: 'libraries', missing: string }
 *   | { kind: 'broken', reason: string } | { kind: 'absent' }} RuntimeState
 */

/**
 * Where the Electron binary lies in a runtime's folder.
 *
 * @param {string} platform as process.platform
 * @returns {string}
 */
export const binaryName = (platform = process.platform) => {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/**
 * @param {string} root the project's folder
 * @returns {string} the folder in which the npm package `electron` looks for its runtime
 */
export const runtimeFolder = (root) => join(root, 'node_modules', 'electron', 'dist')

/**
 * @param {string} root
 * @returns {Promise<string>} the version of the npm package `electron`; empty when it is not installed
 */
export const packageVersion = async (root) => {
  const file = join(root, 'node_modules', 'electron', 'package.json')
  return (await exists(file)) ? String(JSON.parse(await readFile(file, 'utf8')).version) : ''
}

/**
 * Starts a runtime as plain Node, which needs no display, and asks for its version.
 *
 * @param {string} folder
 * @returns {Promise<RuntimeState>}
 */
export const checkRuntime = async (folder) => {
  const binary = join(folder, binaryName())
  if (!(await exists(binary))) return { kind: 'absent' }
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' }
  const ended = await runProcess(binary, ['-p', 'process.versions.electron'], { env, timeoutMs: 60_000 })
  const version = ended.stdout.trim()
  if (ended.code === 0 && /^\d+\.\d+\.\d+/.test(version)) return { kind: 'works', version }
  const missing = /error while loading shared libraries: ([^:\s]+)/.exec(ended.stderr)?.[1]
  return missing ? { kind: 'libraries', missing } : { kind: 'broken', reason: lastLines(ended) || `exit ${ended.code}` }
}

/**
 * @param {string} folder a runtime's folder
 * @returns {Promise<string>} the version written in it; empty when there is none
 */
export const writtenVersion = async (folder) => {
  const text = await readFile(join(folder, 'version'), 'utf8').catch(() => '')
  return text.trim().replace(/^v/, '')
}

/**
 * Tells the npm package `electron` where its binary lies, as its own installer does.
 *
 * @param {string} root
 * @returns {Promise<void>}
 */
export const writePathFile = async (root) => {
  await writeFile(join(root, 'node_modules', 'electron', 'path.txt'), binaryName())
}
