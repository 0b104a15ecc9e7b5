import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'

/** Turns what the file system reports into an error that a person can act on; other errors stay as they are. */
export function explainFileError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof SpiketuneError || !('code' in error)) return error
  const options = { details: error.message, cause: error }
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return noSpaceFor(folder, error)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
      return new SpiketuneError(
        'folder-not-writable',
        `${folder} cannot be written to. Choose another folder, or make it writable.`,
        options,
      )
    default:
      return error
  }
}

export const noSpaceFor = (folder: string, cause: Error): SpiketuneError =>
  new SpiketuneError('disk-full', `No space is left for ${folder}. Free some space, then try again.`, {
    details: cause.message,
    cause,
  })
