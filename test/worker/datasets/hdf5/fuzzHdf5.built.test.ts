import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpiketuneError } from '../../../../src-core/errors/spiketuneError.ts'
import { readSpikeHdf5 } from '../../../../src-worker/datasets/hdf5/readSpikeHdf5.ts'
import { readerSettings } from '../../../../src-worker/datasets/hdf5/readerThread.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { installed } from '../tinyDataset.ts'

const valid = new Uint8Array(readFileSync(new URL('../../../golden/shd/shd_test.h5', import.meta.url)))
const seed = 11
const threadsMs = 900_000

/** Most of the file is empty. */
const places = [...valid.keys()].filter((place) => valid[place] !== 0)

const changed = fc
  .array(fc.tuple(fc.constantFrom(...places), fc.nat({ max: 255 })), { minLength: 1, maxLength: 2 })
  .map((changes) => {
    const bytes = valid.slice()
    for (const [place, value] of changes) bytes[place] = value
    return bytes
  })
const cutShort = fc.nat({ max: valid.length - 1 }).map((length) => valid.slice(0, length))

/** @returns what a file is refused with; null: all of it was read */
async function refusalOf(bytes: Uint8Array): Promise<string | null> {
  const file = join(temporaryFolder(), 'damaged.h5')
  writeFileSync(file, bytes)
  try {
    const reader = readSpikeHdf5(700, 20, { file, advice: 'Fetch it again.' }, readerSettings(installed.hdf5Reader))
    for await (const { label, sample } of reader) {
      expect(label).toBeLessThan(20)
      expect(sample.inputs.length).toBe(sample.timesUs.length)
      expect(sample.inputs.every((input) => input < 700)).toBe(true)
    }
    return null
  } catch (error) {
    expect(error).toBeInstanceOf(SpiketuneError)
    const { code, message } = error as SpiketuneError
    expect([code, message]).toEqual(['dataset-damaged', expect.stringContaining(`${file} is damaged: `)])
    return message
  }
}

describe('an HDF5 file', () => {
  it(`with damage anywhere is read or refused in words (seed ${seed})`, { timeout: threadsMs }, async () => {
    let ended = 0
    await fc.assert(
      fc.asyncProperty(changed, async (bytes) => {
        const refusal = await refusalOf(bytes)
        if (refusal !== null && /abort|ended itself/i.test(refusal)) ended++
      }),
      { seed, numRuns: 200 },
    )
    // Of some of these the library dies: what the threads are for.
    expect(ended).toBeGreaterThan(0)
    expect(await refusalOf(valid)).toBeNull()
  })

  it(`cut short anywhere is refused (seed ${seed})`, { timeout: threadsMs }, async () => {
    await fc.assert(
      fc.asyncProperty(cutShort, async (bytes) => {
        expect(await refusalOf(bytes)).not.toBeNull()
      }),
      { seed, numRuns: 20 },
    )
  })
})
