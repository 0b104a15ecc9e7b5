import { createHash, randomUUID } from 'node:crypto'
import { link, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { DataCard } from '../../../src-core/datasets/dataCard.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { CONVERTED_FILE_VERSION, magic, packEnd, packSample } from './convertedFile.ts'
import { partialPath } from './leftovers.ts'
import type { LoadingProgress } from './loadingProgress.ts'
import { CardMeasure } from './measureCard.ts'
import { onDisk } from './onDisk.ts'
import { openConvertedFile } from './readConvertedFile.ts'
import type { SampleSource } from './sampleSource.ts'

/**
 * Makes a new file another name of one beside it that has the same content, where there is such a one: the same dataset
 * is often read from more than one place, and takes its room on the disk once. Where the disk has no such names, it stays.
 * @param path where the file will lie
 */
const shareContent = async (file: string, path: string): Promise<void> => {
  const folder = dirname(path)
  const { size } = await stat(file)
  for (const name of await readdir(folder)) {
    const other = join(folder, name)
    if (!name.endsWith('.samples') || other === path) continue
    const found = await stat(other).catch(() => null)
    if (found?.size !== size || !(await haveSameContent(file, other))) continue
    const shared = `${file}.same.partial`
    try {
      await link(other, shared)
      await rename(shared, file)
    } catch {
      // A copy of its own, then.
    }
    return
  }
}

/** The facts, which have the hash of the sources, and the checksums and labels of all samples; the other is whole, too. */
const haveSameContent = async (file: string, other: string): Promise<boolean> => {
  const [one, two] = [await openConvertedFile(file), await openConvertedFile(other)]
  try {
    if (one === null || two === null) return false
    const same = isDeepStrictEqual(one.header, two.header) && one.indexChecksum === two.indexChecksum
    return same && (await two.verify(() => Promise.resolve()))
  } finally {
    one?.close()
    two?.close()
  }
}

/** What is written at a time. */
const pieceBytes = 4 * 2 ** 20

/**
 * Converts a dataset into a folder that is there. The file appears when it is whole. It is not forced to the disk: what
 * a power cut leaves of it is found damaged when it is opened, and made anew.
 * @throws {SpiketuneError} dataset-missing, dataset-damaged; disk-full and folder-not-writable of the cache
 */
export const writeConvertedFile = async (
  path: string,
  source: SampleSource,
  progress: LoadingProgress,
): Promise<void> => {
  const partial = partialPath(path, process.pid, randomUUID())
  try {
    const file = await onDisk(path, () => open(partial, 'wx'))
    try {
      await convert(
        inPieces((bytes) => onDisk(path, () => file.appendFile(bytes))),
        source,
        progress,
      )
    } finally {
      await file.close()
    }
    await shareContent(partial, path)
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

const inPieces = (write: (bytes: Buffer) => Promise<void>): Pieces => {
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

const convert = async (pieces: Pieces, source: SampleSource, progress: LoadingProgress) => {
  const hash = createHash('sha256')
  const index: number[] = []
  await pieces.put(magic)
  const { samples, ...content } = await source.content(hash)
  const measure = new CardMeasure(content)
  let [done, tested] = [0, 0]
  for await (const one of samples) {
    if (one.part === 'train' && tested > 0) throw new Error('a source gives its training samples first')
    const { length, bytes } = packSample(one.sample)
    index.push(length, crc32(bytes), one.label)
    measure.add(one, bytes)
    done++
    if (one.part === 'test') tested++
    await pieces.put(bytes)
    await progress(done, Math.max(source.expected, done))
  }
  const card = { dataset: source.name, ...measure.card(), sha256: hash.digest('hex') }
  checkTrainable(card, source, content.oneClassAdvice)
  await pieces.put(packEnd(index, { version: CONVERTED_FILE_VERSION, card }))
  await pieces.end()
}

/** What no network can be trained on, whatever it is read from. */
const checkTrainable = (
  { trainSamples, classCounts }: DataCard,
  { name, files, advice }: SampleSource,
  oneClassAdvice = advice,
) => {
  if (trainSamples === 0) {
    throw new SpiketuneError('dataset-missing', `There are no training samples of ${name}. ${advice}`)
  }
  const [only, ...others] = classCounts.filter(({ train }) => train > 0)
  if (only === undefined || others.length > 0) return
  // Of many files, none is the one to look at.
  const where = files.length > 4 ? `The dataset ${name}` : (files[0] ?? name)
  const what = `${where} has a single class to train on, ${only.name}: there is nothing to tell apart.`
  throw new SpiketuneError('dataset-damaged', `${what} ${oneClassAdvice}`)
}
