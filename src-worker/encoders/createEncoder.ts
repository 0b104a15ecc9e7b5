import { binEvents, binnedShape, cropFits } from '../../src-core/encoding/binEvents.ts'
import { encodeDelta } from '../../src-core/encoding/encodeDelta.ts'
import { encodeDirectCurrent } from '../../src-core/encoding/encodeDirectCurrent.ts'
import { encodeLatency } from '../../src-core/encoding/encodeLatency.ts'
import { encodeRankOrder } from '../../src-core/encoding/encodeRankOrder.ts'
import { encodeRate } from '../../src-core/encoding/encodeRate.ts'
import { type InputEvents, type LayerShape, sizeOf } from '../../src-core/encoding/inputEvents.ts'
import { populationCode } from '../../src-core/encoding/populationCode.ts'
import { type Encoding, presentationOf } from '../../src-core/encoding/presentation.ts'
import { suitableEncodings } from '../../src-core/encoding/suitability.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { intervalTables } from '../../src-core/diehlCook/encodingTables.ts'
import type { RateEncoding } from '../../src-core/diehlCook/diehlCookNetwork.ts'
import type { Seed } from '../../src-core/random/seed.ts'
import type { Dataset, LabelledSamples } from '../datasets/dataset.ts'
import { intensitiesOf, levelsIn, levelsOf } from './intensities.ts'
import { noInput } from './noInput.ts'
import { createRateKernel, fitsRateKernel } from './rateKernel.ts'
import type { SampleEncoder } from './sampleEncoder.ts'

/**
 * The encoder of a study for its dataset.
 * @param kernel the compiled kernel `stdp`, which draws spikes of rates: the same ones as without it, in less time
 * @throws {SpiketuneError} encoding-unsuitable when the samples are not of the kind that the encoding takes, or a crop leaves the sensor
 */
export const createEncoder = (
  encoding: Encoding,
  dataset: Dataset,
  kernel: WebAssembly.Module | null = null,
): SampleEncoder => {
  const suitable = suitableEncodings(dataset.train.kind, dataset.frames)
  if (!suitable.includes(encoding.type)) throw unsuitable(encoding, dataset, suitable)
  return {
    ...presentationOf(encoding),
    ...encodeBy(encoding, dataset, kernel),
    noInput: (part, indices) => noInput(encoding, dataset.sampleShape, part, indices),
  }
}

const encodeBy = (
  encoding: Encoding,
  dataset: Dataset,
  kernel: WebAssembly.Module | null,
): Pick<SampleEncoder, 'shape' | 'encode'> => {
  if (encoding.type === 'binning') return binning(encoding, dataset.sampleShape)
  const { sampleShape, frames } = dataset
  const intensities = intensitiesOf(dataset)
  const by = (shape: LayerShape, encode: (values: Float32Array, seed: Seed) => InputEvents) => ({
    shape,
    encode: (part: LabelledSamples, index: number, seed: Seed) => encode(intensities(part, index), seed),
  })
  switch (encoding.type) {
    case 'poisson':
    case 'bernoulli': {
      const draw = rates({ ...encoding, kind: encoding.type }, encoding.dtMs, sizeOf(sampleShape), kernel)
      const levels = levelsOf(dataset)
      return { shape: sampleShape, encode: (part, index, seed) => draw(levels(part, index), seed) }
    }
    case 'latency':
      return by(sampleShape, (values) => encodeLatency(values, encoding))
    case 'rank-order':
      return by(sampleShape, (values) => encodeRankOrder(values, encoding))
    case 'delta':
      return by(timesChannels(sampleShape, 2), (values) => encodeDelta(values, frames, encoding))
    case 'direct-current':
      return by(sampleShape, (values) => encodeDirectCurrent(values, frames, encoding))
    case 'population': {
      const { fields, width, spikes, steps, dtMs, threshold } = encoding
      const shape = timesChannels(sampleShape, fields)
      const draw = rates({ ...encoding, kind: 'poisson' }, dtMs, sizeOf(shape), kernel)
      const latency = { curve: 'linear', threshold, tauMs: 1, steps, dtMs } as const
      return by(shape, (values, seed) => {
        const coded = populationCode(values, fields, width)
        return spikes === 'poisson' ? draw(levelsIn(coded), seed) : encodeLatency(coded, latency)
      })
    }
  }
}

const timesChannels = (shape: LayerShape, factor: number): LayerShape => ({
  ...shape,
  channels: shape.channels * factor,
})

/** What draws the spikes of levels: the kernel, or where there is none, or no room for it, the plain form. */
const rates = (
  { kind, maximumRateHz, steps }: RateEncoding,
  dtMs: number,
  inputs: number,
  kernel: WebAssembly.Module | null,
): ((levels: Uint8Array, seed: Seed) => InputEvents) => {
  const tables = intervalTables({ kind, maximumRateHz, steps }, dtMs)
  if (kernel !== null && fitsRateKernel(inputs, steps)) return createRateKernel(kernel, tables, inputs)
  return (levels, seed) => encodeRate(levels, tables, seed)
}

const binning = (
  encoding: Extract<Encoding, { readonly type: 'binning' }>,
  sensor: LayerShape,
): Pick<SampleEncoder, 'shape' | 'encode'> => {
  if (!cropFits(encoding, sensor)) throw leavesSensor(encoding, sensor)
  const shape = binnedShape(encoding, sensor)
  return {
    shape,
    encode(part, index) {
      if (part.kind !== 'events') throw new TypeError(`samples that are ${part.kind} have no events`)
      return binEvents(part.eventsAt(index), encoding, sensor)
    },
  }
}

const leavesSensor = (
  { crop }: Extract<Encoding, { readonly type: 'binning' }>,
  { rows, columns }: LayerShape,
): SpiketuneError => {
  const lastRow = (crop?.row ?? 0) + (crop?.rows ?? rows) - 1
  const lastColumn = (crop?.column ?? 0) + (crop?.columns ?? columns) - 1
  return new SpiketuneError(
    'encoding-unsuitable',
    `\`encoding.crop\` leaves the sensor, which has ${rows} x ${columns} places, rows 0 to ${rows - 1} and columns 0 to ` +
      `${columns - 1}: it ends in row ${lastRow}, column ${lastColumn}. Begin it earlier or make it smaller.`,
  )
}

const unsuitable = (
  { type }: Encoding,
  { train, frames }: Dataset,
  suitable: readonly Encoding['type'][],
): SpiketuneError => {
  const takesSeveral = suitableEncodings(train.kind, 2).includes(type)
  const samples =
    frames > 1 ? `${train.kind} of ${frames} frames` : takesSeveral ? `${train.kind} of one frame` : train.kind
  return new SpiketuneError(
    'encoding-unsuitable',
    `The encoding ${type} does not take samples that are ${samples}. ` +
      `Choose another in \`encoding.type\`: ${suitable.join(', ')}.`,
  )
}
