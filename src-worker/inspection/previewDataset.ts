import { presentationOf } from '../../src-core/encoding/presentation.ts'
import type { DatasetPreview } from '../../src-core/contracts/inspection.ts'
import { defaultDiehlCookParameters } from '../../src-core/neuron/diehlCookParameters.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { imageAt } from '../datasets/dataset.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { splitDataset } from '../datasets/splitDataset.ts'
import { createDiehlCookNetwork } from '../engines/diehlCook/network.ts'
import { rateEncoding } from '../training/stdp/hyperparameters.ts'
import { inputLayer } from './inspectedSubject.ts'

/**
 * The first samples to train on, with input spikes drawn as for a network; each trial draws others.
 * @throws {SpiketuneError} dataset-damaged when a side of the split would be empty
 */
export function previewDataset(
  dataset: Dataset,
  definition: StudyDefinition,
  samples: number,
  kernel: WebAssembly.Module,
): DatasetPreview {
  const { training, evaluation } = splitDataset(dataset, definition)
  const { rows, columns, classes } = dataset
  const { steps, dtMs } = presentationOf(definition.encoding)
  // What the input layer does depends on the encoding alone: the smallest network is enough.
  const parameters = { ...defaultDiehlCookParameters, inputSize: rows * columns, neurons: 1, dtMs }
  const network = createDiehlCookNetwork(kernel, parameters, rateEncoding(definition.encoding), 0)
  return {
    classes,
    trainSamples: training.indices.length,
    objectiveSamples: evaluation.indices.length,
    steps,
    dtMs,
    samples: training.indices.slice(0, samples).map((index, sample) => {
      const image = imageAt(training.part, index)
      const seed = deriveSeed(definition.seeds.split, 'preview', sample)
      const { input } = network.record({ kind: 'image', image }, seed, { excitatory: [], inhibitory: [] })
      return {
        sample,
        label: training.part.labels[index] ?? 0,
        rows,
        columns,
        image: Uint8Array.from(image),
        spikes: { layer: inputLayer, ...input },
      }
    }),
  }
}
