/**
 * The folder of all converted datasets: what is in it, and what goes when it is too much or too old. What a process has
 * open is locked by it (`fileBytes.ts`), and stays; so does what one is making.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type CacheContents,
  type CacheLimits,
  cacheLimitsSchema,
  type CacheRequest,
  defaultCacheLimits,
} from '../../../src-core/datasets/cacheContents.ts'
import { othersProgress } from './conversionLock.ts'
import { isOpenElsewhere, removeUnlessOpen } from './fileLock.ts'
import { onDisk } from './onDisk.ts'

const dayMs = 24 * 60 * 60 * 1000
const ending = '.samples'

export const datasetsFolder = (cacheFolder: string): string => join(cacheFolder, 'datasets')

/** One content, whatever number of names it has. */
interface Entry {
  readonly paths: readonly string[]
  readonly dataset: string
  readonly bytes: number
  readonly usedAtMs: number
}

/** Answers what the cache holds, after it has done what is asked. */
export const answerOfCache = async (
  cacheFolder: string,
  request: CacheRequest,
  nowMs: number,
): Promise<CacheContents> => {
  if (request.limits !== null) await writeLimits(cacheFolder, request.limits)
  const limits = await readLimits(cacheFolder)
  const freedBytes = request.clear
    ? await removeAll(await entriesIn(cacheFolder), nowMs)
    : await tidyCache(cacheFolder, nowMs)
  const datasets = []
  for (const entry of await entriesIn(cacheFolder)) {
    const { dataset, bytes, usedAtMs } = entry
    datasets.push({ dataset, bytes, usedAtMs, inUse: await isInUse(entry, nowMs) })
  }
  return { folder: datasetsFolder(cacheFolder), limits, datasets, freedBytes }
}

/**
 * Removes what was not used for too long, then what is too much, the longest unused first.
 * @returns bytes that are free now
 */
export const tidyCache = async (cacheFolder: string, nowMs: number): Promise<number> => {
  const { gigabytes, days } = await readLimits(cacheFolder)
  const entries = await entriesIn(cacheFolder)
  let total = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  let freed = 0
  for (const entry of entries.reverse()) {
    if (nowMs - entry.usedAtMs <= days * dayMs && total <= gigabytes * 1e9) continue
    const removed = await removeAll([entry], nowMs)
    total -= removed
    freed += removed
  }
  return freed
}

/** The last used first. */
const entriesIn = async (cacheFolder: string): Promise<Entry[]> => {
  const folder = datasetsFolder(cacheFolder)
  const names = await readdir(folder).catch(() => [])
  const byContent = new Map<string, Entry>()
  for (const name of names.filter((name) => name.endsWith(ending))) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (found === null || !found.isFile()) continue
    const key = `${found.dev}:${found.ino}`
    const paths = [...(byContent.get(key)?.paths ?? []), path]
    const dataset = /^(.*)-[0-9a-f]+\.v\d+\.samples$/.exec(name)?.[1] ?? name
    byContent.set(key, { paths, dataset, bytes: found.size, usedAtMs: found.mtimeMs })
  }
  return [...byContent.values()].sort((a, b) => b.usedAtMs - a.usedAtMs)
}

const isInUse = async (entry: Entry, nowMs: number): Promise<boolean> =>
  (await isBeingMade(entry, nowMs)) || isOpenElsewhere(entry.paths[0] ?? '')

const isBeingMade = async ({ paths }: Entry, nowMs: number): Promise<boolean> => {
  for (const path of paths) if ((await othersProgress(path, nowMs)) !== null) return true
  return false
}

const removeAll = async (entries: readonly Entry[], nowMs: number): Promise<number> => {
  let freed = 0
  for (const entry of entries) {
    if (!(await isBeingMade(entry, nowMs)) && (await removeUnlessOpen(entry.paths))) freed += entry.bytes
  }
  return freed
}

const limitsPath = (cacheFolder: string): string => join(datasetsFolder(cacheFolder), 'limits.json')

/** Those that a person set, for every process; what cannot be read is as if nothing was set. */
const readLimits = async (cacheFolder: string): Promise<CacheLimits> => {
  try {
    return cacheLimitsSchema.parse(JSON.parse(await readFile(limitsPath(cacheFolder), 'utf8')))
  } catch {
    return defaultCacheLimits
  }
}

const writeLimits = async (cacheFolder: string, limits: CacheLimits): Promise<void> => {
  const path = limitsPath(cacheFolder)
  const whole = `${path}.${randomUUID()}.partial`
  await onDisk(path, async () => {
    await mkdir(datasetsFolder(cacheFolder), { recursive: true })
    try {
      await writeFile(whole, JSON.stringify(limits))
      await rename(whole, path)
    } finally {
      await rm(whole, { force: true })
    }
  })
}
