import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { explainFileError, isFileError } from '../files/fileErrors.ts'

/**
 * Whether SQLite cannot read a file only because it may not write beside it: the index of what was committed last has to lie
 * there. So it is on a disk that may only be read, and in the folder of another user.
 */
export const needsCopy = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^SQLITE_(CANTOPEN|READONLY)/.test(error.code)

/**
 * Has a copy of a database and of what lies beside it opened. The copy has no name any more when this returns: the system
 * removes it when it is closed, however its reader ends.
 * @param open must have read from it before it returns
 * @throws SpiketuneError file-not-readable, disk-full
 */
export const openCopyAside = <Opened>(file: string, open: (copy: string) => Opened): Opened => {
  const folder = mkdtempSync(join(tmpdir(), 'spiketune-read-'))
  const copy = join(folder, basename(file))
  try {
    for (const end of ['', '-wal']) if (end === '' || existsSync(file + end)) copyFileSync(file + end, copy + end)
    return open(copy)
  } catch (error) {
    throw isFileError(error) && ['EACCES', 'EPERM', 'EIO', 'ENOENT'].includes(error.code)
      ? notReadable(file, error)
      : explainFileError(error, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const notReadable = (file: string, cause: Error): SpiketuneError =>
  new SpiketuneError(
    'file-not-readable',
    `The file ${file} cannot be read. Check that it is there, and that you may read it.`,
    { details: cause.message, cause },
  )
