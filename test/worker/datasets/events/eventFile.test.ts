import { mkdirSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpiketuneError } from '../../../../src-core/errors/spiketuneError.ts'
import type { EventSource } from '../../../../src-worker/datasets/events/eventSource.ts'
import { convertedPath, loadEventDataset } from '../../../../src-worker/datasets/events/loadEventDataset.ts'
import { openEventFile } from '../../../../src-worker/datasets/events/readEventFile.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'

const quiet = (): Promise<void> => Promise.resolve()

/** Two samples to train on, one of them empty, and one to test on; how often it was read. */
function sourceAt(folder: string) {
  const file = join(folder, 'recordings')
  writeFileSync(file, 'recordings')
  const counter = { readings: 0 }
  const samples = [
    { part: 'train', label: 1, times: [1, 2, 70000], inputs: [5, 0, 3] },
    { part: 'train', label: 0, times: [], inputs: [] },
    { part: 'test', label: 2, times: [9], inputs: [4] },
  ] as const
  const source: EventSource = {
    name: 'nmnist',
    sampleShape: { channels: 2, rows: 1, columns: 3 },
    classes: 3,
    files: [file],
    expected: 3,
    advice: 'Fetch it again.',
    async *samples(hash) {
      counter.readings++
      hash.update(await Promise.resolve('recordings'))
      for (const { part, label, times, inputs } of samples) {
        yield { part, label, sample: { timesUs: Uint32Array.from(times), inputs: Uint16Array.from(inputs) } }
      }
    },
  }
  return { source, file, counter }
}

const everything = async (source: EventSource, cache: string) => {
  const { train, test } = await loadEventDataset(source, cache, quiet)
  if (train.kind !== 'events' || test.kind !== 'events') throw new Error('events expected')
  return [train.eventsAt(0), train.eventsAt(1), test.eventsAt(0)].map(({ timesUs, inputs }) => [
    [...timesUs],
    [...inputs],
  ])
}
const expected = [
  [
    [1, 2, 70000],
    [5, 0, 3],
  ],
  [[], []],
  [[9], [4]],
]

describe('a dataset of events', () => {
  it('is converted once', async () => {
    const cache = temporaryFolder()
    const { source, counter } = sourceAt(temporaryFolder())
    const told: number[] = []
    const dataset = await loadEventDataset(source, cache, (done) => {
      told.push(done)
      return Promise.resolve()
    })
    expect(told).toEqual([1, 2, 3])
    expect(dataset).toMatchObject({
      classes: 3,
      sampleShape: source.sampleShape,
      train: { count: 2 },
      test: { count: 1 },
    })
    expect([...dataset.train.labels, ...dataset.test.labels]).toEqual([1, 0, 2])
    expect(await everything(source, cache)).toEqual(expected)
    expect(counter.readings).toBe(1)
    expect(readdirSync(dirname(convertedPath(source, cache)))).toHaveLength(1)
  })

  it('is converted anew when its files change', async () => {
    const cache = temporaryFolder()
    const { source, file, counter } = sourceAt(temporaryFolder())
    await everything(source, cache)
    utimesSync(file, 1000, 1000)
    expect(await everything(source, cache)).toEqual(expected)
    expect(counter.readings).toBe(2)
  })

  it('can be converted by several processes at the same time', async () => {
    const cache = temporaryFolder()
    const { source } = sourceAt(temporaryFolder())
    const all = await Promise.all([1, 2, 3].map(() => everything(source, cache)))
    expect(all).toEqual([expected, expected, expected])
    expect(readdirSync(dirname(convertedPath(source, cache)))).toHaveLength(1)
  })

  it('leaves nothing behind when it is called off', async () => {
    const cache = temporaryFolder()
    const { source } = sourceAt(temporaryFolder())
    const off = loadEventDataset(source, cache, () => Promise.reject(new Error('called off')))
    await expect(off).rejects.toThrow('called off')
    expect(readdirSync(join(cache, 'datasets'))).toEqual([])
  })

  it('says that the cache cannot be written', async () => {
    const folder = temporaryFolder()
    const { source, file } = sourceAt(folder)
    await expect(loadEventDataset(source, file, quiet)).rejects.toMatchObject({ code: 'folder-not-writable' })
  })

  it('is read from the converted form, whole, or converted anew, whatever lies there (seed 31)', async () => {
    const cache = temporaryFolder()
    const { source } = sourceAt(temporaryFolder())
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
        expect(await everything(source, cache)).toEqual(expected)
      }),
      { seed: 31, numRuns: 200 },
    )
  })

  it('says when a sample changes while it is open', async () => {
    const cache = temporaryFolder()
    const { source } = sourceAt(temporaryFolder())
    await everything(source, cache)
    const path = convertedPath(source, cache)
    const file = await openEventFile(path)
    const bytes = readFileSync(path)
    bytes[8] = 77
    writeFileSync(path, bytes)
    expect(() => file?.train.eventsAt(0)).toThrow(SpiketuneError)
    expect(() => file?.train.eventsAt(0)).toThrow('sample 0 at byte 8 has changed')
    expect(() => file?.train.eventsAt(2)).toThrow(RangeError)
    expect(await file?.verify(quiet)).toBe(false)
    file?.close()
    expect(statSync(path).size).toBe(bytes.length)
  })
})

describe('openEventFile', () => {
  it('finds nothing where there is nothing', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'folder'))
    expect(await openEventFile(join(folder, 'none'))).toBeNull()
  })
})
