import { describe, expect, it } from 'vitest'
import {
  decodeSafetensors,
  encodeSafetensors,
  MalformedNetworkFile,
  type NetworkFile,
} from '../../../src-core/networkFile/safetensors.ts'

const file: NetworkFile = {
  tensors: {
    weights: { shape: [2, 3], values: Float32Array.of(0, -1.5, 3.4e38, 1e-45, 0.1, 78.4) },
    model: { shape: [2], values: Float64Array.of(Math.PI, -1e-300) },
    assignments: { shape: [3], values: Int32Array.of(-1, 0, 2147483647) },
    empty: { shape: [0, 2], values: new Int32Array() },
    scalar: { shape: [], values: Float32Array.of(7) },
  },
  metadata: { seed: '4294967295', name: 'größe "1"\n' },
}

/** A file with a header of any content and so many bytes of data. */
const fileWith = (header: unknown, dataBytes: number): Uint8Array => {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + json.length + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  return bytes
}

describe('safetensors', () => {
  it('come back as they were', () => {
    expect(decodeSafetensors(encodeSafetensors(file))).toEqual(file)
  })

  it('come back from a place inside a larger buffer', () => {
    const encoded = encodeSafetensors(file)
    const larger = new Uint8Array(encoded.length + 11)
    larger.set(encoded, 3)
    expect(decodeSafetensors(larger.subarray(3, 3 + encoded.length))).toEqual(file)
  })

  it('are laid out as the format says', () => {
    const tensors = { a: { shape: [2], values: Float32Array.of(1, -2) }, b: { shape: [1], values: Int32Array.of(-2) } }
    const header =
      '{"__metadata__":{},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},' +
      '"b":{"dtype":"I32","shape":[1],"data_offsets":[8,12]}}'
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8)
    const data = [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0xfe, 0xff, 0xff, 0xff]
    const expected = [padded.length, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode(padded), ...data]
    expect([...encodeSafetensors({ tensors, metadata: {} })]).toEqual(expected)
  })

  it('put the widest values first, so that each lies at a multiple of its size', () => {
    const tensors = {
      a: { shape: [1], values: Float32Array.of(1) },
      b: { shape: [2], values: Float64Array.of(0.1, 1) },
    }
    const encoded = encodeSafetensors({ tensors, metadata: {} })
    const headerLength = Number(new DataView(encoded.buffer).getBigUint64(0, true))
    const header: unknown = JSON.parse(new TextDecoder().decode(encoded.subarray(8, 8 + headerLength)))
    expect(header).toMatchObject({
      b: { dtype: 'F64', data_offsets: [0, 16] },
      a: { dtype: 'F32', data_offsets: [16, 20] },
    })
  })

  it('refuse values that do not fill the shape', () => {
    const tensors = { a: { shape: [3], values: Float32Array.of(1) } }
    expect(() => encodeSafetensors({ tensors, metadata: {} })).toThrow('a: 1 values for [3]')
  })
})

describe('a malformed file', () => {
  const float = (shape: number[], begin: number, end: number) => ({ dtype: 'F32', shape, data_offsets: [begin, end] })
  const malformed: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['nothing', new Uint8Array(), /0 bytes are no safetensors file/],
    ['a cut length', new Uint8Array(7), /7 bytes are no/],
    ['a header longer than the file', fileWith('{}', 0).subarray(0, 9), /header of 2 bytes does not fit a file of 9/],
    ['a length beyond all files', new Uint8Array(16).fill(0xff), /does not fit/],
    ['a header that is no JSON', fileWith('{"a":', 0), /the header cannot be read: SyntaxError/],
    ['a header that is no object', fileWith([1], 0), /the header cannot be read/],
    ['a header that is no UTF-8', fileWith('{"\u00e9":1}', 0).fill(0xff, 8), /the header cannot be read/],
    ['metadata that is no text', fileWith({ __metadata__: { a: 1 } }, 0), /expected string/],
    ['another type', fileWith({ a: { ...float([1], 0, 2), dtype: 'F16' } }, 2), /the header cannot be read.*\n.*dtype/],
    ['a negative size', fileWith({ a: float([-1], 0, 4) }, 4), /the header cannot be read/],
    ['a negative offset', fileWith({ a: float([1], -4, 0) }, 0), /the header cannot be read/],
    ['a shape that does not fit', fileWith({ a: float([3], 0, 8) }, 8), /a has 8 bytes, its shape is \[3\]/],
    ['a shape too large for numbers', fileWith({ a: float([2 ** 40, 2 ** 40], 0, 8) }, 8), /its shape is/],
    ['an end before its begin', fileWith({ a: float([1], 0, 4), b: float([1], 4, 0) }, 4), /b has -4 bytes/],
    ['an overlap', fileWith({ a: float([2], 0, 8), b: float([1], 4, 8) }, 8), /b begins at 4, not at 8/],
    ['a gap', fileWith({ a: float([1], 0, 4), b: float([1], 8, 12) }, 12), /b begins at 8, not at 4/],
    ['data that is cut', fileWith({ a: float([2], 0, 8) }, 7), /7 bytes of data where 8 belong/],
    ['trailing data', fileWith({ a: float([2], 0, 8) }, 9), /9 bytes of data where 8 belong/],
  ]
  it.each(malformed)('with %s is refused', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(MalformedNetworkFile)
    expect(() => decodeSafetensors(bytes)).toThrow(message)
  })
})
