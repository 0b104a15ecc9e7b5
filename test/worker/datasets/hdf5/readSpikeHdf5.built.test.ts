import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readSpikeHdf5 } from '../../../../src-worker/datasets/hdf5/readSpikeHdf5.ts'
import { readerSettings } from '../../../../src-worker/datasets/hdf5/readerThread.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { installed } from '../tinyDataset.ts'

const golden = (name: string): string => fileURLToPath(new URL(`../../../golden/${name}`, import.meta.url))
const whole = golden('shd/shd_train.h5')
const settings = readerSettings(installed.hdf5Reader)

const labelsOf = async (file: string, changed: Partial<typeof settings> = {}): Promise<number[]> => {
  const labels = []
  const reader = readSpikeHdf5(700, 20, { file, advice: 'Fetch it again.' }, { ...settings, ...changed })
  for await (const { label } of reader) labels.push(label)
  return labels
}

describe('a reader of HDF5', () => {
  it('reads a whole file after one that ended the library', async () => {
    const file = join(temporaryFolder(), 'damaged.h5')
    const bytes = readFileSync(golden('shd/shd_test.h5'))
    bytes[2736] = 199
    writeFileSync(file, bytes)
    await expect(labelsOf(file)).rejects.toMatchObject({
      code: 'dataset-damaged',
      message: `${file} is damaged: sample 0 cannot be read as HDF5 (Aborted(native code called abort())). Fetch it again.`,
    })
    expect(await labelsOf(whole)).toEqual([4, 19, 0])
  })

  it('gives up on a thread that does not come back', async () => {
    await expect(labelsOf(whole, { patienceMs: 1 })).rejects.toMatchObject({
      code: 'dataset-damaged',
      message: `${whole} is damaged: the HDF5 library has not come back from it within 0.001 s. Fetch it again.`,
    })
    expect(await labelsOf(whole)).toEqual([4, 19, 0])
  })

  it('gives a thread no more memory than it may have', async () => {
    await expect(labelsOf(whole, { memoryBytes: 4 * 2 ** 20 })).rejects.toMatchObject({
      code: 'dataset-damaged',
      message: `${whole} is damaged: reading it takes more than 4194304 bytes of memory. Fetch it again.`,
    })
    expect(await labelsOf(whole)).toEqual([4, 19, 0])
  })

  it('does not believe in more samples than a file can hold', async () => {
    await expect(labelsOf(golden('hdf5/endless.h5'))).rejects.toThrow(
      'it announces 1000000000000 samples, more than a file of its size can hold',
    )
  })

  it('gives no memory for a chunk that unpacks to more than is allowed', async () => {
    // 16 MB in 20,638 bytes; no other sample of its size needs the library to grow.
    const wide = golden('hdf5/wide.h5')
    await expect(labelsOf(wide, { memoryBytes: 32 * 2 ** 20 })).rejects.toThrow('sample 0 cannot be read as HDF5 (')
    expect(await labelsOf(wide)).toEqual([1, 1, 1])
  })
})
