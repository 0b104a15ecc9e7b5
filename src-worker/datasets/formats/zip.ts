/**
 * Zip (PKWARE APPNOTE 6.3): members, packed by deflate or as they are; then a directory, an entry of each: signature
 * PK\1\2, u16 flags at 8 (bit 0: encrypted), u16 method at 10, u32 CRC-32 at 16, u32 bytes packed at 20 and unpacked at
 * 24, u16 lengths of name, extra field and comment at 28, 30, 32, u32 place of the member at 42, name at 46; at the end
 * PK\5\6 with u16 entries at 10 and u32 place of the directory at 16. All little-endian.
 */
import { constants, crc32, inflateRawSync } from 'node:zlib'
import { damagedAt, type NamedFile } from './damaged.ts'
import { checkMemory, mostBytesInMemory } from './memoryLimit.ts'

const endBytes = 22
const entryBytes = 46
const memberBytes = 30
/** What a u32 holds where the number is in an extra field, of archives of 4 GiB and more. */
const elsewhere = 0xffffffff
const deflated = 8
/** A member that unpacks to more than this many times its size holds no samples. */
const largestRatio = 256

interface Entry {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  /** Of the member. */
  readonly offset: number
}

/**
 * @param names of the members that are wanted
 * @param most bytes that all of them may have
 * @returns those of them that there are; content as it was packed, its checksum compared
 * @throws {SpiketuneError} dataset-damaged
 */
export const readZip = (
  archive: Uint8Array,
  names: readonly string[],
  named: NamedFile,
  most = mostBytesInMemory,
): Map<string, Uint8Array> => {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.length)
  const members = new Map<string, Uint8Array>()
  let unpacked = 0
  for (const entry of entriesOf(bytes, named)) {
    if (!names.includes(entry.name)) continue
    // Of many entries of one member, each would be unpacked.
    if (members.has(entry.name)) throw damagedAt(named, entry.offset, `${entry.name} is in it twice`)
    unpacked += entry.bytes
    checkMemory(unpacked, named, `at byte ${entry.offset}, what it has up to ${entry.name} announces`, most)
    members.set(entry.name, contentOf(bytes, entry, named))
  }
  return members
}

const entriesOf = function* (bytes: Buffer, named: NamedFile): Iterable<Entry> {
  const end = bytes.lastIndexOf('PK\x05\x06', bytes.length - endBytes, 'latin1')
  if (end < 0 || bytes.length < endBytes)
    throw damagedAt(named, bytes.length, 'it ends without the directory of a zip archive')
  const entries = bytes.readUInt16LE(end + 10)
  let offset = bytes.readUInt32LE(end + 16)
  if (offset === elsewhere) throw damagedAt(named, end, 'it is an archive of 4 GiB or more, which cannot be read')
  for (let entry = 0; entry < entries; entry++) {
    if (offset + entryBytes > end || bytes.toString('latin1', offset, offset + 4) !== 'PK\x01\x02') {
      throw damagedAt(named, offset, `entry ${entry} of the ${entries} of its directory is none`)
    }
    const name = offset + entryBytes
    const nameBytes = bytes.readUInt16LE(offset + 28)
    yield {
      name: bytes.toString('utf8', name, name + nameBytes),
      flags: bytes.readUInt16LE(offset + 8),
      method: bytes.readUInt16LE(offset + 10),
      crc: bytes.readUInt32LE(offset + 16),
      packedBytes: bytes.readUInt32LE(offset + 20),
      bytes: bytes.readUInt32LE(offset + 24),
      offset: bytes.readUInt32LE(offset + 42),
    }
    offset = name + nameBytes + bytes.readUInt16LE(offset + 30) + bytes.readUInt16LE(offset + 32)
  }
}

const contentOf = (archive: Buffer, entry: Entry, named: NamedFile): Uint8Array => {
  const { name, method, offset, packedBytes, bytes } = entry
  const wrong = (what: string) => damagedAt(named, offset, `${name} in it ${what}`)
  if (offset + memberBytes > archive.length || archive.toString('latin1', offset, offset + 4) !== 'PK\x03\x04') {
    throw wrong('is not there')
  }
  if ((entry.flags & 1) !== 0) throw wrong('is encrypted')
  if (method !== 0 && method !== deflated) throw wrong(`is packed by the unknown method ${method}`)
  const start = offset + memberBytes + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
  if (start + packedBytes > archive.length) throw wrong(`announces ${packedBytes} bytes, more than there are`)
  if (bytes > packedBytes * largestRatio + 1024) throw wrong(`announces more bytes than it can hold`)
  const packed = archive.subarray(start, start + packedBytes)
  const content: Buffer = method === deflated ? inflated(packed, bytes, wrong) : packed
  if (content.length !== bytes) throw wrong(`has ${content.length} bytes, where ${bytes} are announced`)
  if (crc32(content) !== entry.crc) throw wrong('does not match its checksum')
  return new Uint8Array(content.buffer, content.byteOffset, content.length)
}

const inflated = (packed: Uint8Array, bytes: number, wrong: (what: string) => Error): Buffer => {
  // In one piece, with some left over: pieces would be held beside the whole.
  const chunkSize = bytes + constants.Z_MIN_CHUNK
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(bytes, 1), chunkSize })
  } catch (cause) {
    throw wrong(`cannot be unpacked (${cause instanceof Error ? cause.message : String(cause)})`)
  }
}
