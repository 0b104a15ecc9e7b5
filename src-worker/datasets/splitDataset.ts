import { samplesOfShare } from '../../src-core/datasets/trainShare.ts'
import { whereTestsAre } from '../../src-core/datasets/testSamples.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { createGenerator, shuffled } from '../../src-core/random/generator.ts'
import { deriveSeed, type Seed } from '../../src-core/random/seed.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Dataset, LabelledSamples } from './dataset.ts'

/** Samples of one part of a dataset, by index. */
export interface SampleSelection {
  readonly part: LabelledSamples
  readonly indices: readonly number[]
}

export interface DatasetSplit {
  readonly training: SampleSelection
  /** What the objective is measured on: held-out training images, or the dataset's own test images. */
  readonly evaluation: SampleSelection
}

/**
 * Divides the training images at random into those to train on and those held out, by `seeds.split` alone, so that all
 * trials of a study see the same. A cap takes a random part of its side: the order within a dataset may mean something
 * (the first half of MNIST's test images is the easier one).
 * @param trainShare of the training samples that a trial learns from, at least one: the larger share has those of the smaller
 * @throws {SpiketuneError} dataset-damaged when a side would be empty
 */
export const splitDataset = (
  dataset: Dataset,
  definition: Pick<StudyDefinition, 'dataset' | 'objective' | 'seeds'>,
  trainShare = 1,
): DatasetSplit => {
  const { trainFraction, trainSamples, testSamples } = definition.dataset
  const { train } = dataset
  const order = permutation(train.count, deriveSeed(definition.seeds.split, 'split'))
  const trainCount = Math.round(train.count * trainFraction)
  const most = Math.min(trainCount, trainSamples ?? trainCount)
  const training = { part: train, indices: order.slice(0, samplesOfShare(most, trainShare)) }
  const evaluation =
    definition.objective.split === 'validation'
      ? { part: train, indices: order.slice(trainCount).slice(0, testSamples) }
      : testSelection(dataset, definition)
  if (training.indices.length > 0 && evaluation.indices.length > 0) return { training, evaluation }
  if (definition.objective.split === 'test' && dataset.test.count === 0) {
    throw new SpiketuneError('dataset-damaged', `There are no samples to test on. ${whereTestsAre(definition.dataset)}`)
  }
  const what = `${train.count} training samples, divided by the fraction ${trainFraction}, leave one side empty.`
  throw new SpiketuneError('dataset-damaged', `${what} Use more samples or another \`dataset.trainFraction\`.`)
}

/** The dataset's own samples to test on, in the order in which a trial is shown them; of some datasets there are none. */
export const testSelection = (
  { test }: Dataset,
  { dataset: { testSamples }, seeds }: Pick<StudyDefinition, 'dataset' | 'seeds'>,
): SampleSelection => ({
  part: test,
  indices: permutation(test.count, deriveSeed(seeds.split, 'test')).slice(0, testSamples),
})

const permutation = (count: number, seed: Seed): number[] =>
  shuffled(Array.from({ length: count }).keys(), createGenerator(seed))
