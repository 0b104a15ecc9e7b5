/** A file that is imported, and what it is. */
import { basename } from 'node:path'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { readNamedFile } from '../files/namedFile.ts'

/** Some 100,000 evaluations and more, packed or not. As a table, a text takes twenty times its size. */
export const largestImport = 32 * 2 ** 20
/** Tens of thousands of synapses, more than a study can have. */
const largestNetwork = 4 * 2 ** 20

/** @throws SpiketuneError log-not-found */
export const readImported = (path: string): Promise<Buffer> =>
  readNamedFile(
    path,
    largestImport,
    (why, cause) => new SpiketuneError('log-not-found', `The evaluation log ${path} ${why}.`, { cause }),
  )

/**
 * The text of a network in TENNLab's form, which is JSON: an object, or a file that is called so; null: it is a log.
 * @throws SpiketuneError network-invalid
 */
export const networkTextIn = (bytes: Buffer, path: string): string | null => {
  const file = basename(path)
  const begins = bytes
    .toString('utf8', 0, 4096)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (!begins.startsWith('{') && !/\.json$/i.test(file)) return null
  if (bytes.length > largestNetwork) {
    throw new SpiketuneError(
      'network-invalid',
      `${file} has ${bytes.length} bytes, more than the ${largestNetwork} that are read of a network. Nothing was imported.`,
    )
  }
  return bytes.toString('utf8').replace(/^\uFEFF/, '')
}
