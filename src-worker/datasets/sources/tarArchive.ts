import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { damaged, damagedAt } from '../formats/damaged.ts'
import type { NamedFile } from '../formats/damaged.ts'

/** An archive that unpacks to more than so many times its size is none that holds recordings. */
const largestRatio = 100

/**
 * The files of a tar archive, packed by gzip or not.
 * @param bytes of the archive
 * @returns content by name, without a leading `./`
 * @throws {SpiketuneError} dataset-damaged
 */
export async function readTar(bytes: Uint8Array, named: NamedFile): Promise<ReadonlyMap<string, Buffer>> {
  const members = new Map<string, Buffer>()
  const limit = bytes.length * largestRatio
  let unpacked = 0
  const archive = extract()
  const read = async (): Promise<void> => {
    for await (const entry of archive) {
      const pieces: Buffer[] = []
      for await (const piece of entry as AsyncIterable<Buffer>) pieces.push(piece)
      if (entry.header.type === 'file') members.set(entry.header.name.replace(/^\.\//, ''), Buffer.concat(pieces))
    }
  }
  const bound = async function* (pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const piece of pieces) {
      unpacked += piece.length
      if (unpacked > limit) {
        throw damagedAt(named, 0, `its ${bytes.length} bytes unpack to more than ${limit}`)
      }
      yield piece
    }
  }
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  try {
    const source = Readable.from([bytes])
    const feeding = isGzip ? pipeline(source, createGunzip(), bound, archive) : pipeline(source, archive)
    await Promise.all([feeding, read()])
  } catch (cause) {
    if (cause instanceof SpiketuneError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw damaged(named.file, `it cannot be unpacked (${reason})`, named.advice, cause)
  }
  return members
}
