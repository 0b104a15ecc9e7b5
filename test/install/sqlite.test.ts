import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectRoot } from '../../resources/scripts/common/projectRoot.mjs'
import { buildArguments, headersFolder } from '../../resources/install/sqlite/build.mjs'
import { builtBinary, hosts, whyNot } from '../../resources/install/sqlite/check.mjs'
import { reducedLock } from '../../resources/install/sqlite/restorePackage.mjs'
import { installSqlite } from '../../resources/install/sqlite/installSqlite.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spiketune-sqlite-'))
})
afterEach(() => rmSync(root, { recursive: true }))

describe('installSqlite', () => {
  let packageFolder: string

  beforeEach(() => {
    const modules = join(projectRoot, 'node_modules')
    packageFolder = join(root, 'node_modules/better-sqlite3')
    mkdirSync(packageFolder, { recursive: true })
    for (const part of ['package.json', 'lib', 'prebuilds']) {
      cpSync(join(modules, 'better-sqlite3', part), join(packageFolder, part), { recursive: true })
    }
    for (const name of ['electron', 'node-addon-api'])
      symlinkSync(join(modules, name), join(root, 'node_modules', name))
  })

  const expectWorksEverywhere = async (): Promise<void> => {
    const all = await hosts(root)
    expect(all[0]?.label).toBe(`Node ${process.versions.node}`)
    for (const host of all) expect(await whyNot(host, packageFolder)).toBe('')
  }

  it('makes a fresh package work in every host, and does nothing the second time', async () => {
    expect(await installSqlite(root)).toMatch(/^works in Node/)
    await expectWorksEverywhere()
    const built = builtBinary(packageFolder)
    const before = statSync(built, { throwIfNoEntry: false })?.mtimeMs
    expect(await installSqlite(root)).toMatch(/as built here$|as shipped$/)
    expect(statSync(built, { throwIfNoEntry: false })?.mtimeMs).toBe(before)
  })

  it('replaces a binary that does not load', async () => {
    const built = builtBinary(packageFolder)
    mkdirSync(join(packageFolder, 'build/Release'), { recursive: true })
    writeFileSync(built, 'not a binary')
    const [node] = await hosts(root)
    if (!node) throw new Error('there is no host to try it in')
    expect(await whyNot(node, packageFolder)).toContain('in Node')
    await installSqlite(root)
    await expectWorksEverywhere()
  })
})

describe('a host that cannot be started yet', () => {
  const host = (shippedLoads: boolean) => ({ label: 'Electron', command: '/nowhere/electron', env: {}, shippedLoads })

  it('is judged by its version', async () => {
    expect(await whyNot(host(true), root)).toBe('')
    expect(await whyNot(host(false), root)).toContain('older than 35')
  })

  it('takes a binary that was built here', async () => {
    mkdirSync(join(root, 'build/Release'), { recursive: true })
    writeFileSync(builtBinary(root), '')
    expect(await whyNot(host(false), root)).toBe('')
  })
})

describe('headersFolder', () => {
  const headers = (major: number): void => {
    mkdirSync(join(root, 'include/node'), { recursive: true })
    writeFileSync(join(root, 'include/node/node_version.h'), `#define NODE_MAJOR_VERSION ${major}\n`)
  }

  it('is the folder of the running Node when its headers are there', async () => {
    headers(20)
    expect(await headersFolder(join(root, 'bin/node'), '20.19.0')).toBe(root)
  })

  it('does not take the headers of another version', async () => {
    headers(18)
    expect(await headersFolder(join(root, 'bin/node'), '99.0.0')).toBe('')
  })
})

describe('buildArguments', () => {
  it('names the headers only where there are some', () => {
    expect(buildArguments('/package', '/usr')).toContain('--nodedir=/usr')
    expect(buildArguments('/package', '').join(' ')).not.toContain('nodedir')
  })
})

describe('reducedLock', () => {
  const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as Parameters<
    typeof reducedLock
  >[0]

  it('holds better-sqlite3 and what it needs, by version and hash, as ordinary dependencies', () => {
    const { packages } = reducedLock(lock)
    expect(Object.keys(packages)).toEqual(['', 'node_modules/node-addon-api', 'node_modules/better-sqlite3'])
    const { version } = lock.packages['node_modules/better-sqlite3'] ?? { version: 'none' }
    expect(packages['']).toMatchObject({ dependencies: { 'better-sqlite3': version } })
    const entry = packages['node_modules/better-sqlite3']
    expect(entry).toMatchObject({ version, integrity: expect.stringMatching(/^sha512-/) })
    expect(JSON.stringify(entry)).not.toContain('optional')
  })

  it('fails on a lock file without it', () => {
    expect(() => reducedLock({ packages: {} })).toThrow(/has no node-addon-api/)
  })
})
