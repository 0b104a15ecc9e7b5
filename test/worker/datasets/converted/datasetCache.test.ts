import { existsSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CacheRequest, defaultCacheLimits } from '../../../../src-core/datasets/cacheContents.ts'
import { takeLock } from '../../../../src-worker/datasets/converted/conversionLock.ts'
import { answerOfCache } from '../../../../src-worker/datasets/converted/datasetCache.ts'
import { openFileBytes } from '../../../../src-worker/datasets/converted/fileBytes.ts'
import { convertedPath, loadConverted } from '../../../../src-worker/datasets/converted/loadConverted.ts'
import { openConvertedFile } from '../../../../src-worker/datasets/converted/readConvertedFile.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { everything, sourceAt, surroundings, tinySamples } from './tinySource.ts'

const [events, images] = tinySamples
if (!events || !images) throw new Error('a dataset of each kind')

const dayMs = 24 * 60 * 60 * 1000
const nowMs = 2_000_000_000_000
const look: CacheRequest = { clear: false, limits: null }

/** A cache of two datasets that nobody has open, the second used a day later. */
const cacheOfTwo = async () => {
  const cache = temporaryFolder()
  const paths = []
  for (const [index, samples] of [events, images].entries()) {
    if (samples === undefined) throw new Error('two')
    const { source } = sourceAt(temporaryFolder(), samples)
    await convertedAndClosed(source, cache)
    const path = convertedPath(source, cache)
    const used = (nowMs - (10 - index) * dayMs) / 1000
    utimesSync(path, used, used)
    paths.push(path)
  }
  const [older = '', newer = ''] = paths
  return { cache, older, newer, answer: (request: CacheRequest) => answerOfCache(cache, request, nowMs) }
}

/** What is loaded is closed when nothing refers to it any more: nobody can wait for that here, so that another opens it. */
const convertedAndClosed = async (source: Parameters<typeof loadConverted>[0], cache: string): Promise<void> => {
  const elsewhere = temporaryFolder()
  await loadConverted(source, surroundings(elsewhere))
  const bytes = readFileSync(convertedPath(source, elsewhere))
  const lock = join(cache, 'datasets')
  if (!existsSync(lock)) await answerOfCache(cache, { clear: false, limits: defaultCacheLimits }, nowMs)
  writeFileSync(convertedPath(source, cache), bytes)
}

describe('the cache of converted datasets', () => {
  it('says what is in it, the last used first', async () => {
    const { cache, older, newer, answer } = await cacheOfTwo()
    const entry = (path: string) => ({
      dataset: 'nmnist',
      bytes: statSync(path).size,
      usedAtMs: statSync(path).mtimeMs,
      inUse: false,
    })
    expect(await answer(look)).toEqual({
      folder: join(cache, 'datasets'),
      limits: defaultCacheLimits,
      datasets: [entry(newer), entry(older)],
      freedBytes: 0,
    })
  })

  it('removes the longest unused of what is too much, and what was not used for too long', async () => {
    const { older, newer, answer } = await cacheOfTwo()
    const [olderBytes, newerBytes] = [statSync(older).size, statSync(newer).size]
    const gigabytes = (newerBytes + 1) / 1e9
    expect((await answer({ clear: false, limits: { gigabytes, days: 90 } })).freedBytes).toBe(olderBytes)
    expect([existsSync(older), existsSync(newer)]).toEqual([false, true])
    expect((await answer({ clear: false, limits: { gigabytes: 30, days: 9 } })).freedBytes).toBe(0)
    expect((await answer({ clear: false, limits: { gigabytes: 30, days: 8 } })).freedBytes).toBe(newerBytes)
    expect((await answer(look)).limits).toEqual({ gigabytes: 30, days: 8 })
  })

  it('keeps what somebody has open, or makes', async () => {
    const { cache, older, newer, answer } = await cacheOfTwo()
    const open = await openFileBytes(older)
    const lock = await takeLock(newer, Date.now())
    const all: CacheRequest = { clear: true, limits: { gigabytes: 0, days: 1 } }
    const kept = await answerOfCache(cache, all, Date.now())
    expect(kept.freedBytes).toBe(0)
    expect(kept.datasets.map(({ inUse }) => inUse)).toEqual([true, true])
    open?.close()
    await lock?.release()
    expect((await answer(all)).datasets).toEqual([])
    expect(readdirSync(join(cache, 'datasets'))).toEqual(['limits.json'])
  })

  it('has a content once, from whichever place it was read', async () => {
    const cache = temporaryFolder()
    const sources = [images, images, events].map((samples) => sourceAt(temporaryFolder(), samples))
    for (const { source } of sources) await everything(source, cache)
    const [first = '', second = '', other = ''] = sources.map(({ source }) => convertedPath(source, cache))
    expect(statSync(first).ino).toBe(statSync(second).ino)
    expect(statSync(other).ino).not.toBe(statSync(first).ino)
    expect((await answerOfCache(cache, look, Date.now())).datasets).toHaveLength(2)
    expect(sources.map(({ counter }) => counter.readings)).toEqual([1, 1, 1])
    // A copy that is damaged is no one's but the damaged.
    const bytes = readFileSync(first)
    bytes[8] = 77
    writeFileSync(first, bytes)
    const third = sourceAt(temporaryFolder(), images)
    expect(await everything(third.source, cache)).toEqual(images.samples)
    expect(await (await openConvertedFile(first))?.verify(() => Promise.resolve())).toBe(false)
  })

  it('marks what is loaded as used', async () => {
    const cache = temporaryFolder()
    const { source } = sourceAt(temporaryFolder(), images)
    await everything(source, cache)
    const path = convertedPath(source, cache)
    utimesSync(path, 1000, 1000)
    const before = Date.now()
    await everything(source, cache)
    expect(statSync(path).mtimeMs).toBeGreaterThan(before - 60_000)
  })
})
