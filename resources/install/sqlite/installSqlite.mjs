import { copyFile, mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { cacheFolder, exists, fillCacheEntry, isIntact, trustAsItIs } from '../../scripts/common/cacheFolder.mjs'
import { SetupProblem, say } from '../../scripts/common/steps.mjs'
import { buildBinary, cachedBinary } from './build.mjs'
import { restorePackage } from './restorePackage.mjs'
import { builtBinary, hosts, whyNot } from './check.mjs'

/**
 * Makes sure that better-sqlite3 works in the running Node and in the installed Electron: with the binary it ships, with one
 * built here before and kept in the cache folder, or with one built now.
 *
 * @param {string} root the project's folder
 * @returns {Promise<string>} what was done
 * @throws {SetupProblem} when it cannot be made to work
 */
export const installSqlite = async (root) => {
  const modules = join(root, 'node_modules')
  const packageFolder = join(modules, 'better-sqlite3')
  await restorePackage(root)
  const all = await hosts(root)
  const where = all.map((host) => host.label).join(' and ')
  /** @param {string} [binary] */
  const problem = async (binary) => {
    for (const host of all) {
      const reason = await whyNot(host, packageFolder, binary)
      if (reason) return reason
    }
    return ''
  }

  const built = builtBinary(packageFolder)
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'))
  const cached = cachedBinary(version)
  const reason = await problem()
  if (!reason) {
    // The binary that works here is the kept one: so that is what was put there.
    if (await areEqual(built, cached)) await trustAsItIs(dirname(cached))
    return `works in ${where}, ${(await exists(built)) ? 'as built here' : 'as shipped'}`
  }
  if (await exists(built)) {
    await rm(built)
    if (!(await problem())) return `works in ${where} as shipped; a binary built earlier did not, and was removed`
  }

  // Not loaded before it is known to be what was built here.
  const fromCache = (await isIntact(dirname(cached))) && !(await problem(cached))
  if (!fromCache) {
    say(`better-sqlite3: the shipped binary does not load ${reason}`)
    await fillCacheEntry(dirname(cached), (staging) => buildBinary(modules, staging))
    const failure = await problem(cached)
    if (failure) {
      await rm(dirname(cached), { recursive: true })
      throw new SetupProblem(`better-sqlite3 was built and still does not load ${failure}`)
    }
  }
  await mkdir(dirname(built), { recursive: true })
  await copyFile(cached, built)
  return `works in ${where}, ${fromCache ? `with the build kept in ${cacheFolder()}` : 'built here'}`
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {Promise<boolean>} whether both are there and hold the same bytes
 */
const areEqual = async (one, other) => {
  const first = await readFile(one).catch(() => null)
  const second = await readFile(other).catch(() => null)
  return first !== null && second !== null && first.equals(second)
}
