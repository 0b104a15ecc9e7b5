import { describe, expect, it } from 'vitest'
import { encodeImage } from '../../../src-core/neuron/rateEncoder.ts'
import { inputsByStep } from '../../../src-core/neuron/stimulus.ts'
import { intervalTables } from '../../../src-core/neuron/encodingTables.ts'
import { presentationSeeds } from '../../../src-core/neuron/networkSeeds.ts'
import { createPcg32 } from '../../../src-core/random/pcg32.ts'
import { encodingSchema } from '../../../src-core/study/encodingSchema.ts'
import { createEncoder } from '../../../src-worker/encoders/createEncoder.ts'
import { eventDataset, imageDataset } from './tinyDatasets.ts'

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
    const crop = { row: 0, column: 3, rows: 1, columns: 1 }
    expect(() => createEncoder(encodingSchema.parse({ type: 'binning', crop }), eventDataset([]))).toThrow(
      '`encoding.crop` lies outside of the sensor, which has 1 x 3 places.',
    )
  })
})
