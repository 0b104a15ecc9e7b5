// The folder of an installed Spiketune: the runtime with its fuses set, the application in its archive, and what goes with them.
import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packagedFuses, setFuses } from '../install/electron/fuses.mjs'
import { runtimeFolder } from '../install/electron/runtime.mjs'
import { writeApplication } from './applicationFiles.mjs'
import { noticesOf, noticesText } from './notices.mjs'
import { filesBelow } from './shippedPackages.mjs'

/** Of the runtime: Electron's own application, and what Chromium says in languages that the window does not speak. */
const isLeftOut = (/** @type {string} */ path) =>
  path === 'resources/default_app.asar' || (path.startsWith('locales/') && path !== 'locales/en-US.pak')

/** Under its own name the binary takes the application for a packaged one. */
const renamed = /** @type {Readonly<Record<string, string>>} */ ({
  electron: 'spiketune',
  LICENSE: 'LICENSE.electron.txt',
})

/**
 * Writes the folder anew.
 *
 * @param {string} root the project's folder, built, with its runtime
 * @param {string} to
 * @returns {void}
 */
export const makeTree = (root, to) => {
  rmSync(to, { recursive: true, force: true })
  const runtime = runtimeFolder(root)
  for (const path of filesBelow(runtime)) {
    if (isLeftOut(path)) continue
    const target = join(to, renamed[path] ?? path)
    mkdirSync(dirname(target), { recursive: true })
    // A copy and no link: the runtime of the project keeps its fuses.
    copyFileSync(join(runtime, path), target, constants.COPYFILE_FICLONE)
  }
  const binary = join(to, 'spiketune')
  const content = readFileSync(binary)
  setFuses(content, packagedFuses)
  writeFileSync(binary, content)
  mkdirSync(join(to, 'resources'), { recursive: true })
  writeApplication(root, join(to, 'resources'))
  const tables = readFileSync(join(root, 'resources', 'tables', 'LICENCE.md'), 'utf8')
  writeFileSync(join(to, 'THIRD-PARTY-NOTICES.txt'), noticesText(noticesOf(root), tables))
  copyFileSync(join(root, 'LICENSE'), join(to, 'LICENSE'))
  copyFileSync(join(root, 'CHANGELOG.md'), join(to, 'CHANGELOG.md'))
  mkdirSync(join(to, 'bin'))
  copyFileSync(join(root, 'resources', 'package', 'launcher.sh'), join(to, 'bin', 'spiketune'))
  for (const path of filesBelow(to)) chmodSync(join(to, path), isProgram(path) ? 0o755 : 0o644)
}

/**
 * @param {string} path in the folder
 * @returns {boolean}
 */
const isProgram = (path) =>
  ['spiketune', 'bin/spiketune', 'chrome-sandbox', 'chrome_crashpad_handler'].includes(path) ||
  /\.so(?:\.\d+)*$/.test(path)

/**
 * @param {string} tree
 * @returns {string[]} the files in it that the system loads
 */
export const binariesOf = (tree) =>
  [
    'spiketune',
    'chrome-sandbox',
    'chrome_crashpad_handler',
    ...filesBelow(tree).filter((path) => /\.(?:node|so(?:\.\d+)*)$/.test(path)),
  ]
    .map((path) => join(tree, path))
    .filter((path) => existsSync(path))
