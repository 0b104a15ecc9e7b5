import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { onDisk } from '../converted/onDisk.ts'
import { damaged, damagedAt, type NamedFile } from '../formats/damaged.ts'
import { isOfSystem, openSource } from './readSource.ts'

/** An archive that unpacks to more than this many times its size holds no recordings. */
const largestRatio = 100
/** A recording is read as a whole. */
const largestMemberBytes = 2 ** 30
/** Names are held in memory, all of them; each is as long as tar-stream allows. */
const mostNameCharacters = 2 ** 27

export interface UnpackedTar {
  /** Of the files in it that were wanted, without a leading `./`. */
  readonly names: readonly string[]
  /** @throws {SpiketuneError} dataset-damaged when there is no such file */
  read(name: string): Promise<Buffer>
  /** Gives the disk its place back. */
  close(): Promise<void>
}

interface Place {
  readonly position: number
  readonly bytes: number
}

/**
 * Unpacks a tar archive, packed by gzip or not, to the disk: what is read of it afterwards comes in another order than
 * it has.
 * @param folder of temporary files; what lies there has no name, and is gone when this process is
 * @throws {SpiketuneError} dataset-missing, dataset-damaged; disk-full and folder-not-writable of the folder
 */
export const unpackTar = async (
  named: NamedFile,
  isWanted: (name: string) => boolean,
  folder: string,
): Promise<UnpackedTar> => {
  const unpacked = await namelessFile(folder)
  try {
    const places = await copyMembers(named, isWanted, { file: unpacked, folder })
    return {
      names: [...places.keys()],
      async read(name) {
        const place = places.get(name)
        if (place === undefined) throw damaged(named.file, `it has no ${name}`, named.advice)
        const bytes = Buffer.alloc(place.bytes)
        await onDisk(folder, () => unpacked.read(bytes, 0, place.bytes, place.position))
        return bytes
      },
      close: () => unpacked.close(),
    }
  } catch (error) {
    await unpacked.close()
    throw error
  }
}

const namelessFile = async (folder: string): Promise<FileHandle> => {
  const path = join(folder, `${randomUUID()}.partial`)
  return onDisk(folder, async () => {
    await mkdir(folder, { recursive: true })
    const file = await open(path, 'wx+')
    await rm(path)
    return file
  })
}

const copyMembers = async (
  named: NamedFile,
  isWanted: (name: string) => boolean,
  to: { readonly file: FileHandle; readonly folder: string },
): Promise<ReadonlyMap<string, Place>> => {
  const places = new Map<string, Place>()
  const archive = extract()
  const copy = async (): Promise<void> => {
    let position = 0
    let characters = 0
    for await (const entry of archive) {
      const name = entry.header.name.replace(/^\.\//, '')
      const isCopied = entry.header.type === 'file' && !isOfSystem(name) && isWanted(name)
      const first = position
      for await (const piece of entry as AsyncIterable<Buffer>) {
        if (!isCopied) continue
        await onDisk(to.folder, () => to.file.write(piece, 0, piece.length, position))
        position += piece.length
        if (position - first > largestMemberBytes) {
          throw damaged(named.file, `${name} in it has more than ${largestMemberBytes} bytes`, named.advice)
        }
      }
      if (!isCopied) continue
      places.set(name, { position: first, bytes: position - first })
      characters += name.length
      if (characters > mostNameCharacters) {
        throw damaged(named.file, `the names in it have more than ${mostNameCharacters} characters`, named.advice)
      }
    }
  }
  const results = await Promise.allSettled([feed(archive, named), copy()])
  const causes = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (causes.length === 0) return places
  throw causes.find((cause) => cause instanceof SpiketuneError) ?? cannotBeUnpacked(causes[0], named)
}

const feed = async (archive: NodeJS.WritableStream, named: NamedFile): Promise<void> => {
  const { isGzip, size } = await lookInto(named)
  const source = createReadStream(named.file)
  if (!isGzip) return pipeline(source, archive)
  const limit = size * largestRatio
  let unpacked = 0
  const bound = async function* (pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const piece of pieces) {
      unpacked += piece.length
      if (unpacked > limit) throw damagedAt(named, 0, `its ${size} bytes unpack to more than ${limit}`)
      yield piece
    }
  }
  return pipeline(source, createGunzip(), bound, archive)
}

const lookInto = async ({ file: path, advice }: NamedFile): Promise<{ isGzip: boolean; size: number }> => {
  const file = await openSource(path, advice)
  try {
    const start = Buffer.alloc(2)
    await file.read(start, 0, start.length, 0)
    const { size } = await file.stat()
    return { isGzip: start[0] === 0x1f && start[1] === 0x8b, size }
  } finally {
    await file.close()
  }
}

const cannotBeUnpacked = (cause: unknown, named: NamedFile): SpiketuneError => {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return damaged(named.file, `it cannot be unpacked (${reason})`, named.advice, cause)
}
