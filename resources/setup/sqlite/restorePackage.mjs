import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from '../common/cacheFolder.mjs'
import { fetchPackage } from '../common/fetchPackage.mjs'
import { say } from '../common/steps.mjs'

/**
 * Puts better-sqlite3 back where npm has dropped it. npm before version 11.19 runs `node-gyp rebuild` in every package with
 * a binding.gyp that it installs by a lock file, though this package says that there is nothing to build; without Python
 * that fails. The package is therefore an optional dependency: npm then removes it instead of failing the whole install,
 * and it is put back here, where what is missing can be said or installed.
 *
 * @param {string} root the project's folder
 * @returns {Promise<void>}
 */
export async function restorePackage(root) {
  const modules = join(root, 'node_modules')
  if (await exists(join(modules, 'better-sqlite3', 'package.json'))) return
  say('better-sqlite3: npm could not run its install script and dropped it; fetching it again')
  const staging = await mkdtemp(join(modules, '.better-sqlite3-'))
  try {
    const fetched = await fetchPackage('better-sqlite3', await lockedVersion(root), staging, { cache: true })
    for (const name of ['node-addon-api', 'better-sqlite3']) {
      if (!(await exists(join(modules, name)))) await cp(join(fetched, name), join(modules, name), { recursive: true })
    }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/**
 * @param {string} root
 * @returns {Promise<string>} the version that the lock file names
 */
async function lockedVersion(root) {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  return String(lock.packages['node_modules/better-sqlite3'].version)
}
