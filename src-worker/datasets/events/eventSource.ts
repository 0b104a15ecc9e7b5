import type { Hash } from 'node:crypto'
import type { EventSample } from '../../../src-core/encoding/eventSample.ts'
import type { LayerShape } from '../../../src-core/encoding/inputEvents.ts'

export interface SourceSample {
  readonly part: 'train' | 'test'
  readonly label: number
  readonly sample: EventSample
}

/** A dataset of events as its publisher gives it. */
export interface EventSource {
  /** Name of the dataset. */
  readonly name: string
  readonly sampleShape: LayerShape
  readonly classes: number
  /** The files that it is read from, in the order in which their content is hashed. */
  readonly files: readonly string[]
  /** How many samples there will be, roughly: for people who wait. */
  readonly expected: number
  /** What a person can do when something is wrong. */
  readonly advice: string
  /**
   * Reads all samples, those of train first.
   * @param hash takes the content of the files
   * @throws {SpiketuneError} dataset-missing, dataset-damaged
   */
  samples(hash: Hash): AsyncIterable<SourceSample>
}
