/**
 * NumPy's `.npy` (NEP 1): the bytes 0x93 NUMPY, major and minor version, the length of the header (u16 of version 1,
 * else u32, little-endian), the header, a Python dictionary of `descr`, `fortran_order` and `shape`, then the numbers.
 */
import { damagedAt, type NamedFile } from './damaged.ts'

/** Numbers row by row, as they lie in the file: others are made of them one at a time. */
export interface NpyArray {
  readonly shape: readonly number[]
  /** As NumPy names it, such as `u1` or `f4`. */
  readonly type: string
  readonly count: number
  /** Those of `u1` and `b1`; null: others. */
  readonly bytes: Uint8Array | null
  /** The number at a place from 0 to `count` - 1. */
  at(place: number): number
}

type Reader = (view: DataView, offset: number, littleEndian: boolean) => number

/** IEEE 754 binary16. */
export const halfPrecision = (bits: number): number => {
  const sign = bits >= 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const readers: Readonly<Record<string, { readonly bytes: number; readonly read: Reader }>> = {
  i1: { bytes: 1, read: (view, offset) => view.getInt8(offset) },
  i2: { bytes: 2, read: (view, offset, little) => view.getInt16(offset, little) },
  u2: { bytes: 2, read: (view, offset, little) => view.getUint16(offset, little) },
  i4: { bytes: 4, read: (view, offset, little) => view.getInt32(offset, little) },
  u4: { bytes: 4, read: (view, offset, little) => view.getUint32(offset, little) },
  i8: { bytes: 8, read: (view, offset, little) => Number(view.getBigInt64(offset, little)) },
  u8: { bytes: 8, read: (view, offset, little) => Number(view.getBigUint64(offset, little)) },
  f2: { bytes: 2, read: (view, offset, little) => halfPrecision(view.getUint16(offset, little)) },
  f4: { bytes: 4, read: (view, offset, little) => view.getFloat32(offset, little) },
  f8: { bytes: 8, read: (view, offset, little) => view.getFloat64(offset, little) },
}

/** @throws {SpiketuneError} dataset-damaged */
export const readNpy = (bytes: Uint8Array, named: NamedFile): NpyArray => {
  const { text, dataOffset } = readHeader(bytes, named)
  const descr = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z]\d+)'/.exec(text)
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1]
  const sizes = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1]
  const type = descr?.[2]
  if (type === undefined || order === undefined || sizes === undefined) {
    throw damagedAt(named, 10, 'its header does not say type, order and shape of numbers')
  }
  if (order === 'True') throw damagedAt(named, 10, 'it is in the order of Fortran; save np.ascontiguousarray of it')
  const shape = sizes
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number)
  const count = shape.reduce((product, size) => product * size, 1)
  const isBytes = type === 'u1' || type === 'b1'
  const reader = readers[type]
  if (!isBytes && reader === undefined) throw damagedAt(named, 10, `it holds numbers of the unknown type ${type}`)
  const announced = count * (reader?.bytes ?? 1)
  const there = bytes.length - dataOffset
  if (announced !== there) {
    throw damagedAt(named, dataOffset, `${there} bytes follow where its header announces ${announced}`)
  }
  if (reader === undefined) {
    const content = bytes.subarray(dataOffset)
    return { shape, type, count, bytes: content, at: (place) => content[place] ?? NaN }
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset, there)
  const isLittle = descr?.[1] !== '>'
  return { shape, type, count, bytes: null, at: (place) => reader.read(view, place * reader.bytes, isLittle) }
}

const readHeader = (bytes: Uint8Array, named: NamedFile): { readonly text: string; readonly dataOffset: number } => {
  const isNpy = bytes.length >= 12 && Buffer.from(bytes.subarray(0, 6)).toString('latin1') === '\x93NUMPY'
  if (!isNpy) throw damagedAt(named, 0, 'it does not begin as a .npy file does')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const isFirst = bytes[6] === 1
  const start = isFirst ? 10 : 12
  const length = isFirst ? view.getUint16(8, true) : view.getUint32(8, true)
  if (start + length > bytes.length) throw damagedAt(named, start, `it ends within its header of ${length} bytes`)
  const text = Buffer.from(bytes.subarray(start, start + length)).toString('latin1')
  return { text, dataOffset: start + length }
}
