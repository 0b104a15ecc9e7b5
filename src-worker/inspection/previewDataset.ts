import type { DatasetPreview } from '../../src-core/contracts/inspection.ts'
import { type InputEvents, type LayerShape, sizeOf } from '../../src-core/encoding/inputEvents.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Dataset, LabelledSamples } from '../datasets/dataset.ts'
import { splitDataset } from '../datasets/splitDataset.ts'
import { createEncoder } from '../encoders/createEncoder.ts'
import { type Intensities, intensitiesOf } from '../encoders/intensities.ts'
import { eventCounts } from './sampleView.ts'
import { inputLayer } from './inspectedSubject.ts'

/** A sample to look at, [rows][columns][channels]: 1 channel grey, 2 off and on, 3 red, green and blue. */
interface SamplePicture {
  readonly rows: number
  readonly columns: number
  readonly channels: 1 | 2 | 3
  readonly image: Uint8Array
}

/** Of events: how many of them the network is shown at each place, the most being white. */
const pictureOfEvents = (events: InputEvents, shape: LayerShape): SamplePicture => {
  const isList = shape.rows * shape.columns === 1
  const { rows, columns } = isList ? { rows: 1, columns: shape.channels } : shape
  const channels = !isList && shape.channels === 2 ? 2 : 1
  const counts = eventCounts(events, rows * columns * channels, isList ? 1 : shape.channels / channels)
  const most = counts.reduce((highest, count) => Math.max(highest, count), 0)
  return { rows, columns, channels, image: Uint8Array.from(counts, (count) => Math.round((255 * count) / (most || 1))) }
}

/** Of an image or of values: its first frame, three channels as colours, any other number by their mean. */
const pictureOfValues = (
  { sampleShape, frames }: Pick<Dataset, 'sampleShape' | 'frames'>,
  intensities: Intensities,
  part: LabelledSamples,
  index: number,
): SamplePicture => {
  const isList = sampleShape.rows * sampleShape.columns === 1
  const { rows, columns } = isList ? { rows: 1, columns: sampleShape.channels } : sampleShape
  const perPlace = isList ? 1 : sampleShape.channels
  const all = intensities(part, index)
  const first = all.subarray(0, all.length / frames)
  const channels = perPlace === 3 ? 3 : 1
  if (channels === 3 || perPlace === 1) {
    return { rows, columns, channels, image: Uint8Array.from(first, (value) => Math.round(255 * value)) }
  }
  const mean = (place: number): number =>
    first.subarray(place * perPlace, (place + 1) * perPlace).reduce((sum, value) => sum + value, 0) / perPlace
  return {
    rows,
    columns,
    channels,
    image: Uint8Array.from({ length: rows * columns }, (_, at) => Math.round(255 * mean(at))),
  }
}

/**
 * The first samples to train on, with the input that a network would see; each trial draws its own.
 * @throws {SpiketuneError} dataset-damaged when a side of the split would be empty; encoding-unsuitable
 */
export const previewDataset = (dataset: Dataset, definition: StudyDefinition, samples: number): DatasetPreview => {
  const { training, evaluation } = splitDataset(dataset, definition)
  const encoder = createEncoder(definition.encoding, dataset)
  const intensities = dataset.train.kind === 'events' ? null : intensitiesOf(dataset)
  const { part, indices } = training
  return {
    card: dataset.card,
    classes: dataset.classes,
    trainSamples: indices.length,
    objectiveSamples: evaluation.indices.length,
    inputs: sizeOf(encoder.shape),
    shape: encoder.shape,
    steps: encoder.steps,
    dtMs: encoder.dtMs,
    samples: indices.slice(0, samples).map((index, sample) => {
      const events = encoder.encode(part, index, deriveSeed(definition.seeds.split, 'preview', sample))
      const picture =
        intensities === null
          ? pictureOfEvents(events, encoder.shape)
          : pictureOfValues(dataset, intensities, part, index)
      return {
        sample,
        label: part.labels[index] ?? 0,
        ...picture,
        spikes: { layer: inputLayer, neurons: events.inputs, steps: Uint32Array.from(events.steps) },
      }
    }),
  }
}
