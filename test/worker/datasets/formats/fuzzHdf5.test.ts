import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpiketuneError } from '../../../../src-core/errors/spiketuneError.ts'
import { readSpikeHdf5 } from '../../../../src-worker/datasets/formats/spikeHdf5.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'

const valid = new Uint8Array(readFileSync(new URL('../../../golden/shd/shd_test.h5', import.meta.url)))
const seed = 11

/** Cut short, or with some bytes changed; the header more often than chance has it. */
const files = fc.oneof(
  fc.nat({ max: valid.length }).map((length) => valid.slice(0, length)),
  fc
    .array(fc.tuple(fc.oneof(fc.nat({ max: 2048 }), fc.nat({ max: valid.length - 1 })), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 8,
    })
    .map((changes) => {
      const bytes = valid.slice()
      for (const [place, value] of changes) bytes[place % bytes.length] = value
      return bytes
    }),
)

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

  it('cut short is refused, and the next is read', async () => {
    const path = join(temporaryFolder(), 'short.h5')
    writeFileSync(path, valid.slice(0, 700))
    await expect(samplesOf(path)).rejects.toMatchObject({ code: 'dataset-damaged' })
    writeFileSync(path, valid)
    expect(await samplesOf(path)).toBeGreaterThan(0)
  })

  // Last: the library ends itself on some of these, and then says so of every file.
  it(`is read or refused in words, whatever it holds (seed ${seed})`, async () => {
    const path = join(temporaryFolder(), 'damaged.h5')
    let refused = 0
    await fc.assert(
      fc.asyncProperty(files, async (bytes) => {
        writeFileSync(path, bytes)
        try {
          await samplesOf(path)
        } catch (error) {
          expect(error).toBeInstanceOf(SpiketuneError)
          refused++
        }
      }),
      { seed, numRuns: 300 },
    )
    expect(refused).toBeGreaterThan(50)
  })
})
