/** Datasets as they are before they are converted. */
import type { Hash } from 'node:crypto'
import type { EventSample } from '../../../src-core/encoding/eventSample.ts'
import type { LayerShape } from '../../../src-core/encoding/inputEvents.ts'
import type { SampleKind } from '../dataset.ts'
import type { EventSource } from '../events/eventSource.ts'

/** Of images, grey values; of values, numbers; both [frames][rows][columns][channels]. */
export type Sample = Uint8Array | Float32Array | EventSample

export interface ConvertibleSample {
  readonly part: 'train' | 'test'
  readonly label: number
  readonly sample: Sample
}

/** What all samples of a dataset have in common. */
interface SampleFacts {
  readonly kind: SampleKind
  readonly sampleShape: LayerShape
  readonly frames: number
  readonly classes: number
}

export interface SourceContent extends SampleFacts {
  /** Names of the classes, by label; absent: they are called by their labels. */
  readonly classNames?: readonly string[]
  /** Names of the inputs of a sample; absent: they are numbered. */
  readonly inputNames?: readonly string[]
  /** What is odd in the files without being wrong, for people. */
  readonly notes?: readonly string[]
  /** What a person can do where all samples are of one class; absent: the advice of the source. */
  readonly oneClassAdvice?: string
  /** Those of train first. */
  readonly samples: Iterable<ConvertibleSample> | AsyncIterable<ConvertibleSample>
}

/** A dataset as its publisher gives it. */
export interface SampleSource {
  /** Name of the dataset. */
  readonly name: string
  /** Settings that another content would follow from. */
  readonly settings: string
  /** The files that it is read from, in the order in which their content is hashed. */
  readonly files: readonly string[]
  /** How many samples there will be, roughly, for people who wait; 0: not known. */
  readonly expected: number
  /** What a person can do when something is wrong. */
  readonly advice: string
  /**
   * Reads the files, at the latest while the samples are gone through.
   * @param hash takes the content of the files
   * @throws {SpiketuneError} dataset-missing, dataset-damaged
   */
  content(hash: Hash): Promise<SourceContent>
}

export const convertibleEvents = (source: EventSource): SampleSource => {
  const { name, files, expected, advice, sampleShape, classes } = source
  return {
    name,
    settings: '',
    files,
    expected,
    advice,
    content: (hash) =>
      Promise.resolve({ kind: 'events', sampleShape, frames: 1, classes, samples: source.samples(hash) }),
  }
}

/** A part of a dataset that was read as a whole. */
export interface WholePart {
  readonly labels: Uint8Array
  /** [labels.length][frames][rows][columns][channels]: bytes of images, numbers of values. */
  readonly values: Uint8Array | Float32Array | StoredNumbers
}

/** Numbers of another type than they are needed in, which one sample at a time is made of. */
interface StoredNumbers {
  readonly length: number
  floats(from: number, to: number): Float32Array
}

/** @param test null: there are no samples to test on */
export const samplesOfParts = function* (train: WholePart, test: WholePart | null): Iterable<ConvertibleSample> {
  for (const [part, whole] of [['train', train] as const, ['test', test] as const]) {
    if (whole === null) continue
    const { labels, values } = whole
    const size = values.length / labels.length
    for (const [index, label] of labels.entries()) {
      const [from, to] = [index * size, (index + 1) * size]
      yield { part, label, sample: ArrayBuffer.isView(values) ? values.subarray(from, to) : values.floats(from, to) }
    }
  }
}
