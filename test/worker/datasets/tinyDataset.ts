import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { PackageFolder } from '../../../src-worker/datasets/datasetSource.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const require = createRequire(import.meta.url)

/** Finds installed packages, as the worker's entry does. */
export const installedPackage: PackageFolder = (name) => dirname(require.resolve(`${name}/package.json`))

/** What is installed and built beside a dataset. */
export const installed = {
  packageFolder: installedPackage,
  hdf5Reader: new URL('../../../out/main/hdf5Reader.js', import.meta.url),
  tables: new URL('../../../resources/tables/', import.meta.url),
}

export const idxFile = (magic: number, sizes: readonly number[], values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(4 + 4 * sizes.length + values.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic)
  sizes.forEach((size, index) => view.setUint32(4 + 4 * index, size))
  bytes.set(values, 4 + 4 * sizes.length)
  return bytes
}

export const idxImages = (count: number, rows: number, columns: number): Uint8Array =>
  idxFile(
    0x803,
    [count, rows, columns],
    Array.from({ length: count * rows * columns }, (_, index) => index % 256),
  )

export const idxLabels = (labels: readonly number[]): Uint8Array => idxFile(0x801, [labels.length], labels)

export const tinyFiles: Readonly<Record<string, Uint8Array>> = {
  'train-images-idx3-ubyte': idxImages(6, 2, 3),
  'train-labels-idx1-ubyte': idxLabels([0, 1, 2, 0, 1, 2]),
  't10k-images-idx3-ubyte': idxImages(2, 2, 3),
  't10k-labels-idx1-ubyte': idxLabels([2, 0]),
}

/** A folder of files; null leaves one out. */
export const datasetFolder = (changed: Readonly<Record<string, Uint8Array | null>> = {}): string => {
  const folder = temporaryFolder()
  for (const [name, bytes] of Object.entries({ ...tinyFiles, ...changed })) {
    if (bytes !== null) writeFileSync(join(folder, name), bytes)
  }
  return folder
}
