import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** SHA-256 of a file. @throws {Error} when it cannot be read */
export const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path)) hash.update(bytes as Uint8Array)
  return hash.digest('hex')
}

/** Why the file of a network is not the one that was written; null: it is. @param sha256 undefined: nobody knows */
export const networkDamage = async (path: string, sha256: string | undefined): Promise<string | null> => {
  try {
    const found = await hashOf(path)
    return sha256 === undefined || found === sha256 ? null : `its SHA-256 is ${found}, and was ${sha256}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Whether a safetensors file is shorter or longer than its head says, in words; null: it is not. For files without a hash. */
export const cutShort = async (path: string): Promise<string | null> => {
  const bytes = await readFile(path)
  try {
    const length = Number(bytes.readBigUInt64LE(0))
    const head = headSchema.parse(JSON.parse(bytes.toString('utf8', 8, 8 + length)))
    const ends = Object.values(head).map(({ data_offsets: [, end] = [0, 0] }) => end)
    const wanted = 8 + length + Math.max(0, ...ends)
    return wanted === bytes.length ? null : `it has ${bytes.length} bytes, and should have ${wanted}`
  } catch {
    return 'its head cannot be read'
  }
}

const headSchema = z.record(z.string(), z.object({ data_offsets: z.tuple([z.number(), z.number()]).optional() }))
