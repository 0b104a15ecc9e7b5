import type { Hash } from 'node:crypto'
import { samplesOfParts, type SampleSource, type SourceContent } from '../converted/sampleSource.ts'
import {
  datasetPaths,
  datasetSource,
  type DatasetSource,
  type IdxName,
  type PackageFolder,
  readDatasetFile,
} from '../datasetSource.ts'
import { damaged } from '../formats/damaged.ts'
import { type IdxImages, readIdxImages, readIdxLabels } from '../idx.ts'

/**
 * The four files of a dataset in the IDX format.
 * @throws {SpiketuneError} dataset-missing: which file, what to do
 */
export const idxSource = async (
  name: IdxName,
  folder: string | undefined,
  packageFolder: PackageFolder,
): Promise<SampleSource> => {
  const source = datasetSource(name, folder, packageFolder)
  const paths = await datasetPaths(source)
  return {
    name,
    settings: '',
    files: paths,
    expected: 0,
    advice: source.advice,
    content: (hash) => readFiles(paths, source, hash),
  }
}

const readFiles = async (paths: readonly string[], source: DatasetSource, hash: Hash): Promise<SourceContent> => {
  const files: DatasetFile[] = []
  for (const [index, path] of paths.entries()) {
    const bytes = await readDatasetFile(path, index, source)
    hash.update(bytes)
    files.push({ path, bytes })
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
    kind: 'images',
    sampleShape: { channels: 1, rows, columns },
    frames: 1,
    classes: highest + 1,
    samples: samplesOfParts(
      { labels: train.labels, values: train.images.pixels },
      { labels: test.labels, values: test.images.pixels },
    ),
  }
}

interface DatasetFile {
  readonly path: string
  readonly bytes: Uint8Array
}

const readPart = (
  imagesFile: DatasetFile,
  labelsFile: DatasetFile,
  { advice }: DatasetSource,
): { images: IdxImages; labels: Uint8Array } => {
  const images = readIdxImages(imagesFile.bytes, imagesFile.path, advice)
  const labels = readIdxLabels(labelsFile.bytes, labelsFile.path, advice)
  if (labels.length !== images.count) {
    throw damaged(labelsFile.path, `it has ${labels.length} labels for ${images.count} images`, advice)
  }
  return { images, labels }
}

const checkLabels = (labels: Uint8Array, highest: number, path: string, { advice }: DatasetSource): void => {
  const position = labels.findIndex((label) => label > highest)
  if (position < 0) return
  throw damaged(path, `label ${position} is ${labels[position]}, where 0 to ${highest} are allowed`, advice)
}

const highestOf = (labels: Uint8Array): number => labels.reduce((highest, label) => Math.max(highest, label), 0)
