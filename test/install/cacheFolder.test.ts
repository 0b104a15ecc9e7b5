import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { fillCacheEntry, isIntact, trustAsItIs } from '../../resources/scripts/common/cacheFolder.mjs'
import { isRegistryRuntime } from '../../resources/install/electron/registryRuntime.mjs'
import { temporaryFolder } from '../support/temporaryFolder.ts'

describe('an entry of the cache', () => {
  let entry: string

  beforeEach(async () => {
    const cache = temporaryFolder()
    vi.stubEnv('SPIKETUNE_CACHE', cache)
    entry = join(cache, 'electron', '33.2.1-linux-x64')
    await fillCacheEntry(entry, (staging) => {
      mkdirSync(join(staging, 'runtime', 'locales'), { recursive: true })
      writeFileSync(join(staging, 'runtime', 'electron'), 'binary')
      writeFileSync(join(staging, 'runtime', 'locales', 'en.pak'), 'words')
      symlinkSync('electron', join(staging, 'runtime', 'alias'))
      return Promise.resolve(join(staging, 'runtime'))
    })
  })
  afterAll(() => vi.unstubAllEnvs())

  it('is intact as it was put there', async () => {
    expect(await isIntact(entry)).toBe(true)
  })

  it.each<[string, (at: (name: string) => string) => void]>([
    ['a byte more', (at) => appendFileSync(at('electron'), '!')],
    ['other bytes of the same length', (at) => writeFileSync(at('locales/en.pak'), 'Words')],
    ['a file more', (at) => writeFileSync(at('version'), '')],
    ['a file less', (at) => rmSync(at('locales/en.pak'))],
    ['a file elsewhere', (at) => renameSync(at('locales/en.pak'), at('en.pak'))],
    [
      'a link that leads elsewhere',
      (at) => {
        rmSync(at('alias'))
        symlinkSync('/bin/sh', at('alias'))
      },
    ],
  ])('is not with %s', async (_what, change) => {
    change((name) => join(entry, name))
    expect(await isIntact(entry)).toBe(false)
  })

  it('of which nothing is known is not, before somebody vouches for it; of a changed one nobody can', async () => {
    rmSync(`${entry}.sha256`)
    expect(await isIntact(entry)).toBe(false)
    await trustAsItIs(entry)
    expect(await isIntact(entry)).toBe(true)
    appendFileSync(join(entry, 'electron'), '!')
    await trustAsItIs(entry)
    expect(await isIntact(entry)).toBe(false)
  })

  it('is no runtime of the npm registry, whatever hash lies beside it', async () => {
    expect(await isRegistryRuntime(entry)).toBe(false)
  })
})
