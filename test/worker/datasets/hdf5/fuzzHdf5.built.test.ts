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
/** Each is read by a thread of its own, which takes most of a second: `FUZZ_RUNS=1000` for more of them. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 50)
const timeout = 600_000 + runs * 4000
/** On some damage the library never comes back. */
const patienceMs = 5000

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
const refusalOf = async (bytes: Uint8Array, impatient = {}): Promise<string | null> => {
  const file = join(temporaryFolder(), 'damaged.h5')
  writeFileSync(file, bytes)
  try {
    const settings = { ...readerSettings(installed.hdf5Reader), ...impatient }
    const reader = readSpikeHdf5(700, 20, { file, advice: 'Fetch it again.' }, settings)
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
  it(`with damage anywhere is read or refused in words (seed ${seed})`, { timeout }, async () => {
    const refusals: (string | null)[] = []
    const refused = fc.asyncProperty(changed, async (bytes) => {
      refusals.push(await refusalOf(bytes, { patienceMs }))
    })
    await fc.assert(refused, { seed, numRuns: runs })
    expect(refusals.some((refusal) => refusal !== null)).toBe(true)
    expect(await refusalOf(valid)).toBeNull()
  })

  it(`cut short anywhere is refused (seed ${seed})`, { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(cutShort, async (bytes) => {
        expect(await refusalOf(bytes, { patienceMs })).not.toBeNull()
      }),
      { seed, numRuns: Math.ceil(runs / 3) },
    )
  })
})
