/**
 * The IDX format (LeCun, Cortes, Burges, "The MNIST database"): a big-endian u32 magic number, whose third byte is the
 * type of the values (0x08: u8) and whose fourth is the number of dimensions; one big-endian u32 for each dimension;
 * then the values, row by row.
 */
import { damaged } from './formats/damaged.ts'

const imagesMagic = 0x00000803
const labelsMagic = 0x00000801

export interface IdxImages {
  readonly count: number
  readonly rows: number
  readonly columns: number
  /** [count][rows][columns] grey values. */
  readonly pixels: Uint8Array
}

/**
 * Reads images.
 * @param bytes the unpacked file
 * @param file its name, for errors
 * @param advice what a person can do when it is damaged
 * @throws {SpiketuneError} dataset-damaged
 */
export const readIdxImages = (bytes: Uint8Array, file: string, advice: string): IdxImages => {
  const { sizes, values } = readIdx(bytes, imagesMagic, file, advice)
  const [count = 0, rows = 0, columns = 0] = sizes
  return { count, rows, columns, pixels: values }
}

/** Reads labels; parameters and errors are those of `readIdxImages`. */
export const readIdxLabels = (bytes: Uint8Array, file: string, advice: string): Uint8Array =>
  readIdx(bytes, labelsMagic, file, advice).values

const readIdx = (bytes: Uint8Array, magic: number, file: string, advice: string) => {
  const dimensions = magic & 0xff
  const headerBytes = 4 + 4 * dimensions
  if (bytes.length < headerBytes) {
    throw damaged(file, `it has ${bytes.length} bytes, fewer than the ${headerBytes} of its header`, advice)
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, headerBytes)
  const found = header.getUint32(0)
  if (found !== magic) {
    throw damaged(file, `it begins with the number ${hex(found)} where ${hex(magic)} belongs`, advice)
  }
  const sizes = Array.from({ length: dimensions }, (_, dimension) => header.getUint32(4 + 4 * dimension))
  if (sizes.includes(0)) throw damaged(file, `its header says that its size is ${sizes.join(' x ')}`, advice)
  const expected = sizes.reduce((product, size) => product * size, 1) + headerBytes
  if (bytes.length < expected) {
    throw damaged(file, `it ends after ${bytes.length} of the ${expected} bytes that its header announces`, advice)
  }
  if (bytes.length > expected) {
    throw damaged(file, `${bytes.length - expected} bytes follow the ${expected} that its header announces`, advice)
  }
  return { sizes, values: bytes.subarray(headerBytes) }
}

/** How many bytes the file has by its header; null: these are no first bytes of images or labels. */
export const announcedIdxBytes = (start: Buffer): number | null => {
  const dimensions =
    start.length < 4 ? 0 : [imagesMagic, labelsMagic].includes(start.readUInt32BE(0)) ? start.readUInt8(3) : 0
  const headerBytes = 4 + 4 * dimensions
  if (dimensions === 0 || start.length < headerBytes) return null
  const sizes = Array.from({ length: dimensions }, (_, dimension) => start.readUInt32BE(4 + 4 * dimension))
  return sizes.reduce((product, size) => product * size, 1) + headerBytes
}

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`
