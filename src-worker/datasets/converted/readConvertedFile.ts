import { crc32 } from 'node:zlib'
import { sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import type { LabelledSamples, ValueRange } from '../dataset.ts'
import { damaged } from '../formats/damaged.ts'
import { type ConvertedFileHeader, sampleBytes, unpackEvents } from './convertedFile.ts'
import { type ConvertedIndex, readIndex } from './convertedIndex.ts'
import { type FileBytes, openFileBytes } from './fileBytes.ts'
import type { LoadingProgress } from './loadingProgress.ts'

/** The range of values, found when it is first asked for. @param places of a frame */
export const rangeOfValues = (
  count: number,
  places: number,
  valuesAt: (sample: number) => Float32Array,
): (() => ValueRange) => {
  let found: ValueRange | null = null
  return () => (found ??= rangeOver(count, places, valuesAt))
}

const rangeOver = (count: number, places: number, valuesAt: (sample: number) => Float32Array): ValueRange => {
  const lowest = new Float32Array(places).fill(Infinity)
  const highest = new Float32Array(places).fill(-Infinity)
  for (let sample = 0; sample < count; sample++) {
    valuesAt(sample).forEach((value, index) => {
      const place = index % places
      if (value < (lowest[place] ?? 0)) lowest[place] = value
      if (value > (highest[place] ?? 0)) highest[place] = value
    })
  }
  return { lowest, highest }
}

/** A converted dataset, open: samples are copied when they are asked for, out of memory that all processes share. */
export interface ConvertedFile {
  readonly header: ConvertedFileHeader
  readonly indexChecksum: number
  readonly train: LabelledSamples
  readonly test: LabelledSamples
  /** Reads every sample and compares its checksum. @returns false when one is damaged */
  verify(progress: LoadingProgress): Promise<boolean>
  close(): void
}

const advice = 'Delete it: it is made anew when the dataset is loaded again.'
/** What is verified between two reports. */
const reportBytes = 32 * 2 ** 20

/** @returns null when there is no such file, or it is not whole, or of another version */
export const openConvertedFile = async (path: string): Promise<ConvertedFile | null> => {
  const file = await openFileBytes(path)
  if (file === null) return null
  const index = readIndex(file)
  if (index === null) file.close()
  return index === null ? null : convertedFile(path, file, index)
}

const convertedFile = (path: string, file: FileBytes, index: ConvertedIndex): ConvertedFile => {
  const { header } = index
  const { trainSamples, testSamples } = header.card
  const parts = { path, file, index }
  return {
    header,
    indexChecksum: index.checksum,
    train: partOf(parts, 0, trainSamples),
    test: partOf(parts, trainSamples, testSamples),
    verify: (progress) => verify(file, index, progress),
    close: () => {
      file.close()
    },
  }
}

interface Parts {
  readonly path: string
  readonly file: FileBytes
  readonly index: ConvertedIndex
}

const partOf = ({ path, file, index }: Parts, first: number, count: number): LabelledSamples => {
  const { lengths, offsets, checksums } = index
  const { card } = index.header
  const bytesAt = (sample: number): Uint8Array => {
    if (!(sample >= 0 && sample < count)) throw new RangeError(`there is no sample ${sample} among ${count}`)
    const at = first + sample
    const offset = offsets[at] ?? 0
    const bytes = new Uint8Array(sampleBytes(card.kind, lengths[at] ?? 0))
    if (file.read(offset, bytes) && crc32(bytes) === checksums[at]) return bytes
    throw damaged(path, `sample ${sample} at byte ${offset} has changed`, advice)
  }
  const labelled = { count, labels: index.labels.subarray(first, first + count) }
  switch (card.kind) {
    case 'images':
      return { kind: 'images', ...labelled, imageAt: bytesAt }
    case 'values': {
      const valuesAt = (sample: number): Float32Array => new Float32Array(bytesAt(sample).buffer)
      return { kind: 'values', ...labelled, valuesAt, range: rangeOfValues(count, sizeOf(card), valuesAt) }
    }
    case 'events': {
      const eventsAt = (sample: number) => unpackEvents(bytesAt(sample), lengths[first + sample] ?? 0)
      return { kind: 'events', ...labelled, eventsAt }
    }
  }
}

const verify = async (
  file: FileBytes,
  { header, lengths, checksums, offsets }: ConvertedIndex,
  progress: LoadingProgress,
): Promise<boolean> => {
  const { kind } = header.card
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0)
  const memory = new Uint8Array(sampleBytes(kind, longest))
  let reported = 0
  for (const [sample, length] of lengths.entries()) {
    const offset = offsets[sample] ?? 0
    const bytes = memory.subarray(0, sampleBytes(kind, length))
    if (!file.read(offset, bytes) || crc32(bytes) !== checksums[sample]) return false
    if (offset - reported < reportBytes) continue
    reported = offset
    file.release()
    await progress(sample, lengths.length)
  }
  file.release()
  return true
}
