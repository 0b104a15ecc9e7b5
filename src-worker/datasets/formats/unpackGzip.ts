import { createGunzip } from 'node:zlib'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { damaged, damagedAt, type NamedFile } from './damaged.ts'
import { checkMemory } from './memoryLimit.ts'

/** The best ratio of deflate. */
const largestRatio = 1032
/** Of a file that announces nothing: enough to see that it is none. */
const unannouncedBytes = 64

/**
 * Unpacks gzip as far as what is packed announces: a file of a few megabytes can unpack to many gigabytes.
 * @param announced how many bytes there are, by the first of them; null: they are of no such file
 * @returns no more than a byte beyond what is announced
 * @throws {SpiketuneError} dataset-damaged
 */
export const unpackGzip = async (
  packed: Uint8Array,
  named: NamedFile,
  announced: (start: Buffer) => number | null,
): Promise<Uint8Array> => {
  let content: Buffer | null = null
  let start = Buffer.alloc(0)
  let length = 0
  const begin = (): Buffer => {
    const bytes = announced(start) ?? unannouncedBytes
    checkMemory(bytes, named, 'at byte 0, unpacked, it announces')
    if (bytes > packed.length * largestRatio + unannouncedBytes) {
      throw damagedAt(named, 0, `unpacked, it announces ${bytes} bytes, more than it can hold`)
    }
    return Buffer.alloc(bytes + 1)
  }
  const gunzip = createGunzip()
  gunzip.end(packed)
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      let rest = piece
      if (content === null) {
        start = Buffer.concat([start, piece])
        if (start.length < unannouncedBytes) continue
        content = begin()
        rest = start
      }
      length += rest.copy(content, length)
      if (length === content.length) break
    }
  } catch (cause) {
    if (cause instanceof SpiketuneError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw damaged(named.file, `it cannot be unpacked (${reason})`, named.advice, cause)
  }
  return content === null ? start : content.subarray(0, length)
}
