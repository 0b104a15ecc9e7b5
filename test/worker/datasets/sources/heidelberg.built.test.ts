import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Dataset, LabelledSamples } from '../../../../src-worker/datasets/dataset.ts'
import { loadDataset } from '../../../../src-worker/datasets/loadDataset.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { installed } from '../tinyDataset.ts'

// Both were written by h5py, as their publisher did it: times of half precision, references to lists of numbers.
const shd = fileURLToPath(new URL('../../../golden/shd/', import.meta.url))
const ssc = fileURLToPath(new URL('../../../golden/ssc/', import.meta.url))

const load = (name: 'shd' | 'ssc', folder: string): Promise<Dataset> =>
  loadDataset({ name, folder, trainFraction: 0.8 }, { ...installed, cacheFolder: temporaryFolder() })

const eventsAt = (part: LabelledSamples, index: number): number[][] => {
  if (part.kind !== 'events') throw new Error('events expected')
  const { timesUs, inputs } = part.eventsAt(index)
  return [[...timesUs], [...inputs]]
}

describe('Spiking Heidelberg Digits', () => {
  it('times of half and single precision', async () => {
    const { train, test, sampleShape, classes } = await load('shd', shd)
    expect([sampleShape, classes]).toEqual([{ channels: 700, rows: 1, columns: 1 }, 20])
    expect([...train.labels, ...test.labels]).toEqual([4, 19, 0, 7])
    expect([0, 1, 2].map((index) => eventsAt(train, index))).toEqual([
      [
        [0, 250_000, 500_000],
        [3, 10, 699],
      ],
      [[], []],
      // 1.3 s, as near as half precision comes.
      [
        [1_299_805, 1_299_805],
        [1, 2],
      ],
    ])
    expect(eventsAt(test, 0)).toEqual([[125_000], [350]])
  })

  it('says what is missing or no HDF5 file', async () => {
    const folder = temporaryFolder()
    await expect(load('shd', folder)).rejects.toMatchObject({ code: 'dataset-missing' })
    for (const name of ['shd_train.h5', 'shd_test.h5']) writeFileSync(join(folder, name), 'nothing')
    await expect(load('shd', folder)).rejects.toThrow(
      'shd_train.h5 is damaged: at byte 0, it is no HDF5 file that can be read (file signature not found). In ',
    )
  })
})

describe('Spiking Speech Commands', () => {
  it('samples to validate on follow those to train on', async () => {
    const { train, test, classes, sha256 } = await load('ssc', ssc)
    expect(classes).toBe(35)
    expect([[...train.labels], [...test.labels]]).toEqual([[34, 0, 17], [20]])
    expect([0, 1, 2].map((index) => eventsAt(train, index))).toEqual([
      [
        [0, 500_000],
        [0, 699],
      ],
      [[250_000], [7]],
      [
        [125_000, 500_000, 750_000],
        [350, 351, 352],
      ],
    ])
    expect(eventsAt(test, 0)).toEqual([[1_000_000], [12]])
    const content = ['train', 'valid', 'test'].map((part) => readFileSync(join(ssc, `ssc_${part}.h5`)))
    expect(sha256).toBe(createHash('sha256').update(Buffer.concat(content)).digest('hex'))
  })

  it('needs all three files', async () => {
    const folder = temporaryFolder()
    for (const name of ['ssc_train.h5', 'ssc_test.h5']) copyFileSync(join(ssc, name), join(folder, name))
    await expect(load('ssc', folder)).rejects.toMatchObject({
      code: 'dataset-missing',
      message: expect.stringMatching(
        /no ssc_valid\.h5 .*ssc_test\.h5.* In .* belong ssc_train\.h5, ssc_valid\.h5 and ssc_test\.h5/,
      ) as string,
    })
  })

  it('has 35 classes, the digits 20', async () => {
    const folder = temporaryFolder()
    for (const part of ['train', 'test']) copyFileSync(join(ssc, `ssc_${part}.h5`), join(folder, `shd_${part}.h5`))
    await expect(load('shd', folder)).rejects.toThrow('label 0 is 34, where 0 to 19 are allowed')
  })
})
