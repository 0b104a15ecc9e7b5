import { createHash } from 'node:crypto'
import type { Dataset } from './dataset.ts'
import { datasetFiles, datasetSource, readDatasetFile } from './datasetSource.ts'
import type { DatasetSource, IdxName, PackageFolder } from './datasetSource.ts'
import { damaged } from './formats/damaged.ts'
import { readIdxImages, readIdxLabels } from './idx.ts'
import type { IdxImages } from './idx.ts'

/**
 * Reads and checks the four files of a dataset.
 * @throws {SpiketuneError} dataset-missing, dataset-damaged: which file, what was found, what to do
 */
export async function loadIdxDataset(
  name: IdxName,
  folder: string | undefined,
  packageFolder: PackageFolder,
): Promise<Dataset> {
  const source = datasetSource(name, folder, packageFolder)
  const hash = createHash('sha256')
  const files = []
  for (const index of datasetFiles.keys()) {
    const file = await readDatasetFile(source, index)
    hash.update(file.bytes)
    files.push(file)
  }
  const [trainImagesFile, trainLabelsFile, testImagesFile, testLabelsFile] = files
  if (!trainImagesFile || !trainLabelsFile || !testImagesFile || !testLabelsFile) throw new Error('four files')
  const train = readPart(trainImagesFile, trainLabelsFile, source)
  const test = readPart(testImagesFile, testLabelsFile, source)
  const { rows, columns } = train.images
  if (test.images.rows !== rows || test.images.columns !== columns) {
    const what = `its images are ${test.images.rows} x ${test.images.columns}, those to train on ${rows} x ${columns}`
    throw damaged(testImagesFile.path, what, source.advice)
  }
  const highest = source.highestLabel ?? highestOf(train.labels)
  checkLabels(train.labels, highest, trainLabelsFile.path, source)
  checkLabels(test.labels, highest, testLabelsFile.path, source)
  return {
    sampleShape: { channels: 1, rows, columns },
    frames: 1,
    rows,
    columns,
    classes: highest + 1,
    train: { kind: 'images', count: train.images.count, pixels: train.images.pixels, labels: train.labels },
    test: { kind: 'images', count: test.images.count, pixels: test.images.pixels, labels: test.labels },
    sha256: hash.digest('hex'),
  }
}

interface DatasetFile {
  readonly path: string
  readonly bytes: Uint8Array
}

function readPart(
  imagesFile: DatasetFile,
  labelsFile: DatasetFile,
  { advice }: DatasetSource,
): { images: IdxImages; labels: Uint8Array } {
  const images = readIdxImages(imagesFile.bytes, imagesFile.path, advice)
  const labels = readIdxLabels(labelsFile.bytes, labelsFile.path, advice)
  if (labels.length !== images.count) {
    throw damaged(labelsFile.path, `it has ${labels.length} labels for ${images.count} images`, advice)
  }
  return { images, labels }
}

function checkLabels(labels: Uint8Array, highest: number, path: string, { advice }: DatasetSource): void {
  const position = labels.findIndex((label) => label > highest)
  if (position < 0) return
  throw damaged(path, `label ${position} is ${labels[position]}, where 0 to ${highest} are allowed`, advice)
}

const highestOf = (labels: Uint8Array): number => labels.reduce((highest, label) => Math.max(highest, label), 0)
