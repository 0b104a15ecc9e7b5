import type { Tensors } from '../../src-core/networkFile/tensor.ts'

/**
 * The spikes of the excitatory layer during one sample, by step, then by neuron. The arrays may be views that the next
 * sample overwrites.
 */
export interface SpikeTrain {
  /** The neuron of each spike. */
  readonly neurons: Uint32Array
  /** The step of each spike, as long as `neurons`. */
  readonly steps: Uint32Array
}

/** Tells the class of a sample from its output spikes, after having seen such spikes with their labels. */
export interface Decoder {
  /** Takes note of a training sample; predictions stay as they are until `learn`. */
  observe(spikes: SpikeTrain, label: number): void
  /** Learns from the samples observed since the last time. */
  learn(): void
  /** The class of a sample: of several equally good ones the lowest. Means nothing before the first `learn`. */
  predict(spikes: SpikeTrain): number
  /** What was learned. */
  tensors(): Tensors
  /**
   * Takes over what a decoder of the same kind and size had learned: `predict` then answers as that one did.
   * @throws {RangeError} when these are not the tensors of such a one
   */
  restore(tensors: Tensors): void
  /** What was observed and not yet learned from, under other names than what was learned. */
  pending(): Tensors
  /** Takes that over after `restore`. @throws {RangeError} when it is not of such a decoder */
  restorePending(tensors: Tensors): void
}

export interface DecoderOptions {
  readonly neurons: number
  readonly classes: number
  /** C of logistic regression and of the linear SVM: the weight of the samples' loss against the penalty on weights. */
  readonly regularisation: number
}

/** The position of the largest score, the lowest of equals. */
export const highest = (scores: ArrayLike<number>): number => {
  let best = 0
  for (let index = 1; index < scores.length; index++) {
    if ((scores[index] ?? 0) > (scores[best] ?? 0)) best = index
  }
  return best
}
