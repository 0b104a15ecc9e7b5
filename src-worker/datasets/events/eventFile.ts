/**
 * The converted form of a dataset of events: one file, read sample by sample.
 *
 *   magic               8 bytes
 *   samples, train first, each: times in microseconds, u32 each; inputs, u16 each; zeros up to a multiple of 4 bytes
 *   index               for each sample: u32 events, u32 CRC-32 of its bytes, u32 label
 *   header              JSON, see `headerSchema`
 *   u32 bytes of the index, u32 bytes of the header, u32 CRC-32 of the two, u32 0
 *
 * All numbers are little-endian. What is known only at the end is at the end, so that it is written in one go.
 */
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import type { EventSample } from '../../../src-core/encoding/eventSample.ts'

export const EVENT_FILE_VERSION = 1
export const magic = Buffer.from(`SPKEVT0${EVENT_FILE_VERSION}`, 'latin1')
export const indexEntryBytes = 12
export const endBytes = 16

const dimension = z.int().min(1).max(65536)
export const headerSchema = z.strictObject({
  version: z.literal(EVENT_FILE_VERSION),
  dataset: z.string(),
  /** Of the names, sizes and times of the sources. */
  fingerprint: z.string(),
  /** Of the content of the sources. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sampleShape: z.strictObject({ channels: dimension, rows: dimension, columns: dimension }),
  classes: z.int().min(1).max(256),
  train: z.int().min(1),
  test: z.int().min(0),
})
export type EventFileHeader = z.infer<typeof headerSchema>

/** Bytes of a sample of so many events. */
export const sampleBytes = (events: number): number => events * 4 + Math.ceil(events / 2) * 4

/** A sample as it lies in the file. */
export function packSample({ timesUs, inputs }: EventSample): Buffer {
  const packed = Buffer.alloc(sampleBytes(timesUs.length))
  new Uint32Array(packed.buffer, packed.byteOffset, timesUs.length).set(timesUs)
  new Uint16Array(packed.buffer, packed.byteOffset + timesUs.length * 4, inputs.length).set(inputs)
  return packed
}

/** @param bytes at a multiple of 4 bytes of its buffer, which the sample keeps */
export function unpackSample(bytes: Uint8Array, events: number): EventSample {
  return {
    timesUs: new Uint32Array(bytes.buffer, bytes.byteOffset, events),
    inputs: new Uint16Array(bytes.buffer, bytes.byteOffset + events * 4, events),
  }
}

/** Index, header and end of a file. */
export function packEnd(index: Buffer, header: EventFileHeader): Buffer {
  const text = Buffer.from(JSON.stringify(header), 'utf8')
  const end = Buffer.alloc(endBytes)
  end.writeUInt32LE(index.length, 0)
  end.writeUInt32LE(text.length, 4)
  end.writeUInt32LE(crc32(text, crc32(index)), 8)
  return Buffer.concat([index, text, end])
}
