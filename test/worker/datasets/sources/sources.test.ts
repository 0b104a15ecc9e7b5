import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { suspicionsOf } from '../../../../src-core/datasets/dataCard.ts'
import { type Dataset, imageAt, type LabelledSamples } from '../../../../src-worker/datasets/dataset.ts'
import type { DatasetSettings } from '../../../../src-worker/datasets/datasetSource.ts'
import { readSaccadeEvents } from '../../../../src-worker/datasets/formats/saccadeEvents.ts'
import { loadDataset } from '../../../../src-worker/datasets/loadDataset.ts'
import { nmnistShape } from '../../../../src-worker/datasets/sources/nmnist.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import {
  aedatFile,
  aedatPacket,
  npyBytes,
  npyFile,
  npyOf,
  npzFile,
  saccadeFile,
  tarFile,
} from '../formats/tinyFiles.ts'
import { installed } from '../tinyDataset.ts'

const shared = fileURLToPath(new URL('../../../../../shared/datasets/', import.meta.url))
const nmnistSmall = join(shared, 'nmnist-small')
const nmnistSample = join(shared, 'events/nmnist-sample.bin')

const folderOf = (files: Readonly<Record<string, Uint8Array | string>>): string => {
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
const sha256Of = async (...files: readonly string[]): Promise<string> => {
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
      message: expect.stringMatching(
        /There is no recording .*, which has no files\. In .* Get them from: Garrick Orchard/,
      ) as string,
    })
    await expect(load({ name: 'nmnist' })).rejects.toThrow('needs its folder')
  })

  it('without what systems leave beside the recordings, in folders, archives and beside archives', async () => {
    const finder = Buffer.from('\x00\x05\x16\x07 Mac OS X')
    const files = { 'Train/7/1.BIN': one, 'Train/8/1.bin': two, 'Test/9/1.bin': one }
    const left = ['Train/7/._1.bin', '__MACOSX/Train/7/1.bin', 'Train/.DS_Store', 'Train/7/Thumbs.db', 'desktop.ini']
    const leftFiles = Object.fromEntries(left.map((name) => [name, finder]))
    const archive = { 'a.TAR.GZ': await tarFile({ ...files, ...leftFiles }), '._a.tar.gz': finder }
    for (const folder of [folderOf({ ...files, ...leftFiles }), folderOf(archive)]) {
      const { train, test } = await load({ name: 'nmnist', folder })
      expect([...train.labels, ...test.labels]).toEqual([7, 8, 9])
    }
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
    const train_ = {
      'ibmGestureTrain/user01_led/2.npy': npyOf([1, 4], [2, 0, 1, 3]),
      'ibmGestureTrain/user01_led/10.npy': npyOf([1, 4], [1, 0, 1, 3]),
    }
    const test_ = { 'ibmGestureTest/user24_led/0.npy': npyOf([1, 4], [0, 1, 0, 4]) }
    const packed = { 'ibmGestureTest.tar.gz': await tarFile(test_), 'ibmGestureTrain.tar.gz': await tarFile(train_) }
    for (const folder of [folderOf({ ...train_, ...test_ }), folderOf(packed)]) {
      const { train, test } = await load({ name: 'dvs-gesture', folder })
      expect([...train.labels, ...test.labels]).toEqual([2, 10, 0])
      expect([eventsAt(train, 1), eventsAt(test, 0)]).toEqual([
        [[3000], [3]],
        [[4000], [256]],
      ])
    }
  })

  it('in capitals, without what systems leave beside the recordings', async () => {
    const folder = folderOf({
      'USER24_LED.AEDAT': recording,
      'USER24_LED_LABELS.CSV': times,
      'user02_natural.aedat': recording,
      'user02_natural_labels.csv': times,
      '._user02_natural.aedat': 'Mac OS X',
    })
    const { train, test } = await load({ name: 'dvs-gesture', folder })
    expect([...train.labels, ...test.labels]).toEqual([2, 10, 2, 10])
  })

  it('refuses times that lie outside of the recording, and a table of them without names', async () => {
    const withTimes = (labels: string) =>
      load({
        name: 'dvs-gesture',
        folder: folderOf({ 'user02_led.aedat': recording, 'user02_led_labels.csv': labels }),
      })
    const names = 'class,startTime_usec,endTime_usec\n'
    await expect(withTimes(`${names}3,10,20\n4,90000000,99000000\n`)).rejects.toThrow(
      /_labels\.csv is damaged: line 3 has a gesture from 90000000 to 99000000 us, and .*\.aedat has its events from 5 to 31 us/,
    )
    await expect(withTimes(`${names}3,0,5\n`)).rejects.toThrow('line 2 has a gesture from 0 to 5 us')
    await expect(withTimes('3,10,20\n4,20,31\n')).rejects.toThrow('its first line has numbers where the names')
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

  it('quotes no text of a file that is no table, and no name at length', async () => {
    const secret = 'correct horse battery staple'
    const tableOf = (text: string): string => join(folderOf({ 'a.csv': text }), 'a.csv')
    const long = 'x'.repeat(500)
    for (const text of [
      `a,class\n${secret},u\n`,
      `a,class\n1,u\n2 "${secret}",v\n`,
      `a,class\n"${secret}" x,u\n`,
      `a,class\n${secret}\n1,u\n`,
    ]) {
      const error = await load({ name: 'csv', file: tableOf(text) }).then(String, String)
      expect(error).toContain('is damaged')
      expect(error).not.toContain('horse')
    }
    const named = load({ name: 'csv', file: tableOf(`${long},b\n1,u\n`), labelColumn: 'c' })
    await expect(named).rejects.toThrow(`it has no column c, only ${'x'.repeat(37)}..., b`)
  })

  it('says what is wrong in which line', async () => {
    const folder = folderOf({ 'a.csv': 'x,class\n1,a\nlong,b\n', 'b.csv': 'x,class\n,a\n', 'c.csv': table })
    await expect(load({ name: 'csv', file: join(folder, 'a.csv') })).rejects.toThrow(
      'line 3, which ends at byte 19, has text in column x, where a number belongs',
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

  const tableIn = (text: string | Uint8Array): string => join(folderOf({ 'a.csv': text }), 'a.csv')
  const refused = (text: string | Uint8Array) => expect(load({ name: 'csv', file: tableIn(text) })).rejects

  it('refuses columns without a name, and lines of numbers where names belong', async () => {
    await refused(',a,word\n0,0.4,u\n1,0.5,v\n').toThrow('column 1 has no name in its line of names. Where pandas')
    await refused('Unnamed: 0,a,word\n0,0.4,u\n').toThrow('column 1 has the name Unnamed: 0')
    await refused('a,word,\n0.4,u,\n').toThrow('column 3 has no name')
    await refused('0.1,2.2,u\n1.2,1.2,v\n').toThrow('its first line has numbers where the names')
    await refused('5,0,0,7\n4,0,0,1\n').toThrow('its first line has numbers where the names')
    await refused('0,1;2,2;u\n1,2;1,2;v\n').toThrow('its first line has numbers where the names')
  })

  it('refuses classes that are missing, and takes 0 and 0.0 for one', async () => {
    await refused('a,word\n1,u\n2,\n3,v\n').toThrow(
      'line 3, which ends at byte 14, has nothing in column word, where a class belongs',
    )
    const { train, classes } = await load({ name: 'csv', file: tableIn('a,c\n1,0\n2,1.0\n3,0.0\n4,1.5\n5,1.\n') })
    expect([classes, ...train.labels]).toEqual([3, 0, 1, 0, 2, 1])
  })

  it('refuses a single class, and says when another column is likelier the one of classes', async () => {
    const kaggle = 'label,p1,p2\n0,9,0\n1,8,0\n'
    await refused(kaggle).toThrow(
      /a\.csv has a single class to train on, 0: .* Name the column of the classes in `dataset.labelColumn`\./,
    )
    const { card } = await load({ name: 'csv', file: tableIn(`${kaggle}2,7,1\n`) })
    expect(suspicionsOf(card)).toContainEqual(
      expect.stringMatching(/^Its last column, p2, is taken for the classes, though there is a column label/),
    )
    expect(card.classCounts).toEqual([
      { name: '0', train: 2, test: 0 },
      { name: '1', train: 1, test: 0 },
    ])
  })

  it('refuses text in another encoding than UTF-8', async () => {
    await refused(Buffer.from('a,word\n1,l\u00e9\n2,l\u00e8\n', 'latin1')).toThrow(
      'line 2, which begins at byte 7, is no UTF-8. Save it in that encoding',
    )
    await refused(Buffer.from('a,word\n1,u\n2,v\n', 'utf16le')).toThrow('it is no text in UTF-8')
  })

  it('reads decimals after commas, where commas do not separate cells and no points are used', async () => {
    for (const separator of [';', '\t']) {
      const text = `a;b;c\n0,098;,5;u\n-1,2e1;3;v\n`.replaceAll(';', separator)
      expect(valuesOf((await load({ name: 'csv', file: tableIn(text) })).train)).toEqual(
        [0.098, 0.5, -12, 3].map(Math.fround),
      )
    }
    await refused('a;b;c\n0,5;1.5;u\n1;2;v\n').toThrow(
      'line 2, which ends at byte 16, has 1.5 in column b: its numbers have points and commas',
    )
    await refused('a,c\n"1,234",u\n5,v\n').toThrow('has 1,234 in column a, where a number belongs')
    await refused('a;c\n1.234,5;u\n5;v\n').toThrow('has 1.234,5 in column a, where a number belongs')
  })

  it('of a hundred thousand columns', async () => {
    const columns = [...Array(100_000).keys()]
    const folder = folderOf({ 'wide.csv': `c${columns.join(',c')}\n${columns.join(',')}\n0${',1'.repeat(99_999)}\n` })
    const { train, sampleShape } = await load({ name: 'csv', file: join(folder, 'wide.csv') })
    expect([train.count, sampleShape.channels]).toEqual([2, 99_999])
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

  it('Booleans are black and white images', async () => {
    const file = saved({
      x: npyFile('|b1', [2, 1, 2], Uint8Array.of(0, 1, 1, 0)),
      y: npyFile('|b1', [2], Uint8Array.of(1, 0)),
    })
    const { train, classes } = await load({ name: 'npz', file })
    expect([classes, ...train.labels]).toEqual([2, 1, 0])
    expect([imageAt(train, 0), imageAt(train, 1)]).toEqual([Uint8Array.of(0, 255), Uint8Array.of(255, 0)])
  })

  it('other numbers are values, with three dimensions a series', async () => {
    const file = saved({ x: npyOf([2, 3, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2]), y: npyOf([2], [0, 1]) })
    const { train, sampleShape, frames } = await load({ name: 'npz', file })
    expect([sampleShape, frames, valuesOf(train)]).toEqual([
      { rows: 1, columns: 1, channels: 2 },
      3,
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2],
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
