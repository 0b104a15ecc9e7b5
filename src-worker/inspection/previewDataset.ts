import type { DatasetPreview } from '../../src-core/contracts/inspection.ts'
import { sizeOf } from '../../src-core/encoding/inputEvents.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { splitDataset } from '../datasets/splitDataset.ts'
import { createEncoder } from '../encoders/createEncoder.ts'
import { intensitiesOf } from '../encoders/intensities.ts'
import { inputLayer } from './inspectedSubject.ts'
import { pictureOfEvents, pictureOfValues } from './samplePicture.ts'

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
