import { createHash, randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { CONVERTED_FILE_VERSION, magic, packEnd, packSample } from './convertedFile.ts'
import { partialPath } from './leftovers.ts'
import type { LoadingProgress } from './loadingProgress.ts'
import { onDisk } from './onDisk.ts'
import type { SampleSource } from './sampleSource.ts'

/** So much is written at a time. */
const pieceBytes = 4 * 2 ** 20

/**
 * Converts a dataset into a folder that is there. The file appears when it is whole. It is not forced to the disk: what
 * a power cut leaves of it is found damaged when it is opened, and made anew.
 * @throws {SpiketuneError} dataset-missing, dataset-damaged; disk-full and folder-not-writable of the cache
 */
export async function writeConvertedFile(
  path: string,
  source: SampleSource,
  fingerprint: string,
  progress: LoadingProgress,
): Promise<void> {
  const partial = partialPath(path, process.pid, randomUUID())
  try {
    const file = await onDisk(path, () => open(partial, 'wx'))
    try {
      await convert(
        inPieces((bytes) => onDisk(path, () => file.appendFile(bytes))),
        source,
        fingerprint,
        progress,
      )
    } finally {
      await file.close()
    }
    await onDisk(path, () => rename(partial, path))
  } finally {
    await rm(partial, { force: true })
  }
}

interface Pieces {
  put(bytes: Buffer): Promise<void>
  /** Writes what is left. */
  end(): Promise<void>
}

function inPieces(write: (bytes: Buffer) => Promise<void>): Pieces {
  let waiting: Buffer[] = []
  let waitingBytes = 0
  const end = async (): Promise<void> => {
    const whole = Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    await write(whole)
  }
  return {
    end,
    async put(bytes) {
      waiting.push(bytes)
      waitingBytes += bytes.length
      if (waitingBytes >= pieceBytes) await end()
    },
  }
}

async function convert(pieces: Pieces, source: SampleSource, fingerprint: string, progress: LoadingProgress) {
  const hash = createHash('sha256')
  const counts = { train: 0, test: 0 }
  const index: number[] = []
  await pieces.put(magic)
  const { samples, kind, sampleShape, frames, classes } = await source.content(hash)
  for await (const { part, label, sample } of samples) {
    if (part === 'train' && counts.test > 0) throw new Error('a source gives its training samples first')
    const { length, bytes } = packSample(sample)
    index.push(length, crc32(bytes), label)
    counts[part]++
    const done = counts.train + counts.test
    await pieces.put(bytes)
    await progress(done, Math.max(source.expected, done))
  }
  if (counts.train === 0) {
    throw new SpiketuneError('dataset-missing', `There are no training samples of ${source.name}. ${source.advice}`)
  }
  const sha256 = hash.digest('hex')
  const facts = { kind, sampleShape: { ...sampleShape }, frames, classes, ...counts }
  const header = { version: CONVERTED_FILE_VERSION, dataset: source.name, fingerprint, sha256, ...facts } as const
  await pieces.put(packEnd(index, header))
  await pieces.end()
}
