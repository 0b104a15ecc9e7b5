/** Small valid files of each format, made here byte by byte. */
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { pack } from 'tar-stream'
import { buffer } from 'node:stream/consumers'

export type SaccadeEvent = readonly [x: number, y: number, polarity: number, timeUs: number]

export const saccadeFile = (events: readonly SaccadeEvent[]): Uint8Array =>
  Uint8Array.from(
    events.flatMap(([x, y, polarity, timeUs]) => [
      x,
      y,
      (polarity << 7) | (timeUs >> 16),
      (timeUs >> 8) & 0xff,
      timeUs & 0xff,
    ]),
  )

export const npyFile = (descr: string, shape: readonly number[], data: Uint8Array, order = 'False'): Uint8Array => {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${sizes}), }\n`
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1')
  start.writeUInt16LE(header.length, 8)
  return Buffer.concat([start, Buffer.from(header, 'latin1'), data])
}

export const bytesOf = (values: Float32Array | Float64Array | BigInt64Array): Uint8Array =>
  new Uint8Array(values.buffer)

export const npyOf = (shape: readonly number[], values: readonly number[]): Uint8Array =>
  npyFile('<f8', shape, bytesOf(Float64Array.from(values)))

export const npyBytes = (shape: readonly number[], values: readonly number[]): Uint8Array =>
  npyFile('|u1', shape, Uint8Array.from(values))

export const npzFile = (arrays: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])))

export type PolarityEvent = readonly [x: number, y: number, polarity: number, timeUs: number, valid?: number]

export const aedatPacket = (events: readonly PolarityEvent[], overflow = 0, type = 1): Buffer => {
  const packet = Buffer.alloc(28 + 8 * events.length)
  packet.writeUInt16LE(type, 0)
  packet.writeUInt32LE(8, 4)
  packet.writeUInt32LE(4, 8)
  packet.writeUInt32LE(overflow, 12)
  packet.writeUInt32LE(events.length, 16)
  packet.writeUInt32LE(events.length, 20)
  packet.writeUInt32LE(events.length, 24)
  events.forEach(([x, y, polarity, timeUs, valid = 1], event) => {
    packet.writeUInt32LE(((x << 17) | (y << 2) | (polarity << 1) | valid) >>> 0, 28 + 8 * event)
    packet.writeUInt32LE(timeUs, 32 + 8 * event)
  })
  return packet
}

export const aedatHeader = Buffer.from('#!AER-DAT3.1\r\n#Format: RAW\r\n#!END-HEADER\r\n', 'latin1')
export const aedatFile = (...packets: readonly Buffer[]): Uint8Array => Buffer.concat([aedatHeader, ...packets])

export const tarFile = async (files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> => {
  const archive = pack()
  for (const [name, bytes] of Object.entries(files)) archive.entry({ name: `./${name}` }, Buffer.from(bytes))
  archive.finalize()
  return gzipSync(await buffer(archive))
}
