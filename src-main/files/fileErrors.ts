import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'

/** An error that the system reported of a file. */
export const isFileError = (error: unknown): error is NodeJS.ErrnoException & { readonly code: string } =>
  error instanceof Error && !(error instanceof SpiketuneError) && 'syscall' in error && 'code' in error

export const isFullDisk = ({ code }: { readonly code?: string | undefined }): boolean =>
  code === 'ENOSPC' || code === 'EDQUOT'

/** Turns what the file system reports into an error that a person can act on; other errors stay as they are. */
export const explainFileError = (error: unknown, folder: string): unknown => {
  if (!isFileError(error)) return error
  if (isFullDisk(error)) return noSpaceFor(folder, error)
  const options = { details: error.message, cause: error }
  switch (error.code) {
    case 'ENAMETOOLONG':
      return pathTooLong(folder, options)
    case 'ENOENT':
      return notWritable(`${folder} is not there, and cannot be made. Choose another folder, or make it.`, options)
    case 'EMFILE':
    case 'ENFILE':
      return notWritable(
        `${folder} cannot be written to: too many files are open. End other programs, or raise the limit with ulimit -n.`,
        options,
      )
    case 'EIO':
    case 'ESTALE':
    case 'ENODEV':
    case 'ENXIO':
    case 'ENOTCONN':
    case 'ETIMEDOUT':
    case 'EHOSTDOWN':
      return notWritable(`${folder} cannot be reached: its disk fails or is gone. Choose another folder.`, options)
    default:
      return notWritable(`${folder} cannot be written to. Choose another folder, or make it writable.`, options)
  }
}

type Options = ConstructorParameters<typeof SpiketuneError>[2]

const notWritable = (message: string, options: Options): SpiketuneError =>
  new SpiketuneError('folder-not-writable', message, options)

export const pathTooLong = (path: string, options: Options = {}): SpiketuneError =>
  new SpiketuneError(
    'path-too-long',
    `The path ${path} is too long: it has ${Buffer.byteLength(path)} bytes. Choose a folder with a shorter path.`,
    options,
  )

export const noSpaceFor = (folder: string, cause: Error): SpiketuneError =>
  new SpiketuneError('disk-full', `No space is left for ${folder}. Free some space, then try again.`, {
    details: cause.message,
    cause,
  })
