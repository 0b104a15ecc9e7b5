import { readFile, stat } from 'node:fs/promises'
import { whyNoFile } from '../../src-core/values/whyNoFile.ts'
import type { FileContent } from '../files/writeWhole.ts'

export interface PlannedFile {
  readonly path: string
  readonly content: FileContent
}

/** Whether a file that an export would write is there already, as it would be or otherwise: others are never overwritten. */
export const compareWithDisk = async ({ path, content }: PlannedFile): Promise<'missing' | 'same' | 'different'> => {
  const found = await stat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })
  if (found === null) return 'missing'
  if (whyNoFile(found) !== null) return 'different'
  const there = await readFile(path)
  const wanted = typeof content === 'object' && 'copyOf' in content ? await readFile(content.copyOf) : content
  return Buffer.from(wanted).equals(there) ? 'same' : 'different'
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)
