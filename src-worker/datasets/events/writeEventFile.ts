import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { EVENT_FILE_VERSION, indexEntryBytes, magic, packEnd, packSample } from './eventFile.ts'
import type { EventSource, LoadingProgress, SourceSample } from './eventSource.ts'

/** So much is written at a time. */
const pieceBytes = 4 * 2 ** 20

/**
 * Converts a dataset. The file appears when it is whole: of several processes that convert at the same time, each
 * writes a file of its own, and the last one's stays.
 * @throws {SpiketuneError} dataset-missing, dataset-damaged; disk-full and folder-not-writable of the cache
 */
export async function writeEventFile(
  path: string,
  source: EventSource,
  fingerprint: string,
  progress: LoadingProgress,
): Promise<void> {
  const temporary = `${path}.${randomUUID()}.partial`
  await onDisk(path, () => mkdir(dirname(path), { recursive: true }))
  try {
    const file = await onDisk(path, () => open(temporary, 'wx'))
    try {
      await convert(file, source, fingerprint, progress, path)
      await onDisk(path, () => file.sync())
    } finally {
      await file.close()
    }
    await onDisk(path, () => rename(temporary, path))
  } finally {
    await rm(temporary, { force: true })
  }
}

async function convert(
  file: FileHandle,
  source: EventSource,
  fingerprint: string,
  progress: LoadingProgress,
  path: string,
): Promise<void> {
  const hash = createHash('sha256')
  const counts = { train: 0, test: 0 }
  const index: Buffer[] = []
  let waiting: Buffer[] = [magic]
  let waitingBytes = magic.length
  const put = async (piece: Buffer, atLeast: number): Promise<void> => {
    waiting.push(piece)
    waitingBytes += piece.length
    if (waitingBytes < atLeast) return
    const whole = Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    await onDisk(path, () => file.write(whole))
  }
  for await (const { part, label, sample } of source.samples(hash)) {
    checkOrder(part, counts.test)
    const packed = packSample(sample)
    const entry = Buffer.alloc(indexEntryBytes)
    entry.writeUInt32LE(sample.timesUs.length, 0)
    entry.writeUInt32LE(crc32(packed), 4)
    entry.writeUInt32LE(label, 8)
    index.push(entry)
    counts[part]++
    await put(packed, pieceBytes)
    await progress(index.length, Math.max(source.expected, index.length))
  }
  if (counts.train === 0) {
    throw new SpiketuneError('dataset-missing', `There are no training samples of ${source.name}. ${source.advice}`)
  }
  const { name: dataset, sampleShape, classes } = source
  const version = EVENT_FILE_VERSION
  const sha256 = hash.digest('hex')
  await put(
    packEnd(Buffer.concat(index), { version, dataset, fingerprint, sha256, sampleShape, classes, ...counts }),
    0,
  )
}

function checkOrder(part: SourceSample['part'], tests: number): void {
  if (part === 'train' && tests > 0) throw new Error('a source gives its training samples first')
}

/** Errors of the disk that the cache lies on, in words. */
async function onDisk<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    const advice = 'Make room, or name another folder in the environment variable SPIKETUNE_CACHE.'
    const full = code === 'ENOSPC' || code === 'EDQUOT'
    throw new SpiketuneError(
      full ? 'disk-full' : 'folder-not-writable',
      `The converted dataset ${path} cannot be written (${full ? 'the disk is full' : code}). ${advice}`,
      { cause },
    )
  }
}
