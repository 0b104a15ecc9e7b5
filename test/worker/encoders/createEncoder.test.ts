import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { encodeImage, inputsByStep } from '../../oracles/diehlCook/inputSpikes.ts'
import { intervalTables } from '../../../src-core/diehlCook/encodingTables.ts'
import { presentationSeeds } from '../../../src-core/diehlCook/diehlCookNetwork.ts'
import { createPcg32 } from '../../../src-core/random/pcg32.ts'
import { encodingSchema } from '../../../src-core/study/encodingSchema.ts'
import { createEncoder } from '../../../src-worker/encoders/createEncoder.ts'
import { fitsRateKernel } from '../../../src-worker/encoders/rateKernel.ts'
import { eventDataset, imageDataset, valueDataset } from './tinyDatasets.ts'

const kernel = new WebAssembly.Module(readFileSync(new URL('../../../out/kernels/stdp.wasm', import.meta.url)))

describe('createEncoder', () => {
  it.each(['poisson', 'bernoulli'] as const)('%s: the spikes of the Diehl & Cook network', (type) => {
    const dataset = imageDataset([0, 255, 128, 3, 200, 90])
    const encoder = createEncoder(encodingSchema.parse({ type, steps: 50, maximumRateHz: 300, dtMs: 2 }), dataset)
    expect(encoder).toMatchObject({ shape: { channels: 1, rows: 2, columns: 3 }, steps: 50, dtMs: 2 })
    const tables = intervalTables({ kind: type, maximumRateHz: 300, steps: 50 }, 2)
    const generator = createPcg32(...presentationSeeds(77).encoding)
    const expected = encodeImage(Uint8Array.of(0, 255, 128, 3, 200, 90), tables, generator)
    const events = encoder.encode(dataset.train, 0, 77)
    expect(inputsByStep(events, 50)).toEqual(expected)
    expect(events.values).toBeNull()
    expect(encoder.encode(dataset.train, 0, 78)).not.toEqual(events)
  })

  it.each([
    ['poisson', { type: 'poisson', steps: 100, maximumRateHz: 128 }],
    ['poisson, several spikes in every step', { type: 'poisson', steps: 7, maximumRateHz: 1000, dtMs: 10 }],
    ['bernoulli', { type: 'bernoulli', steps: 25, maximumRateHz: 1000 }],
    ['rates that are hardly heard', { type: 'poisson', steps: 5, maximumRateHz: 0.001 }],
    ['population', { type: 'population', fields: 3, width: 0.4, spikes: 'poisson', steps: 40, maximumRateHz: 500 }],
  ])('%s: the kernel draws the same spikes, sample after sample', (_, given) => {
    const encoding = encodingSchema.parse(given)
    const random = createPcg32(3, 4)
    const levels = Array.from({ length: 150 }, () => random.nextUint32() % 256)
    const values = levels.map((level) => level / 100 - 1)
    for (const dataset of [imageDataset(levels), valueDataset(values, 3)]) {
      const plain = createEncoder(encoding, dataset)
      const fast = createEncoder(encoding, dataset, kernel)
      for (let index = 0; index < dataset.train.count; index++) {
        for (const seed of [0, 77, 0xffffffff]) {
          expect(fast.encode(dataset.train, index, seed)).toEqual(plain.encode(dataset.train, index, seed))
        }
      }
    }
  })

  it('what has no room in the kernel is drawn without it', () => {
    const [steps, inputs] = [10_000, 6900]
    const dataset = imageDataset(Array.from({ length: inputs }, (_, input) => (input === 5 ? 255 : 0)))
    const encoder = createEncoder(
      encodingSchema.parse({ type: 'bernoulli', steps, maximumRateHz: 10 }),
      dataset,
      kernel,
    )
    expect(fitsRateKernel(inputs, steps)).toBe(false)
    expect(encoder.encode(dataset.train, 0, 1).steps.length).toBeGreaterThan(0)
  })

  it('binning: a bin is a step', () => {
    const dataset = eventDataset([
      [0, 0],
      [1500, 1],
      [2999, 5],
    ])
    const encoder = createEncoder(encodingSchema.parse({ type: 'binning', windowMs: 3, steps: 2 }), dataset)
    expect(encoder).toMatchObject({ shape: dataset.sampleShape, steps: 2, dtMs: 1.5 })
    expect(inputsByStep(encoder.encode(dataset.test, 0, 1), 2)).toEqual([[0], [1, 5]])
  })

  it('says which encoding does not take which samples', () => {
    expect(() => createEncoder(encodingSchema.parse({ type: 'binning' }), imageDataset([1]))).toThrow(
      'The encoding binning does not take samples that are images.',
    )
    expect(() => createEncoder(encodingSchema.parse({}), eventDataset([]))).toThrow(
      'The encoding poisson does not take samples that are events.',
    )
    expect(() => createEncoder(encodingSchema.parse({ type: 'delta' }), imageDataset([1]))).toThrow(
      'The encoding delta does not take samples that are images of one frame.',
    )
    const crop = { row: 0, column: 3, rows: 1, columns: 1 }
    expect(() => createEncoder(encodingSchema.parse({ type: 'binning', crop }), eventDataset([]))).toThrow(
      '`encoding.crop` leaves the sensor, which has 1 x 3 places, rows 0 to 0 and columns 0 to 2: it ends in row 0, column 3.',
    )
  })
})

describe('values', () => {
  const dataset = valueDataset([0, 10, 5, 30, 10, 10], 3)

  it('are scaled by the range of each in the part to train on', () => {
    const encoder = createEncoder(encodingSchema.parse({ type: 'direct-current', steps: 1 }), dataset)
    expect(encoder.shape).toEqual({ channels: 2, rows: 1, columns: 1 })
    const shown = [0, 1, 2].map((index) => encoder.encode(dataset.train, index, 1))
    expect(shown.map(({ inputs, values }) => [[...inputs], [...(values ?? [])]])).toEqual([
      [[], []],
      [
        [0, 1],
        [0.5, 1],
      ],
      [[0], [1]],
    ])
  })

  it('are coded by populations', () => {
    const encoding = encodingSchema.parse({ type: 'population', fields: 5, steps: 10, threshold: 0.5 })
    const encoder = createEncoder(encoding, dataset)
    expect(encoder.shape).toEqual({ channels: 10, rows: 1, columns: 1 })
    // Centres -1/6, 1/6, 1/2, 5/6, 7/6; sigma 2/9: of 0 and 0 the first two of each spike, exp(-0.28) = 0.75 of 1.
    expect([...encoder.encode(dataset.train, 0, 1).inputs]).toEqual([0, 1, 5, 6])
    const rates = createEncoder(encodingSchema.parse({ ...encoding, spikes: 'poisson', maximumRateHz: 1000 }), dataset)
    expect(rates.encode(dataset.train, 0, 1)).not.toEqual(rates.encode(dataset.train, 0, 2))
  })
})
