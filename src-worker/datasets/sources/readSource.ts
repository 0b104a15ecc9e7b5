import type { Hash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { type FileHandle, open, readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { type FoundThing, whyNoFile } from '../../../src-core/values/whyNoFile.ts'
import { damaged } from '../formats/damaged.ts'
import { checkMemory } from '../formats/memoryLimit.ts'

/** What kind of thing lies at a path; null: nothing. */
export const kindAt = async (path: string): Promise<'file' | 'folder' | null> => {
  const found = await stat(path).catch(() => null)
  if (found === null) return null
  return found.isDirectory() ? 'folder' : 'file'
}

/** @throws {SpiketuneError} dataset-missing; dataset-damaged when it cannot be read, or is larger than what is read at once */
export const readSource = (path: string, advice: string): Promise<Buffer> =>
  reading(path, advice, ({ size }) => {
    checkMemory(size, { file: path, advice }, 'it has')
    return readFile(path)
  })

/** Opens a file to read it. Errors are those of `readSource`. */
export const openSource = (path: string, advice: string): Promise<FileHandle> =>
  reading(path, advice, () => open(path, 'r'))

/** Adds the content of a file to a hash, piece by piece. Errors are those of `readSource`. */
export const hashSource = (path: string, advice: string, hash: Hash): Promise<void> =>
  reading(path, advice, async () => {
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  })

/** What lies at a path is looked at before it is opened: a pipe or a device might never end. */
const reading = async <Result>(
  path: string,
  advice: string,
  read: (found: Stats) => Promise<Result>,
): Promise<Result> => {
  try {
    return await read(checkFile(await stat(path), path, advice))
  } catch (cause) {
    if (cause instanceof SpiketuneError) throw cause
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause)
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new SpiketuneError('dataset-missing', `There is no ${path}. ${advice}`, { cause })
    }
    throw damaged(path, `it cannot be read (${code})`, advice, cause)
  }
}

/** @throws {SpiketuneError} dataset-damaged when it is no file */
export const checkFile = <Found extends FoundThing>(found: Found, path: string, advice: string): Found => {
  const why = whyNoFile(found)
  if (why !== null) throw new SpiketuneError('dataset-damaged', `${path} ${why}, where a file belongs. ${advice}`)
  return found
}

/**
 * Files in a folder and the folders in it, as `a/b.bin`, in the order of their names, numbers by their value; without
 * those of the system.
 */
export const filesIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => !isOfSystem(name))
    .sort(byNumbersAndLetters)
}

/** Whether a file, `a/b.bin`, is one that systems and their file managers leave beside those of people: hidden or known. */
export const isOfSystem = (name: string): boolean =>
  name.split('/').some((part) => part.startsWith('.') || systemNames.has(part.toLowerCase()))

const systemNames = new Set(['__macosx', 'desktop.ini', 'thumbs.db', 'ehthumbs.db', '@eadir', '$recycle.bin'])

const listedNames = 12

/**
 * The error of files that a folder lacks; it says what is there instead.
 * @param what such as `recordings (.bin)`
 */
export const missingIn = async (folder: string, what: string, advice: string): Promise<SpiketuneError> => {
  const kind = await kindAt(folder)
  const missing = (found: string) => new SpiketuneError('dataset-missing', `${found}. ${advice}`)
  if (kind === null) return missing(`There is no folder ${folder}, where ${what} belongs`)
  if (kind === 'file') return missing(`${folder} is a file, where a folder with ${what} belongs`)
  const found = await filesIn(folder)
  const more = found.length > listedNames ? ` and ${found.length - listedNames} more` : ''
  const there = found.length === 0 ? 'no files' : `${found.slice(0, listedNames).join(', ')}${more}`
  return missing(`There is no ${what} in ${folder}, which has ${there}`)
}

const collator = new Intl.Collator('en', { numeric: true })
export const byNumbersAndLetters = (left: string, right: string): number => collator.compare(left, right)
