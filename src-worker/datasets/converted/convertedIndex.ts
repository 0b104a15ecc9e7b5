import { crc32 } from 'node:zlib'
import { sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import {
  type ConvertedFileHeader,
  endBytes,
  headerSchema,
  indexEntryBytes,
  magic,
  sampleBytes,
} from './convertedFile.ts'
import type { FileBytes } from './fileBytes.ts'

/** What the end of a converted file says of its samples. */
export interface ConvertedIndex {
  readonly header: ConvertedFileHeader
  /** Of lengths, checksums and labels of all samples, and of the header. */
  readonly checksum: number
  /** [samples]: bytes, values or events of each. */
  readonly lengths: Uint32Array
  readonly checksums: Uint32Array
  readonly labels: Uint8Array
  /** Where each sample begins, bytes; one more for the end of the last. */
  readonly offsets: Float64Array
}

/** @returns null when the file is not whole, or of another version */
export const readIndex = (file: FileBytes): ConvertedIndex | null => {
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
  if (header === null || header.card.trainSamples + header.card.testSamples !== samples) return null
  const column = (at: number): Uint32Array => {
    const numbers = new Uint32Array(samples)
    for (let sample = 0; sample < samples; sample++)
      numbers[sample] = stored.readUInt32LE(sample * indexEntryBytes + at)
    return numbers
  }
  const lengths = column(0)
  const labels = column(8)
  const { kind, classes, frames } = header.card
  if (labels.some((label) => label >= classes)) return null
  const length = frames * sizeOf(header.card)
  if (kind !== 'events' && lengths.some((found) => found !== length)) return null
  const offsets = new Float64Array(samples + 1).fill(magic.length, 0, 1)
  lengths.forEach((found, sample) => {
    offsets[sample + 1] = (offsets[sample] ?? 0) + sampleBytes(kind, found)
  })
  if (offsets[samples] !== dataEnd) return null
  const checksum = end.readUInt32LE(8)
  return { header, checksum, lengths, checksums: column(4), labels: Uint8Array.from(labels), offsets }
}

const decodeHeader = (text: string): ConvertedFileHeader | null => {
  try {
    return headerSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Bytes from a place on; null when the file has fewer. */
const readAt = (file: FileBytes, position: number, length: number): Buffer | null => {
  if (position + length > file.size) return null
  const bytes = Buffer.alloc(length)
  return file.read(position, bytes) ? bytes : null
}
