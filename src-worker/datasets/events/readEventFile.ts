import { crc32 } from 'node:zlib'
import { endBytes, headerSchema, indexEntryBytes, magic, sampleBytes, unpackSample } from './eventFile.ts'
import type { EventFileHeader } from './eventFile.ts'
import type { LoadingProgress } from './eventSource.ts'
import { openFileBytes } from '../converted/fileBytes.ts'
import type { FileBytes } from '../converted/fileBytes.ts'
import { damaged } from '../formats/damaged.ts'
import type { LabelledEvents } from '../dataset.ts'

/** A converted dataset, open: samples are copied when they are asked for, out of memory that all processes share. */
export interface EventFile {
  readonly header: EventFileHeader
  readonly train: LabelledEvents
  readonly test: LabelledEvents
  /** Reads every sample and compares its checksum. @returns false when one is damaged */
  verify(progress: LoadingProgress): Promise<boolean>
  close(): void
}

const advice = 'Delete it: it is made anew when the dataset is loaded again.'
/** So much is verified between two reports. */
const reportBytes = 32 * 2 ** 20

/** @returns null when there is no such file, or it is not whole, or of another version */
export async function openEventFile(path: string): Promise<EventFile | null> {
  const file = await openFileBytes(path)
  if (file === null) return null
  const opened = readEnd(file)
  if (opened === null) file.close()
  return opened === null ? null : eventFile(path, file, opened)
}

interface Index {
  readonly header: EventFileHeader
  /** [samples]. */
  readonly events: Uint32Array
  readonly checksums: Uint32Array
  readonly labels: Uint8Array
  /** Where each sample begins, bytes; one more for the end of the last. */
  readonly offsets: Float64Array
}

function readEnd(file: FileBytes): Index | null {
  const { size } = file
  if (size < magic.length + endBytes || !readAt(file, 0, magic.length)?.equals(magic)) return null
  const end = readAt(file, size - endBytes, endBytes)
  const indexBytes = end?.readUInt32LE(0) ?? 0
  const headerBytes = end?.readUInt32LE(4) ?? 0
  const dataEnd = size - endBytes - indexBytes - headerBytes
  if (end === null || dataEnd < magic.length || indexBytes % indexEntryBytes !== 0) return null
  const stored = readAt(file, dataEnd, indexBytes + headerBytes)
  if (stored === null || crc32(stored) !== end.readUInt32LE(8)) return null
  const header = decodeHeader(stored.subarray(indexBytes).toString('utf8'))
  const samples = indexBytes / indexEntryBytes
  if (header === null || header.train + header.test !== samples) return null
  const column = (at: number): number[] =>
    Array.from({ length: samples }, (_, sample) => stored.readUInt32LE(sample * indexEntryBytes + at))
  const events = Uint32Array.from(column(0))
  const labels = column(8)
  if (labels.some((label) => label >= header.classes)) return null
  const offsets = new Float64Array(samples + 1).fill(magic.length, 0, 1)
  events.forEach((count, sample) => {
    offsets[sample + 1] = (offsets[sample] ?? 0) + sampleBytes(count)
  })
  if (offsets[samples] !== dataEnd) return null
  return { header, events, checksums: Uint32Array.from(column(4)), labels: Uint8Array.from(labels), offsets }
}

function decodeHeader(text: string): EventFileHeader | null {
  try {
    return headerSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function eventFile(path: string, file: FileBytes, index: Index): EventFile {
  const { header, events, labels, offsets, checksums } = index
  const read = (sample: number): Buffer | null => {
    const bytes = readAt(file, offsets[sample] ?? 0, sampleBytes(events[sample] ?? 0))
    return bytes !== null && crc32(bytes) === checksums[sample] ? bytes : null
  }
  const part = (first: number, count: number): LabelledEvents => ({
    kind: 'events',
    count,
    labels: labels.subarray(first, first + count),
    eventsAt(index) {
      if (!(index >= 0 && index < count)) throw new RangeError(`there is no sample ${index} among ${count}`)
      const bytes = read(first + index)
      if (bytes === null) throw damaged(path, `sample ${index} at byte ${offsets[first + index]} has changed`, advice)
      return unpackSample(bytes, events[first + index] ?? 0)
    },
  })
  return {
    header,
    train: part(0, header.train),
    test: part(header.train, header.test),
    async verify(progress) {
      let reported = 0
      for (const sample of events.keys()) {
        if (read(sample) === null) return false
        const offset = offsets[sample] ?? 0
        if (offset - reported < reportBytes) continue
        reported = offset
        await progress(sample, events.length)
      }
      return true
    },
    close: () => {
      file.close()
    },
  }
}

/** So many bytes from a place, at a multiple of 8 of their buffer; null when the file has fewer. */
function readAt(file: FileBytes, position: number, length: number): Buffer | null {
  const bytes = Buffer.from(new ArrayBuffer(length))
  return file.read(position, bytes) ? bytes : null
}
