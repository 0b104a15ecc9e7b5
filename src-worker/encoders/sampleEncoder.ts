import type { InputEvents, LayerShape } from '../../src-core/encoding/inputEvents.ts'
import type { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { Seed } from '../../src-core/random/seed.ts'
import type { LabelledSamples } from '../datasets/dataset.ts'

/** Makes of the samples of a dataset what a network is shown. */
export interface SampleEncoder {
  /** Of the input of the network. */
  readonly shape: LayerShape
  readonly steps: number
  readonly dtMs: number
  /**
   * @param part of the dataset that the encoder was made for
   * @param seed of this presentation; encoders without randomness do not look at it
   * @throws {SpiketuneError} dataset-damaged when events cannot be read
   */
  encode(part: LabelledSamples, index: number, seed: Seed): InputEvents
  /** What to change, where none of these samples has a single input event. */
  noInput(part: LabelledSamples, indices: readonly number[]): SpiketuneError
}
