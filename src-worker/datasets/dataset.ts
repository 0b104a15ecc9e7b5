/** Datasets as they are trained on: labelled samples in a part to train on and a part to test on. */
import type { DataCard } from '../../src-core/datasets/dataCard.ts'
import type { EventSample } from '../../src-core/encoding/eventSample.ts'
import type { LayerShape } from '../../src-core/encoding/inputEvents.ts'

interface Labelled {
  readonly count: number
  /** [count], each from 0 to classes - 1. */
  readonly labels: Uint8Array
}

interface LabelledImages extends Labelled {
  readonly kind: 'images'
  /** One image, [frames][rows][columns][channels] grey values, in memory of its own. @throws {SpiketuneError} dataset-damaged */
  imageAt(index: number): Uint8Array
}

interface LabelledEvents extends Labelled {
  readonly kind: 'events'
  /** One recording, in memory of its own. @throws {SpiketuneError} dataset-damaged */
  eventsAt(index: number): EventSample
}

interface LabelledValues extends Labelled {
  readonly kind: 'values'
  /** One sample, [frames][rows][columns][channels] finite numbers, in memory of its own. @throws {SpiketuneError} dataset-damaged */
  valuesAt(index: number): Float32Array
  /** Over all samples of the part and their frames; without samples, of Infinity and -Infinity. */
  range(): ValueRange
}

export interface ValueRange {
  /** [rows][columns][channels]. */
  readonly lowest: Float32Array
  readonly highest: Float32Array
}

export type LabelledSamples = LabelledImages | LabelledEvents | LabelledValues
export type SampleKind = LabelledSamples['kind']

export interface Dataset {
  /** Of a frame, or of the sensor; a list of values is 1 x 1 with channels. */
  readonly sampleShape: LayerShape
  /** Frames of a sample, one after the other in time; 1: a still, or events. */
  readonly frames: number
  /** Of `sampleShape`. */
  readonly rows: number
  readonly columns: number
  readonly classes: number
  /** Both of the same kind. */
  readonly train: LabelledSamples
  readonly test: LabelledSamples
  /** SHA-256 of its source files, one after the other in the order that its reader says. */
  readonly sha256: string
  /** What was measured of it when it was converted. */
  readonly card: DataCard
}

/**
 * One image of a part of a dataset.
 * @throws {TypeError} when the samples are no images
 * @throws {SpiketuneError} dataset-damaged
 */
export const imageAt = (part: LabelledSamples, index: number): Uint8Array => {
  if (part.kind !== 'images') throw new TypeError(`samples that are ${part.kind} have no pixels`)
  return part.imageAt(index)
}
