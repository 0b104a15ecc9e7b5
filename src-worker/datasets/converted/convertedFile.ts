/**
 * The converted form of a dataset: one file, read sample by sample.
 *
 *   magic               8 bytes
 *   samples, train first, each: of images, bytes; of values, f32 each; of events, times in microseconds, u32 each, then
 *                       inputs, u16 each, zeros up to a multiple of 4 bytes
 *   index               for each sample: u32 length (bytes, values or events), u32 CRC-32 of its bytes, u32 label
 *   header              JSON, see `headerSchema`
 *   u32 bytes of the index, u32 bytes of the header, u32 CRC-32 of the two, u32 0
 *
 * All numbers are little-endian. What is known only at the end is at the end, so that it is written in one go.
 */
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { dataCardSchema } from '../../../src-core/datasets/dataCard.ts'
import type { EventSample } from '../../../src-core/encoding/eventSample.ts'
import type { SampleKind } from '../dataset.ts'
import type { Sample } from './sampleSource.ts'

export const CONVERTED_FILE_VERSION = 4
export const magic = Buffer.from(`SPKDAT0${CONVERTED_FILE_VERSION}`, 'latin1')
export const indexEntryBytes = 12
export const endBytes = 16

export const headerSchema = z.strictObject({
  version: z.literal(CONVERTED_FILE_VERSION),
  card: dataCardSchema,
})
export type ConvertedFileHeader = z.infer<typeof headerSchema>

/** Bytes of a sample, from its number of bytes, values or events. */
export const sampleBytes = (kind: SampleKind, length: number): number => {
  switch (kind) {
    case 'images':
      return length
    case 'values':
      return length * 4
    case 'events':
      return length * 4 + Math.ceil(length / 2) * 4
  }
}

const bytesIn = ({ buffer, byteOffset, byteLength }: Uint8Array | Float32Array): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)

/** A sample as it lies in the file; of images and values, the same memory. */
export const packSample = (sample: Sample): { readonly length: number; readonly bytes: Buffer } => {
  if (ArrayBuffer.isView(sample)) return { length: sample.length, bytes: bytesIn(sample) }
  const { timesUs, inputs } = sample
  const bytes = Buffer.alloc(sampleBytes('events', timesUs.length))
  new Uint32Array(bytes.buffer, bytes.byteOffset, timesUs.length).set(timesUs)
  new Uint16Array(bytes.buffer, bytes.byteOffset + timesUs.length * 4, inputs.length).set(inputs)
  return { length: timesUs.length, bytes }
}

/** @param bytes at a multiple of 4 bytes of its buffer, which the sample keeps */
export const unpackEvents = (bytes: Uint8Array, events: number): EventSample => ({
  timesUs: new Uint32Array(bytes.buffer, bytes.byteOffset, events),
  inputs: new Uint16Array(bytes.buffer, bytes.byteOffset + events * 4, events),
})

/**
 * Index, header and end of a file.
 * @param entries length, checksum and label of each sample
 */
export const packEnd = (entries: readonly number[], header: ConvertedFileHeader): Buffer => {
  const index = Buffer.alloc(entries.length * 4)
  entries.forEach((number, at) => index.writeUInt32LE(number, at * 4))
  const text = Buffer.from(JSON.stringify(header), 'utf8')
  const end = Buffer.alloc(endBytes)
  end.writeUInt32LE(index.length, 0)
  end.writeUInt32LE(text.length, 4)
  end.writeUInt32LE(crc32(text, crc32(index)), 8)
  return Buffer.concat([index, text, end])
}
