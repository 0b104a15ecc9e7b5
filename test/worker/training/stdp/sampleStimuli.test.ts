import { describe, expect, it } from 'vitest'
import { sizeOf } from '../../../../src-core/encoding/inputEvents.ts'
import { suitableEncodings } from '../../../../src-core/encoding/suitability.ts'
import { intervalTables } from '../../../../src-core/diehlCook/encodingTables.ts'
import { presentationSeeds } from '../../../../src-core/diehlCook/diehlCookNetwork.ts'
import { encodeImage, inputsByStep } from '../../../oracles/diehlCook/inputSpikes.ts'
import { createPcg32 } from '../../../../src-core/random/pcg32.ts'
import { encodingSchema } from '../../../../src-core/study/encodingSchema.ts'
import { createEncoder } from '../../../../src-worker/encoders/createEncoder.ts'
import { sampleStimuli } from '../../../../src-worker/training/stdp/sampleStimuli.ts'
import { eventDataset, imageDataset, valueDataset } from '../../encoders/tinyDatasets.ts'

const steps = 20
const datasets = [
  imageDataset([0, 255, 128, 3, 200, 90]),
  valueDataset([-1, 0.5, 3, 2, -2, 8, 0, 4, 1], 3),
  eventDataset([
    [0, 0],
    [15_000, 1],
  ]),
]

const cases = datasets.flatMap((dataset) =>
  suitableEncodings(dataset.train.kind, dataset.frames)
    // Currents, which checkDataset refuses for such networks.
    .filter((type) => type !== 'direct-current')
    .map((type) => ({ samples: dataset.train.kind, type, dataset })),
)

describe('what a Diehl & Cook network is shown', () => {
  it.each(cases)('$samples by $type: the spikes that the preview shows', ({ type, dataset }) => {
    const encoding = encodingSchema.parse({ type, steps, ...(type === 'binning' ? { windowMs: 20 } : {}) })
    const encoder = createEncoder(encoding, dataset)
    const stimuli = sampleStimuli(encoding, dataset)
    expect(stimuli.shape).toEqual(encoder.shape)
    for (let index = 0; index < dataset.train.count; index++) {
      const stimulus = stimuli.stimulusOf(dataset.train, index, 77)
      const expected = encoder.encode(dataset.train, index, 77)
      if (stimulus.kind === 'spikes') {
        expect(stimulus.spikes).toEqual(expected)
        continue
      }
      // The kernel draws the spikes of levels itself, as this does.
      if (encoding.type !== 'poisson' && encoding.type !== 'bernoulli') throw new Error('levels of no rate')
      expect(stimulus.image).toHaveLength(sizeOf(encoder.shape))
      const { maximumRateHz, dtMs } = encoding
      const tables = intervalTables({ kind: encoding.type, maximumRateHz, steps }, dtMs)
      const drawn = encodeImage(stimulus.image, tables, createPcg32(...presentationSeeds(77).encoding))
      expect(drawn).toEqual(inputsByStep(expected, steps))
    }
  })
})
