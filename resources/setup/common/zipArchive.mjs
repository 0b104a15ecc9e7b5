import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import { SetupProblem } from './steps.mjs'

// Reads ZIP archives as laid down in PKWARE's APPNOTE.TXT 6.3 (sections 4.3.7, 4.3.12, 4.3.16), as far as they are
// needed here: stored and deflated entries below 4 GiB, with Unix permissions. A fresh machine has no `unzip`.
const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
const localEntry = 0x04034b50

/**
 * One file in an archive. `mode` is its Unix permissions, 0 when the archive has none.
 *
 * @typedef {{ name: string, method: number, compressedBytes: number, bytes: number, offset: number, mode: number }} Entry
 */

/**
 * Unpacks chosen files of an archive.
 *
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} place where in the folder a file goes; undefined leaves it out
 * @returns {Promise<number>} how many files were written
 * @throws {SetupProblem} when the archive is damaged, uses what is not supported, or points outside the folder
 */
export async function unpack(archive, folder, place) {
  let written = 0
  for (const entry of await readDirectory(archive)) {
    const target = entry.name.endsWith('/') ? undefined : place(entry.name)
    if (target === undefined) continue
    const inside = normalize(target)
    if (inside.startsWith('..') || inside.startsWith(sep)) throw damaged(archive, `${entry.name} points outside`)
    await unpackEntry(archive, entry, join(folder, inside))
    written += 1
  }
  return written
}

/**
 * @param {string} archive
 * @returns {Promise<Entry[]>}
 */
export async function readDirectory(archive) {
  const file = await open(archive)
  try {
    const { size } = await file.stat()
    // The end record is 22 bytes, and a comment of up to 65,535 bytes may follow it.
    const tail = await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
    if (end < 0 || tail.readUInt32LE(end) !== endOfDirectory) throw damaged(archive, 'it has no directory')
    const count = tail.readUInt16LE(end + 10)
    const directory = await readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
    return parseDirectory(archive, directory, count)
  } finally {
    await file.close()
  }
}

/**
 * @param {string} archive
 * @param {Buffer} directory
 * @param {number} count
 * @returns {Entry[]}
 */
function parseDirectory(archive, directory, count) {
  /** @type {Entry[]} */
  const entries = []
  let at = 0
  for (let index = 0; index < count; index += 1) {
    if (directory.length < at + 46 || directory.readUInt32LE(at) !== directoryEntry) {
      throw damaged(archive, `entry ${index} of its directory is unreadable`)
    }
    const nameBytes = directory.readUInt16LE(at + 28)
    const next = at + 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      compressedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      // The high half of the external attributes is the Unix mode where the archive was written on Unix.
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
      offset: directory.readUInt32LE(at + 42),
    })
    at = next
  }
  return entries
}

/**
 * @param {string} archive
 * @param {Entry} entry
 * @param {string} target
 * @returns {Promise<void>}
 */
async function unpackEntry(archive, entry, target) {
  await mkdir(dirname(target), { recursive: true })
  const mode = entry.mode || 0o644
  if (entry.bytes === 0) {
    await writeFile(target, '', { mode })
    return
  }
  if (entry.method !== 0 && entry.method !== 8) {
    throw damaged(archive, `${entry.name} uses compression method ${entry.method}`)
  }
  const start = await dataStart(archive, entry)
  const source = createReadStream(archive, { start, end: start + entry.compressedBytes - 1, highWaterMark: 1 << 20 })
  const counter = new ByteCounter()
  const sink = createWriteStream(target, { mode })
  await (entry.method === 8
    ? pipeline(source, createInflateRaw({ chunkSize: 1 << 18 }), counter, sink)
    : pipeline(source, counter, sink))
  if (counter.bytes !== entry.bytes)
    throw damaged(archive, `${entry.name} has ${counter.bytes} of ${entry.bytes} bytes`)
}

class ByteCounter extends Transform {
  bytes = 0

  /**
   * @override
   * @param {Buffer} chunk
   * @param {BufferEncoding} _encoding
   * @param {import('node:stream').TransformCallback} done
   */
  _transform(chunk, _encoding, done) {
    this.bytes += chunk.length
    done(null, chunk)
  }
}

/**
 * @param {string} archive
 * @param {Entry} entry
 * @returns {Promise<number>} where its bytes start: the local header repeats the name and has extra fields of its own
 */
async function dataStart(archive, entry) {
  const file = await open(archive)
  try {
    const header = await readAt(file, entry.offset, 30)
    if (header.readUInt32LE(0) !== localEntry) throw damaged(archive, `${entry.name} is not where the directory says`)
    return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  } finally {
    await file.close()
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} position
 * @param {number} length
 * @returns {Promise<Buffer>}
 */
async function readAt(file, position, length) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/**
 * @param {string} archive
 * @param {string} what
 * @returns {SetupProblem}
 */
function damaged(archive, what) {
  return new SetupProblem(`the archive ${archive} cannot be unpacked: ${what}. Run the install again to fetch it anew.`)
}
