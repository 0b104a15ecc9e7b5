import { mkdirSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpiketuneError } from '../../../../src-core/errors/spiketuneError.ts'
import { imageAt } from '../../../../src-worker/datasets/dataset.ts'
import { convertedPath, loadConverted } from '../../../../src-worker/datasets/converted/loadConverted.ts'
import { openConvertedFile } from '../../../../src-worker/datasets/converted/readConvertedFile.ts'
import { intensitiesOf } from '../../../../src-worker/encoders/intensities.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { everything, sourceAt, surroundings, tinySamples } from './tinySource.ts'

const quiet = (): Promise<void> => Promise.resolve()

describe.each(tinySamples)('a dataset of $kind', (tiny) => {
  it('is converted once, and is what it was', async () => {
    const cache = temporaryFolder()
    const { source, counter } = sourceAt(temporaryFolder(), tiny)
    const told: number[] = []
    const dataset = await loadConverted(
      source,
      surroundings(cache, {
        progress: (done) => {
          told.push(done)
          return Promise.resolve()
        },
      }),
    )
    expect(told).toEqual([1, 2, 3])
    const { sampleShape, frames, classes, kind, samples } = tiny
    expect(dataset).toMatchObject({ sampleShape, frames, classes, train: { kind, count: 2 }, test: { kind, count: 1 } })
    expect(await everything(source, cache)).toEqual(samples)
    expect(counter.readings).toBe(1)
    expect(readdirSync(dirname(convertedPath(source, cache)))).toHaveLength(1)
  })

  it('is read from the converted form, whole, or converted anew, whatever lies there (seed 31)', async () => {
    const cache = temporaryFolder()
    const { source } = sourceAt(temporaryFolder(), tiny)
    await everything(source, cache)
    const path = convertedPath(source, cache)
    const valid = readFileSync(path)
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.nat({ max: valid.length }).map((length) => valid.subarray(0, length)),
      fc.tuple(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 })).map(([at, byte]) => {
        const changed = Uint8Array.from(valid)
        changed[at] = byte
        return changed
      }),
    )
    await fc.assert(
      fc.asyncProperty(content, async (bytes) => {
        writeFileSync(path, bytes)
        expect(await everything(source, cache)).toEqual(tiny.samples)
      }),
      { seed: 31, numRuns: 200 },
    )
  })

  it('says when a sample changes while it is open', async () => {
    const cache = temporaryFolder()
    const { source } = sourceAt(temporaryFolder(), tiny)
    const dataset = await loadConverted(source, surroundings(cache))
    const path = convertedPath(source, cache)
    const file = await openConvertedFile(path)
    const bytes = readFileSync(path)
    bytes[8] = 77
    writeFileSync(path, bytes)
    const read = (index: number): unknown => {
      const { train } = dataset
      if (train.kind === 'images') return train.imageAt(index)
      return train.kind === 'values' ? train.valuesAt(index) : train.eventsAt(index)
    }
    expect(() => read(0)).toThrow(SpiketuneError)
    expect(() => read(0)).toThrow('sample 0 at byte 8 has changed')
    expect(read(1)).toEqual(tiny.samples[1]?.sample)
    expect(() => read(2)).toThrow(RangeError)
    expect(() => read(-1)).toThrow(RangeError)
    expect(await file?.verify(quiet)).toBe(false)
    file?.close()
    expect(statSync(path).size).toBe(bytes.length)
  })

  it('gives every sample in memory of its own', async () => {
    const { source } = sourceAt(temporaryFolder(), tiny)
    const cache = temporaryFolder()
    for (const { sample } of await everything(source, cache)) {
      if (ArrayBuffer.isView(sample)) sample.fill(1)
      else sample.timesUs.fill(1)
    }
    expect(await everything(source, cache)).toEqual(tiny.samples)
  })
})

const [events, images, values] = tinySamples
if (!events || !images || !values) throw new Error('a dataset of each kind')

describe('a dataset', () => {
  it('is converted anew when its files change, and apart for other settings', async () => {
    const cache = temporaryFolder()
    const { source, file, counter } = sourceAt(temporaryFolder(), images)
    await everything(source, cache)
    utimesSync(file, 1000, 1000)
    expect(await everything(source, cache)).toEqual(images.samples)
    expect(counter.readings).toBe(2)
    // As large as before, and as old by what programs can set.
    writeFileSync(file, 'RECORDINGS')
    utimesSync(file, 1000, 1000)
    await everything(source, cache)
    expect(counter.readings).toBe(3)
    await everything({ ...source, settings: 'others' }, cache)
    expect(counter.readings).toBe(4)
  })

  it('is read anew where that is asked for, though it was converted', async () => {
    const cache = temporaryFolder()
    const { source, counter } = sourceAt(temporaryFolder(), images)
    await everything(source, cache)
    await loadConverted(source, surroundings(cache, { isAnew: true }))
    expect(counter.readings).toBe(2)
    expect(readdirSync(join(cache, 'datasets'))).toHaveLength(1)
  })

  it('of one class is nothing to train on', async () => {
    const { source, file } = sourceAt(temporaryFolder(), { ...images, samples: images.samples.slice(0, 1) })
    await expect(everything(source, temporaryFolder())).rejects.toMatchObject({
      code: 'dataset-damaged',
      message: `${file} has a single class to train on, 1: there is nothing to tell apart. Fetch it again.`,
    })
  })

  it('leaves nothing behind when its conversion is called off', async () => {
    const cache = temporaryFolder()
    const { source } = sourceAt(temporaryFolder(), images)
    const progress = (): Promise<void> => Promise.reject(new Error('called off'))
    await expect(loadConverted(source, surroundings(cache, { progress }))).rejects.toThrow('called off')
    expect(readdirSync(join(cache, 'datasets'))).toEqual([])
  })

  it('leaves nothing behind when a source gives up in the middle', async () => {
    const cache = temporaryFolder()
    const { source } = sourceAt(temporaryFolder(), images)
    const broken = {
      ...source,
      content: () =>
        Promise.resolve({
          ...images,
          *samples() {
            yield* images.samples.slice(0, 1)
            throw new SpiketuneError('dataset-damaged', 'half a file')
          },
        }).then(({ samples, ...facts }) => ({ ...facts, samples: samples() })),
    }
    await expect(loadConverted(broken, surroundings(cache))).rejects.toThrow('half a file')
    expect(readdirSync(join(cache, 'datasets'))).toEqual([])
  })

  it('needs its files and samples to train on', async () => {
    const { source } = sourceAt(temporaryFolder(), { ...images, samples: [] })
    await expect(everything(source, temporaryFolder())).rejects.toThrow('There are no training samples of nmnist.')
    const nowhere = { ...source, files: [join(temporaryFolder(), 'none')] }
    await expect(everything(nowhere, temporaryFolder())).rejects.toMatchObject({ code: 'dataset-missing' })
  })

  it('says that the cache cannot be written', async () => {
    const { source, file } = sourceAt(temporaryFolder(), images)
    await expect(everything(source, file)).rejects.toMatchObject({ code: 'folder-not-writable' })
  })

  it('of values is scaled by the range of what is trained on', async () => {
    const { source } = sourceAt(temporaryFolder(), values)
    const dataset = await loadConverted(source, surroundings(temporaryFolder()))
    if (dataset.train.kind !== 'values') throw new Error('values expected')
    expect(dataset.train.range()).toEqual({ lowest: Float32Array.of(0, -2, 0), highest: Float32Array.of(1, 0, 3e38) })
    expect([...intensitiesOf(dataset)(dataset.train, 1)]).toEqual([0.25, 0, Math.fround(3 / 3e38), 1, 1, 0])
    expect(() => imageAt(dataset.train, 0)).toThrow(TypeError)
  })
})

describe('openConvertedFile', () => {
  it('finds nothing where there is nothing', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'folder'))
    expect(await openConvertedFile(join(folder, 'none'))).toBeNull()
    expect(await openConvertedFile(join(folder, 'folder'))).toBeNull()
  })
})
