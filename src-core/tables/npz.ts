/**
 * Arrays as NumPy's `.npz`, as `numpy.savez` writes it: a zip archive of members that are not packed (PKWARE APPNOTE 6.3), each
 * an array of the form `.npy`, version 1.0 (NEP 1). Numbers lie in the byte order of the machine, which the header names.
 */

type NumberArray = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array

/** Numbers, or texts, of one dimension; a single text has none. */
export type NpzArray = NumberArray | readonly string[] | string

const order = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? '<' : '>'
/** Where the numbers of a `.npy` begin: at a multiple of it. */
const alignment = 64
/** Bytes of a zip archive that needs no larger numbers than those of 32 bits. */
const mostBytes = 0xffffffff

const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

const typeOf = (values: NumberArray): string => {
  if (values instanceof Uint8Array) return '|u1'
  if (values instanceof Uint16Array) return `${order}u2`
  if (values instanceof Int32Array) return `${order}i4`
  return values instanceof Uint32Array ? `${order}u4` : `${order}f8`
}

/** Texts as NumPy holds them: of one length, in code points of 32 bits, filled up with zeros. */
const textArray = (texts: readonly string[]): { readonly descr: string; readonly bytes: Uint8Array } => {
  const points = texts.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0))
  const length = points.reduce((most, own) => Math.max(most, own.length), 1)
  const cells = new Uint32Array(texts.length * length)
  for (const [place, own] of points.entries()) cells.set(own, place * length)
  return { descr: `${order}U${length}`, bytes: new Uint8Array(cells.buffer) }
}

const contentOf = (array: NpzArray): { readonly descr: string; readonly shape: string; readonly bytes: Uint8Array } => {
  if (typeof array === 'string') return { ...textArray([array]), shape: '()' }
  if (ArrayBuffer.isView(array)) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    return { descr: typeOf(array), shape: `(${array.length},)`, bytes }
  }
  return { ...textArray(array), shape: `(${array.length},)` }
}

/** One array as a `.npy` file, in parts. */
const npyParts = (array: NpzArray): readonly [head: Uint8Array, data: Uint8Array] => {
  const { descr, shape, bytes } = contentOf(array)
  const words = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`
  const length = Math.ceil((10 + words.length + 1) / alignment) * alignment - 10
  const size = String.fromCharCode(length & 255, length >> 8)
  return [latin(`\x93NUMPY\x01\x00${size}${words.padEnd(length - 1)}\n`), bytes]
}

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
  return remainder
})

/** CRC-32 of ISO 3309, as zip has it, of parts one after the other. */
const checksumOf = (parts: readonly Uint8Array[]): number => {
  let sum = 0xffffffff
  for (const part of parts) for (const byte of part) sum = (remainders[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8)
  return (sum ^ 0xffffffff) >>> 0
}

/** Little-endian numbers: [value, bytes of it]. */
const fields = (numbers: readonly (readonly [value: number, bytes: 2 | 4])[]): Uint8Array => {
  const bytes = new DataView(new ArrayBuffer(numbers.reduce((sum, [, length]) => sum + length, 0)))
  let at = 0
  for (const [value, length] of numbers) {
    if (length === 2) bytes.setUint16(at, value, true)
    else bytes.setUint32(at, value, true)
    at += length
  }
  return new Uint8Array(bytes.buffer)
}

const version = 20
/** The first day that zip knows, so that the same arrays are the same file. */
const firstDay = 0x21

/**
 * @param arrays by name, of letters and digits
 * @throws {RangeError} when it would be larger than such a file can be
 */
export const npzBytes = (arrays: Readonly<Record<string, NpzArray>>): Uint8Array<ArrayBuffer> => {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  const entries = Object.entries(arrays)
  for (const [name, array] of entries) {
    const content = npyParts(array)
    const size = content[0].length + content[1].length
    const file = latin(`${name}.npy`)
    const common = [
      ...([
        [version, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [firstDay, 2],
      ] as const),
      ...([
        [checksumOf(content), 4],
        [size, 4],
        [size, 4],
        [file.length, 2],
        [0, 2],
      ] as const),
    ] as const
    parts.push(fields([[0x04034b50, 4], ...common]), file, ...content)
    const rest = [
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [offset, 4],
    ] as const
    directory.push(fields([[0x02014b50, 4], [version, 2], ...common, ...rest]), file)
    offset += 30 + file.length + size
    if (offset > mostBytes) throw new RangeError('These are too many numbers for one npz file, of at most 4 GiB.')
  }
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0)
  const counts = [
    [0, 2],
    [0, 2],
    [entries.length, 2],
    [entries.length, 2],
  ] as const
  const end = fields([[0x06054b50, 4], ...counts, [directoryBytes, 4], [offset, 4], [0, 2]])
  return joined([...parts, ...directory, end])
}

const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
