import type { Encoding } from '../../../src-core/encoding/presentation.ts'
import type { LayerShape } from '../../../src-core/encoding/inputEvents.ts'
import type { Stimulus } from '../../../src-core/diehlCook/diehlCookNetwork.ts'
import type { Seed } from '../../../src-core/random/seed.ts'
import type { Dataset, LabelledSamples } from '../../datasets/dataset.ts'
import { createEncoder } from '../../encoders/createEncoder.ts'
import { levelsOf } from '../../encoders/intensities.ts'
import type { SampleEncoder } from '../../encoders/sampleEncoder.ts'

/** What a Diehl & Cook network is shown of the samples of a dataset. */
export interface SampleStimuli extends Pick<SampleEncoder, 'noInput'> {
  /** Of the input. */
  readonly shape: LayerShape
  /**
   * @param seed of the presentation, which the network is to be given too
   * @throws {SpiketuneError} dataset-damaged when a sample cannot be read
   */
  stimulusOf(part: LabelledSamples, index: number, seed: Seed): Stimulus
}

/** @throws {SpiketuneError} encoding-unsuitable */
export const sampleStimuli = (encoding: Encoding, dataset: Dataset): SampleStimuli => {
  const { shape, encode, noInput } = createEncoder(encoding, dataset)
  // The kernel draws the spikes of a rate itself: the same ones, in less time.
  if (encoding.type === 'poisson' || encoding.type === 'bernoulli') {
    const levels = levelsOf(dataset)
    return { shape, noInput, stimulusOf: (part, index) => ({ kind: 'image', image: levels(part, index) }) }
  }
  return { shape, noInput, stimulusOf: (part, index, seed) => ({ kind: 'spikes', spikes: encode(part, index, seed) }) }
}
