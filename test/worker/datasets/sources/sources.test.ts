import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { imageAt } from '../../../../src-worker/datasets/dataset.ts'
import type { Dataset, LabelledSamples } from '../../../../src-worker/datasets/dataset.ts'
import type { DatasetSettings } from '../../../../src-worker/datasets/datasetSource.ts'
import { readSaccadeEvents } from '../../../../src-worker/datasets/formats/saccadeEvents.ts'
import { loadDataset } from '../../../../src-worker/datasets/loadDataset.ts'
import { nmnistShape } from '../../../../src-worker/datasets/sources/nmnist.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { aedatFile, aedatPacket, npyBytes, npyOf, npzFile, saccadeFile, tarFile } from '../formats/tinyFiles.ts'
import { installed } from '../tinyDataset.ts'

const shared = fileURLToPath(new URL('../../../../../shared/datasets/', import.meta.url))
const nmnistSmall = join(shared, 'nmnist-small')
const nmnistSample = join(shared, 'events/nmnist-sample.bin')

function folderOf(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

const load = (settings: Partial<DatasetSettings> & Pick<DatasetSettings, 'name'>): Promise<Dataset> =>
  loadDataset({ trainFraction: 0.8, ...settings }, { ...installed, cacheFolder: temporaryFolder() })

/** Of files, one after the other. */
async function sha256Of(...files: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) hash.update(await readFile(file))
  return hash.digest('hex')
}

const eventsAt = (part: LabelledSamples, index: number): number[][] => {
  if (part.kind !== 'events') throw new Error('events expected')
  const { timesUs, inputs } = part.eventsAt(index)
  return [[...timesUs], [...inputs]]
}
const valuesOf = (part: LabelledSamples): number[] =>
  part.kind === 'values' ? [...part.labels.keys()].flatMap((index) => [...part.valuesAt(index)]) : []

describe('N-MNIST', () => {
  const one = saccadeFile([[1, 0, 1, 10]])
  const two = saccadeFile([[0, 1, 0, 20]])

  it('in folders of classes', async () => {
    const folder = folderOf({
      'Train/7/00010.bin': two,
      'Train/7/00002.bin': one,
      'Train/0/00001.bin': two,
      'Test/9/1.bin': one,
    })
    const dataset = await load({ name: 'nmnist', folder })
    expect(dataset).toMatchObject({ sampleShape: nmnistShape, frames: 1, classes: 10 })
    expect([...dataset.train.labels, ...dataset.test.labels]).toEqual([0, 7, 7, 9])
    expect(eventsAt(dataset.train, 1)).toEqual([[10], [3]])
    expect(eventsAt(dataset.train, 2)).toEqual([[20], [68]])
    const content = Buffer.concat([two, one, two, one])
    expect(dataset.sha256).toBe(createHash('sha256').update(content).digest('hex'))
  })

  const listed = {
    '10.bs2': one,
    '2.bs2': two,
    '3.bs2': one,
    'train1K.txt': '#sample #class\r\n10\t4\r\n2\t5\r\n',
    'test100.txt': '#sample #class\r\n3\t6\r\n',
  }

  it('by lists, in a folder or packed', async () => {
    const archive = folderOf({
      'nmnist.tar.gz': await tarFile(
        Object.fromEntries(Object.entries(listed).map(([name, content]) => [name, Buffer.from(content)])),
      ),
    })
    for (const folder of [folderOf(listed), archive, join(archive, 'nmnist.tar.gz')]) {
      const { train, test } = await load({ name: 'nmnist', folder })
      expect([...train.labels, ...test.labels]).toEqual([4, 5, 6])
      expect([eventsAt(train, 0), eventsAt(train, 1), eventsAt(test, 0)]).toEqual([
        [[10], [3]],
        [[20], [68]],
        [[10], [3]],
      ])
    }
  })

  it('says which file is wrong, and where', async () => {
    const damaged = folderOf({ 'Train/1/1.bin': one.subarray(0, 4) })
    await expect(load({ name: 'nmnist', folder: damaged })).rejects.toMatchObject({
      code: 'dataset-damaged',
      message: expect.stringMatching(/Train\/1\/1\.bin is damaged: at byte 0, 4 bytes are left/) as string,
    })
    const unlisted = folderOf({ ...listed, 'train1K.txt': '#\n99\t1\n' })
    await expect(load({ name: 'nmnist', folder: unlisted })).rejects.toThrow('line 2 names recording 99')
    await expect(load({ name: 'nmnist', folder: folderOf({}) })).rejects.toMatchObject({
      code: 'dataset-missing',
      message: expect.stringMatching(/There are no recordings .* Get them from: Garrick Orchard/) as string,
    })
    await expect(load({ name: 'nmnist' })).rejects.toThrow('needs its folder')
  })

  it.skipIf(!existsSync(nmnistSmall))('1,000 and 100 recordings of the small archive', async () => {
    const { train, test } = await load({ name: 'nmnist', folder: nmnistSmall })
    expect([train.count, test.count]).toEqual([1000, 100])
    expect([...train.labels.subarray(0, 3), ...test.labels.subarray(0, 2)]).toEqual([5, 0, 4, 7, 2])
    expect(Math.max(...(eventsAt(train, 999)[0] ?? []))).toBeLessThan(320_000)
  })

  it.skipIf(!existsSync(nmnistSample))('4,325 events of a single recording', async () => {
    const bytes = await readFile(nmnistSample)
    const { timesUs } = readSaccadeEvents(bytes, nmnistShape, { file: nmnistSample, advice: '' })
    expect(timesUs.length).toBe(4325)
  })
})

describe('DVS128 Gesture', () => {
  const recording = aedatFile(
    aedatPacket([
      [1, 0, 1, 5],
      [2, 0, 0, 12],
      [3, 0, 1, 31],
    ]),
  )
  const times = 'class,startTime_usec,endTime_usec\n3,10,20\n11,30,40\n'

  it('as published', async () => {
    const files = ['user24_led', 'user02_natural'].flatMap((user) => [
      [`${user}.aedat`, recording] as const,
      [`${user}_labels.csv`, times] as const,
    ])
    const inArchive = files.map(([name, content]) => [`DvsGesture/${name}`, Buffer.from(content)] as const)
    const archive = folderOf({ 'DvsGesture.tar.gz': await tarFile(Object.fromEntries(inArchive)) })
    for (const folder of [folderOf(Object.fromEntries(files)), archive, join(archive, 'DvsGesture.tar.gz')]) {
      const { train, test, classes } = await load({ name: 'dvs-gesture', folder })
      expect([classes, ...train.labels, ...test.labels]).toEqual([11, 2, 10, 2, 10])
      expect(eventsAt(train, 0)).toEqual([[2], [4]])
      expect(eventsAt(test, 1)).toEqual([[1], [7]])
    }
  })

  it('as tonic has it, in folders or archives', async () => {
    const train_ = { 'ibmGestureTrain/user01_led/10.npy': npyOf([1, 4], [1, 0, 1, 3]) }
    const test_ = { 'ibmGestureTest/user24_led/0.npy': npyOf([1, 4], [0, 1, 0, 4]) }
    const packed = { 'ibmGestureTest.tar.gz': await tarFile(test_), 'ibmGestureTrain.tar.gz': await tarFile(train_) }
    for (const folder of [folderOf({ ...train_, ...test_ }), folderOf(packed)]) {
      const { train, test } = await load({ name: 'dvs-gesture', folder })
      expect([...train.labels, ...test.labels]).toEqual([10, 0])
      expect([eventsAt(train, 0), eventsAt(test, 0)]).toEqual([
        [[3000], [3]],
        [[4000], [256]],
      ])
    }
  })

  it('says what an archive lacks', async () => {
    const empty = folderOf({ 'gestures.tar.gz': await tarFile({ 'README.txt': Buffer.from('none') }) })
    await expect(load({ name: 'dvs-gesture', folder: empty })).rejects.toThrow(
      'gestures.tar.gz is damaged: it holds no recordings (.aedat, .npy). In ',
    )
    const unlabelled = folderOf({ 'gestures.tar.gz': await tarFile({ 'a/user01_led.aedat': recording }) })
    await expect(load({ name: 'dvs-gesture', folder: unlabelled })).rejects.toThrow(
      'gestures.tar.gz is damaged: it has no a/user01_led_labels.csv',
    )
  })
})

describe('csv', () => {
  const table = 'length,width,species\n5.1,3.5,setosa\n7,3.2,versicolor\n4.9,3,setosa\n'

  it('numbers and a column of classes, the last', async () => {
    const file = join(folderOf({ 'iris.csv': table }), 'iris.csv')
    const { train, test, classes, sampleShape } = await load({ name: 'csv', file })
    expect([classes, train.count, test.count]).toEqual([2, 3, 0])
    expect(sampleShape).toEqual({ channels: 2, rows: 1, columns: 1 })
    expect([...train.labels]).toEqual([0, 1, 0])
    expect(valuesOf(train)).toEqual([5.1, 3.5, 7, 3.2, 4.9, 3].map(Math.fround))
  })

  it('another column of classes, and a table to test on', async () => {
    const folder = folderOf({ 'a.csv': 'class;x\n10;1\n9;2\n', 'b.csv': 'class;x\n10;3\n' })
    const files = { file: join(folder, 'a.csv'), testFile: join(folder, 'b.csv'), labelColumn: 'class' }
    const { train, test, sha256 } = await load({ name: 'csv', ...files })
    expect([[...train.labels], [...test.labels], valuesOf(test)]).toEqual([[1, 0], [1], [3]])
    expect(sha256).toBe(await sha256Of(files.file, files.testFile))
  })

  it('says what is wrong in which line', async () => {
    const folder = folderOf({ 'a.csv': 'x,class\n1,a\nlong,b\n', 'b.csv': 'x,class\n,a\n', 'c.csv': table })
    await expect(load({ name: 'csv', file: join(folder, 'a.csv') })).rejects.toThrow(
      'line 3, which ends at byte 19, has long in column x, where a number belongs',
    )
    await expect(load({ name: 'csv', file: join(folder, 'b.csv') })).rejects.toThrow('has nothing in column x')
    await expect(load({ name: 'csv', file: join(folder, 'c.csv'), labelColumn: 'kind' })).rejects.toThrow(
      'it has no column kind, only length, width, species',
    )
    await expect(load({ name: 'csv', file: join(folder, 'none.csv') })).rejects.toMatchObject({
      code: 'dataset-missing',
    })
  })

  it('says which column is of classes before it says what is no number', async () => {
    const numbers = [...Array(300).keys()].map((row) => `${row % 2 === 0 ? 'even' : 'odd'},${row}`)
    const folder = folderOf({ 'a.csv': `class,x\n${numbers.join('\n')}`, 'b.csv': 'class,x\nthird,1\n' })
    const file = join(folder, 'a.csv')
    await expect(load({ name: 'csv', file })).rejects.toThrow(
      'its column x has 300 different values, more than 256 classes. Name the column of the classes',
    )
    const labelColumn = 'class'
    expect((await load({ name: 'csv', file, labelColumn })).train.count).toBe(300)
    await expect(load({ name: 'csv', file, labelColumn, testFile: join(folder, 'b.csv') })).rejects.toThrow(
      'b.csv is damaged: line 2 has the class third, unknown in training',
    )
  })

  it('compares the names of columns one by one', async () => {
    const folder = folderOf({ 'a.csv': '"a\nb",c\n1,u\n', 'b.csv': 'a,"b\nc"\n1,u\n' })
    const files = { file: join(folder, 'a.csv'), testFile: join(folder, 'b.csv') }
    await expect(load({ name: 'csv', ...files })).rejects.toThrow('its columns are not those of the table to train on')
  })

  it('of a hundred thousand columns', async () => {
    const columns = [...Array(100_000).keys()]
    const folder = folderOf({ 'wide.csv': `c${columns.join(',c')}\n${columns.join(',')}\n` })
    const { train, sampleShape } = await load({ name: 'csv', file: join(folder, 'wide.csv') })
    expect([train.count, sampleShape.channels]).toEqual([1, 99_999])
  })
})

describe('npz', () => {
  const saved = (arrays: Readonly<Record<string, Uint8Array>>): string =>
    join(folderOf({ 'a.npz': npzFile(arrays) }), 'a.npz')

  it('bytes are images', async () => {
    const file = saved({
      x_train: npyBytes([2, 1, 2, 1, 3], [...Array(12).keys()]),
      y_train: npyBytes([2], [1, 0]),
      x_test: npyBytes([1, 1, 2, 1, 3], [9, 9, 9, 9, 9, 9]),
      y_test: npyBytes([1], [1]),
    })
    const { train, test, sampleShape, frames, classes, sha256 } = await load({ name: 'npz', file })
    expect([sampleShape, frames, classes, train.kind]).toEqual([{ rows: 2, columns: 1, channels: 3 }, 1, 2, 'images'])
    expect([train.count, test.count]).toEqual([2, 1])
    expect([imageAt(train, 1), imageAt(test, 0)]).toEqual([
      Uint8Array.of(6, 7, 8, 9, 10, 11),
      new Uint8Array(6).fill(9),
    ])
    expect(sha256).toBe(await sha256Of(file))
  })

  it('other numbers are values, with three dimensions a series', async () => {
    const file = saved({ x: npyOf([1, 3, 2], [1, 2, 3, 4, 5, 6]), y: npyOf([1], [0]) })
    const { train, sampleShape, frames } = await load({ name: 'npz', file })
    expect([sampleShape, frames, valuesOf(train)]).toEqual([
      { rows: 1, columns: 1, channels: 2 },
      3,
      [1, 2, 3, 4, 5, 6],
    ])
  })

  it('says which array is wrong', async () => {
    await expect(load({ name: 'npz', file: saved({ x: npyOf([1, 1], [1]) }) })).rejects.toThrow(
      'it has no arrays x and y',
    )
    const half = saved({ x: npyOf([1, 1], [1]), y: npyOf([1], [0.5]) })
    await expect(load({ name: 'npz', file: half })).rejects.toThrow('number 0 of y is 0.5, no class from 0 to 255')
    const endless = saved({ x: npyOf([1, 1], [Infinity]), y: npyOf([1], [0]) })
    await expect(load({ name: 'npz', file: endless })).rejects.toThrow('number 0 of x is Infinity, not finite')
  })
})
