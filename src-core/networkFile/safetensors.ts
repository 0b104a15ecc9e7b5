/**
 * The safetensors format (Hugging Face): u64 length of the header, little-endian; the header, JSON, padded with spaces so
 * that the data begins at a multiple of 8; the tensors, little-endian, row by row, without gaps. The header's
 * `__metadata__` holds strings by name.
 */
import { z } from 'zod'
import type { Tensor, Tensors } from './tensor.ts'

/** Of every host of the language, though not of the language itself, which is all that the core knows. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array }
declare const TextDecoder: new (label: 'utf-8', options: { fatal: true }) => { decode(bytes: Uint8Array): string }

export interface NetworkFile {
  readonly tensors: Tensors
  readonly metadata: Readonly<Record<string, string>>
}

/** A file that is no safetensors file, or holds what Spiketune never writes. */
export class MalformedNetworkFile extends Error {
  override readonly name = 'MalformedNetworkFile'
}

const metadataName = '__metadata__'
const lengthBytes = 8
const alignment = 8
/** As much as the reference implementation allows. */
const longestHeader = 100_000_000
const bytesPerValue = { F32: 4, F64: 8, I32: 4 } as const

const sizeSchema = z.int().min(0)
const entrySchema = z.strictObject({
  dtype: z.enum(['F32', 'F64', 'I32']),
  shape: z.array(sizeSchema),
  data_offsets: z.tuple([sizeSchema, sizeSchema]),
})
const headerSchema = z.object({ [metadataName]: z.record(z.string(), z.string()).optional() }).catchall(entrySchema)
type Entry = z.infer<typeof entrySchema>

/** @throws {RangeError} when a tensor does not have as many values as its shape says */
export const encodeSafetensors = ({ tensors, metadata }: NetworkFile): Uint8Array => {
  const entries: Record<string, Entry> = {}
  let end = 0
  // The widest first, so that every value lies at a multiple of its size.
  const ordered = Object.entries(tensors).sort(([, a], [, b]) => bytesOf(b) - bytesOf(a))
  for (const [name, { shape, values }] of ordered) {
    if (sizeOf(shape) !== values.length) throw new RangeError(`${name}: ${values.length} values for [${shape.join()}]`)
    const begin = end
    end += values.length * bytesOf({ values })
    entries[name] = { dtype: typeOf(values), shape: [...shape], data_offsets: [begin, end] }
  }
  const header = encodeHeader({ [metadataName]: metadata, ...entries })
  const file = new Uint8Array(lengthBytes + header.length + end)
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true)
  file.set(header, lengthBytes)
  const data = new DataView(file.buffer, lengthBytes + header.length)
  for (const [name, { values }] of Object.entries(tensors)) {
    writeValues(data, entries[name]?.data_offsets[0] ?? 0, values)
  }
  return file
}

/**
 * Reads what `encodeSafetensors` writes, and any other safetensors file of floats and of 32-bit integers.
 * @throws {MalformedNetworkFile} with what is wrong
 */
export const decodeSafetensors = (file: Uint8Array): NetworkFile => {
  const { header, data } = split(file)
  const { [metadataName]: metadata = {}, ...rest } = parseHeader(header)
  const entries = Object.entries(rest as Record<string, Entry>)
  checkLayout(entries, data.byteLength)
  const tensors = entries.map(([name, entry]) => [name, readTensor(data, name, entry)] as const)
  return { tensors: Object.fromEntries(tensors), metadata }
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

const encodeHeader = (header: Readonly<Record<string, unknown>>): Uint8Array => {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const padded = new Uint8Array(Math.ceil(json.length / alignment) * alignment).fill(0x20)
  padded.set(json)
  return padded
}

const typeOf = (values: Tensor['values']): Entry['dtype'] =>
  values instanceof Float32Array ? 'F32' : values instanceof Float64Array ? 'F64' : 'I32'

const bytesOf = ({ values }: Pick<Tensor, 'values'>): number => bytesPerValue[typeOf(values)]

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

const writeValues = (data: DataView, begin: number, values: Tensor['values']): void => {
  // Value by value a million of them would take a tenth of a second, and checkpoints have more.
  if (isLittleEndian) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    new Uint8Array(data.buffer, data.byteOffset + begin, bytes.length).set(bytes)
    return
  }
  const bytes = bytesOf({ values })
  const type = typeOf(values)
  for (const [index, value] of values.entries()) {
    const at = begin + index * bytes
    if (type === 'F32') data.setFloat32(at, value, true)
    else if (type === 'F64') data.setFloat64(at, value, true)
    else data.setInt32(at, value, true)
  }
}

const split = (file: Uint8Array): { header: Uint8Array; data: DataView } => {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length < lengthBytes) throw new MalformedNetworkFile(`${file.length} bytes are no safetensors file`)
  const length = Number(view.getBigUint64(0, true))
  const begin = lengthBytes + length
  if (length > longestHeader || begin > file.length) {
    throw new MalformedNetworkFile(`a header of ${length} bytes does not fit a file of ${file.length}`)
  }
  return {
    header: file.subarray(lengthBytes, begin),
    data: new DataView(file.buffer, file.byteOffset + begin, file.byteLength - begin),
  }
}

const parseHeader = (header: Uint8Array): z.infer<typeof headerSchema> => {
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header)))
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)
    throw new MalformedNetworkFile(`the header cannot be read: ${reason}`, { cause })
  }
}

/** The tensors must fill the data exactly, without gaps or overlaps. */
const checkLayout = (entries: readonly (readonly [string, Entry])[], dataBytes: number): void => {
  const ordered = [...entries].sort(([, left], [, right]) => left.data_offsets[0] - right.data_offsets[0])
  let expected = 0
  for (const [name, { dtype, shape, data_offsets }] of ordered) {
    const [begin, end] = data_offsets
    if (begin !== expected) throw new MalformedNetworkFile(`${name} begins at ${begin}, not at ${expected}`)
    if (end - begin !== sizeOf(shape) * bytesPerValue[dtype]) {
      throw new MalformedNetworkFile(`${name} has ${end - begin} bytes, its shape is [${shape.join()}]`)
    }
    expected = end
  }
  if (expected !== dataBytes) throw new MalformedNetworkFile(`${dataBytes} bytes of data where ${expected} belong`)
}

const readTensor = (data: DataView, name: string, { dtype, shape, data_offsets }: Entry): Tensor => {
  const [begin, end] = data_offsets
  const length = (end - begin) / bytesPerValue[dtype]
  if (!Number.isInteger(length)) throw new MalformedNetworkFile(`${name} ends within a value`)
  const at = (index: number): number => begin + index * bytesPerValue[dtype]
  switch (dtype) {
    case 'F32':
      return { shape, values: Float32Array.from({ length }, (_, index) => data.getFloat32(at(index), true)) }
    case 'F64':
      return { shape, values: Float64Array.from({ length }, (_, index) => data.getFloat64(at(index), true)) }
    case 'I32':
      return { shape, values: Int32Array.from({ length }, (_, index) => data.getInt32(at(index), true)) }
  }
}
