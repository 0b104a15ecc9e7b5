import { readFile, stat } from 'node:fs/promises'
import { whyNoFile } from '../../src-core/values/whyNoFile.ts'

/**
 * Reads a file that a person named. Pipes, devices and folders are refused before they are opened, and what is larger than
 * anything of its kind before it is read.
 * @param mostBytes of its size
 * @param refused the error to throw, by why it cannot be read: the end of a sentence that begins with its name
 */
export const readNamedFile = async (
  path: string,
  mostBytes: number,
  refused: (why: string, cause?: unknown) => Error,
): Promise<Buffer> => {
  const found = await stat(path).catch((error: unknown) => {
    throw refused(whyUnreadable(error), error)
  })
  const why = whyNoFile(found)
  if (why !== null) throw refused(why)
  if (found.size > mostBytes) throw refused(`has ${found.size} bytes, more than the ${mostBytes} that are read`)
  return readFile(path).catch((error: unknown) => {
    throw refused(whyUnreadable(error), error)
  })
}

const whyUnreadable = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'does not exist'
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this user'
    default:
      return `cannot be read (${String(code ?? error)})`
  }
}
