import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { mkdir, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { Dataset } from '../dataset.ts'
import { damaged } from '../formats/damaged.ts'
import { checkFile } from '../sources/readSource.ts'
import { othersProgress, takeLock } from './conversionLock.ts'
import { CONVERTED_FILE_VERSION } from './convertedFile.ts'
import { datasetsFolder, tidyCache } from './datasetCache.ts'
import { removeLeftovers } from './leftovers.ts'
import type { LoadingProgress } from './loadingProgress.ts'
import { onDisk } from './onDisk.ts'
import { type ConvertedFile, openConvertedFile } from './readConvertedFile.ts'
import type { SampleSource } from './sampleSource.ts'
import { writeConvertedFile } from './writeConvertedFile.ts'

/** Where the converted form of a dataset lies, for its files as they are. */
export const convertedPath = (source: SampleSource, cacheFolder: string): string => {
  const name = `${source.name}-${fingerprintOf(source).slice(0, 32)}.v${CONVERTED_FILE_VERSION}.samples`
  return join(datasetsFolder(cacheFolder), name)
}

export interface LoadingSurroundings {
  readonly cacheFolder: string
  /** Whether the sources are read, converted or not. */
  readonly isAnew?: boolean
  readonly progress: LoadingProgress
  readonly nowMs: () => number
  /** Until it is time to look again whether another process has converted the dataset. */
  readonly wait: () => Promise<void>
}

/**
 * Loads a dataset from its converted form. That is made when there is none, when it is damaged, and when the source files
 * are not those that it was made from, as far as names, sizes, times and places on the disk say; of several processes by one, while the others
 * wait for it.
 * @throws {SpiketuneError} dataset-missing, dataset-damaged; disk-full and folder-not-writable of the cache
 */
export const loadConverted = async (source: SampleSource, surroundings: LoadingSurroundings): Promise<Dataset> => {
  const { cacheFolder, nowMs } = surroundings
  const path = convertedPath(source, cacheFolder)
  const file = await openOrConvert(path, source, surroundings)
  await markUsed(path, nowMs())
  await tidyCache(cacheFolder, nowMs())
  const { train, test } = file
  const { card } = file.header
  const { channels, rows, columns, frames, classes, sha256 } = card
  return { sampleShape: { channels, rows, columns }, frames, rows, columns, classes, train, test, sha256, card }
}

const openOrConvert = async (
  path: string,
  source: SampleSource,
  surroundings: LoadingSurroundings,
): Promise<ConvertedFile> => {
  const { progress, nowMs, wait, isAnew = false } = surroundings
  const convertedBefore = () => (isAnew ? null : openWhole(path, progress))
  for (;;) {
    const there = await convertedBefore()
    if (there !== null) return there
    await onDisk(path, () => mkdir(dirname(path), { recursive: true }))
    const lock = await takeLock(path, nowMs())
    if (lock !== null) {
      try {
        // Another may have been done in between.
        return (
          (await convertedBefore()) ??
          (await convert(path, source, {
            ...surroundings,
            progress: (done, planned) => {
              lock.tell(done, planned)
              return progress(done, planned)
            },
          }))
        )
      } finally {
        await lock.release()
      }
    }
    let other = await othersProgress(path, nowMs())
    while (other !== null) {
      await progress(other.samplesDone, other.samplesPlanned, true)
      await wait()
      other = await othersProgress(path, nowMs())
    }
  }
}

const convert = async (
  path: string,
  source: SampleSource,
  { progress, nowMs }: LoadingSurroundings,
): Promise<ConvertedFile> => {
  // The lock was written just now.
  const written = await stat(`${path}.lock`).catch(() => null)
  await removeLeftovers(path, written?.mtimeMs ?? nowMs())
  await writeConvertedFile(path, source, progress)
  const file = await openWhole(path, progress)
  if (file !== null) return file
  throw new SpiketuneError('dataset-damaged', `${path}, written just now, cannot be read again. Check the disk.`)
}

/** By its time: what was not used for the longest time is evicted first. A cache that cannot be written is not evicted from. */
const markUsed = (path: string, nowMs: number): Promise<void> =>
  utimes(path, nowMs / 1000, nowMs / 1000).catch(() => undefined)

const openWhole = async (path: string, progress: LoadingProgress): Promise<ConvertedFile | null> => {
  const file = await openConvertedFile(path)
  if (file === null) return null
  try {
    if (await file.verify(progress)) return file
  } catch (error) {
    file.close()
    throw error
  }
  file.close()
  return null
}

/**
 * Of names, sizes, times and places on the disk: reading gigabytes before every trial, to see whether they are the same,
 * would take minutes. A time of change (ctime) cannot be set back, as that of the content (mtime) is by some programs.
 */
const fingerprintOf = ({ name, settings, files, advice }: SampleSource): string => {
  const hash = createHash('sha256').update(`${name}\n${settings}\n`)
  for (const path of files) {
    const { size, mtimeNs, ctimeNs, ino } = sourceFile(path, advice)
    hash.update(`${path}\n${size}\n${mtimeNs}\n${ctimeNs}\n${ino}\n`)
  }
  return hash.digest('hex')
}

const sourceFile = (path: string, advice: string) => {
  try {
    return checkFile(statSync(path, { bigint: true }), path, advice)
  } catch (cause) {
    if (cause instanceof SpiketuneError) throw cause
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause)
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new SpiketuneError('dataset-missing', `There is no ${path}. ${advice}`, { cause })
    }
    throw damaged(path, `it cannot be read (${code})`, advice, cause)
  }
}
