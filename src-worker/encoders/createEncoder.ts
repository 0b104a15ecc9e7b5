import { binEvents, binnedShape } from '../../src-core/encoding/binEvents.ts'
import { encodeRate } from '../../src-core/encoding/encodeRate.ts'
import { sizeOf } from '../../src-core/encoding/inputEvents.ts'
import type { InputEvents, LayerShape } from '../../src-core/encoding/inputEvents.ts'
import { presentationOf } from '../../src-core/encoding/presentation.ts'
import type { Encoding } from '../../src-core/encoding/presentation.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { intervalTables } from '../../src-core/neuron/encodingTables.ts'
import type { Seed } from '../../src-core/random/seed.ts'
import { imageAt } from '../datasets/dataset.ts'
import type { Dataset, LabelledSamples } from '../datasets/dataset.ts'
import type { SampleEncoder } from './sampleEncoder.ts'

type Encode = (part: LabelledSamples, index: number, seed: Seed) => InputEvents

/**
 * The encoder of a study for its dataset.
 * @throws {SpiketuneError} encoding-unsuitable when the samples are not of the kind that the encoding takes
 */
export function createEncoder(encoding: Encoding, dataset: Dataset): SampleEncoder {
  const { shape, encode } = encodeBy(encoding, dataset)
  return { ...presentationOf(encoding), shape, encode }
}

function encodeBy(encoding: Encoding, dataset: Dataset): { readonly shape: LayerShape; readonly encode: Encode } {
  const { sampleShape } = dataset
  switch (encoding.type) {
    case 'poisson':
    case 'bernoulli': {
      if (dataset.train.kind !== 'images') throw unsuitable(encoding, dataset)
      const { type: kind, maximumRateHz, steps, dtMs } = encoding
      const tables = intervalTables({ kind, maximumRateHz, steps }, dtMs)
      return { shape: sampleShape, encode: (part, index, seed) => encodeRate(imageAt(part, index), tables, seed) }
    }
    case 'binning': {
      const shape = binnedShape(encoding, sampleShape)
      if (dataset.train.kind !== 'events') throw unsuitable(encoding, dataset)
      if (sizeOf(shape) === 0) throw cropOutside(sampleShape)
      return { shape, encode: (part, index) => binEvents(eventsAt(part, index), encoding, sampleShape) }
    }
  }
}

function eventsAt(part: LabelledSamples, index: number) {
  if (part.kind !== 'events') throw new TypeError(`samples that are ${part.kind} have no events`)
  return part.eventsAt(index)
}

const unsuitable = (encoding: Encoding, { train }: Dataset): SpiketuneError =>
  new SpiketuneError(
    'encoding-unsuitable',
    `The encoding ${encoding.type} does not take samples that are ${train.kind}. Choose another in \`encoding.type\`.`,
  )

const cropOutside = ({ rows, columns }: LayerShape): SpiketuneError =>
  new SpiketuneError(
    'encoding-unsuitable',
    `\`encoding.crop\` lies outside of the sensor, which has ${rows} x ${columns} places.`,
  )
