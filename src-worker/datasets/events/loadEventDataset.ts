import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { Dataset } from '../dataset.ts'
import { EVENT_FILE_VERSION } from './eventFile.ts'
import type { EventSource, LoadingProgress } from './eventSource.ts'
import { openEventFile } from './readEventFile.ts'
import type { EventFile } from './readEventFile.ts'
import { writeEventFile } from './writeEventFile.ts'

/** Where the converted form of a dataset lies, for its files as they are. */
export function convertedPath(source: EventSource, cacheFolder: string): string {
  return join(
    cacheFolder,
    'datasets',
    `${source.name}-${fingerprintOf(source).slice(0, 16)}.v${EVENT_FILE_VERSION}.events`,
  )
}

/**
 * Loads a dataset of events, from its converted form. That is made when there is none, when it is damaged, and when the
 * names, sizes or times of the source files are not those that it was made from.
 * @throws {SpiketuneError} dataset-missing, dataset-damaged; disk-full and folder-not-writable of the cache
 */
export async function loadEventDataset(
  source: EventSource,
  cacheFolder: string,
  progress: LoadingProgress,
): Promise<Dataset> {
  const fingerprint = fingerprintOf(source)
  const path = convertedPath(source, cacheFolder)
  let file = await openWhole(path, fingerprint, progress)
  if (file === null) {
    await writeEventFile(path, source, fingerprint, progress)
    file = await openWhole(path, fingerprint, progress)
  }
  if (file === null) {
    throw new SpiketuneError('dataset-damaged', `${path}, written just now, cannot be read again. Check the disk.`)
  }
  const { header, train, test } = file
  const { sampleShape, classes, sha256 } = header
  const { rows, columns } = sampleShape
  return { sampleShape, frames: 1, rows, columns, classes, train, test, sha256 }
}

async function openWhole(path: string, fingerprint: string, progress: LoadingProgress): Promise<EventFile | null> {
  const file = await openEventFile(path)
  if (file === null) return null
  try {
    if (file.header.fingerprint === fingerprint && (await file.verify(progress))) return file
  } catch (error) {
    file.close()
    throw error
  }
  file.close()
  return null
}

/** Of names, sizes and times: reading gigabytes before every trial, to see whether they are the same, would take minutes. */
function fingerprintOf({ name, files, advice }: EventSource): string {
  const hash = createHash('sha256').update(`${name}\n`)
  for (const path of files) {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) throw new SpiketuneError('dataset-missing', `There is no ${path}. ${advice}`)
    hash.update(`${path}\n${found.size}\n${found.mtimeMs}\n`)
  }
  return hash.digest('hex')
}
