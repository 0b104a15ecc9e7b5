import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from '../../scripts/common/cacheFolder.mjs'
import { npmCommand, npmEnvironment } from '../../scripts/common/npmCommand.mjs'
import { lastLines, runProcess } from '../../scripts/common/runProcess.mjs'
import { SetupProblem, say } from '../../scripts/common/steps.mjs'

// better-sqlite3 is an optional dependency because npm cannot be trusted to install it everywhere. npm before version 11.19
// runs `node-gyp rebuild` in each package with a binding.gyp that it installs by a lock file, though this one says that it
// has nothing to build; that takes Python and Node's headers, and without them the whole install would fail. An optional
// package is left out instead, also where its declared Node version (22) is newer than the running one, and is put back
// here, where what is missing can be said or installed.
const names = /** @type {const} */ (['node-addon-api', 'better-sqlite3'])

/**
 * Puts better-sqlite3 back where npm has left it out: the version of the lock file, checked against its hash.
 *
 * @param {string} root the project's folder
 * @returns {Promise<void>}
 * @throws {SetupProblem} when npm cannot fetch it
 */
export const restorePackage = async (root) => {
  const modules = join(root, 'node_modules')
  const absent = await Promise.all(names.map(async (name) => !(await exists(join(modules, name, 'package.json')))))
  if (!absent.includes(true)) return
  say('better-sqlite3: fetching the package, which npm leaves out where it does not know how to build it')
  await mkdir(modules, { recursive: true })
  const staging = await mkdtemp(join(modules, '.better-sqlite3-'))
  try {
    const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
    await writeFile(join(staging, 'package-lock.json'), JSON.stringify(reducedLock(lock)))
    await writeFile(join(staging, 'package.json'), JSON.stringify(reducedLock(lock).packages['']))
    const { command, args } = npmCommand(['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
    const ended = await runProcess(command, args, { cwd: staging, env: npmEnvironment(), timeoutMs: 300_000 })
    if (ended.code !== 0) throw new SetupProblem(`npm could not fetch better-sqlite3:\n${lastLines(ended)}`)
    for (const name of names.filter((_, index) => absent[index])) {
      await rm(join(modules, name), { recursive: true, force: true })
      await cp(join(staging, 'node_modules', name), join(modules, name), { recursive: true })
    }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/**
 * The part of a lock file that better-sqlite3 needs, with it as an ordinary dependency.
 *
 * @param {{ packages: Record<string, { version: string, optional?: boolean } | undefined> }} lock
 * @returns {{ lockfileVersion: number, packages: Record<string, object> }}
 * @throws {Error} when the lock file does not have it
 */
export const reducedLock = (lock) => {
  /** @type {Record<string, string>} */
  const dependencies = {}
  /** @type {Record<string, object>} */
  const packages = { '': { dependencies } }
  for (const name of names) {
    const locked = lock.packages[`node_modules/${name}`]
    if (!locked) throw new Error(`package-lock.json has no ${name}`)
    packages[`node_modules/${name}`] = { ...locked, optional: undefined }
    dependencies[name] = locked.version
  }
  return { lockfileVersion: 3, packages }
}
