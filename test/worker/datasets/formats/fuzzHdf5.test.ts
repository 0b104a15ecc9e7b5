import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpiketuneError } from '../../../../src-core/errors/spiketuneError.ts'
import { readSpikeHdf5 } from '../../../../src-worker/datasets/formats/spikeHdf5.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'

const valid = new Uint8Array(readFileSync(new URL('../../../golden/shd/shd_test.h5', import.meta.url)))
const seed = 11

const cutShort = fc.nat({ max: valid.length - 1 }).map((length) => valid.slice(0, length))

/** Some bytes changed, those of the header more often than chance has it. */
const changed = fc
  .array(fc.tuple(fc.oneof(fc.nat({ max: 2048 }), fc.nat({ max: valid.length - 1 })), fc.nat({ max: 255 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((changes) => {
    const bytes = valid.slice()
    for (const [place, value] of changes) bytes[place % bytes.length] = value
    return bytes
  })

async function samplesOf(path: string): Promise<number> {
  let samples = 0
  for await (const { sample } of readSpikeHdf5(700, 20, { file: path, advice: 'Fetch it again.' })) {
    samples += Number(sample.timesUs.length === sample.inputs.length)
  }
  return samples
}

describe('an HDF5 file', () => {
  it('is read when it is valid', async () => {
    const path = join(temporaryFolder(), 'valid.h5')
    writeFileSync(path, valid)
    expect(await samplesOf(path)).toBeGreaterThan(0)
  })

  it(`cut short anywhere is refused, and whole files are read after it (seed ${seed})`, async () => {
    const path = join(temporaryFolder(), 'short.h5')
    await fc.assert(
      fc.asyncProperty(cutShort, async (bytes) => {
        writeFileSync(path, bytes)
        await expect(samplesOf(path)).rejects.toMatchObject({ code: 'dataset-damaged' })
      }),
      { seed, numRuns: 200 },
    )
    writeFileSync(path, valid)
    expect(await samplesOf(path)).toBeGreaterThan(0)
  })

  // Last: on some of these the library ends itself, and says so of every file that follows.
  it(`is read or refused in words until the library gives up, and afterwards refused (seed ${seed})`, async () => {
    const path = join(temporaryFolder(), 'damaged.h5')
    let [tried, gaveUp] = [0, false]
    await fc.assert(
      fc.asyncProperty(changed, async (bytes) => {
        writeFileSync(path, bytes)
        tried += Number(!gaveUp)
        try {
          await samplesOf(path)
          expect(gaveUp).toBe(false)
        } catch (error) {
          expect(error).toBeInstanceOf(SpiketuneError)
          expect(error).toMatchObject({ code: 'dataset-damaged' })
          gaveUp ||= /gave up on|abort/i.test((error as SpiketuneError).message)
        }
      }),
      { seed, numRuns: 300 },
    )
    expect(tried).toBeGreaterThan(20)
  })
})
