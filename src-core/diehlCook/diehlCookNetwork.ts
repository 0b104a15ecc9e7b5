/**
 * What every implementation of the Diehl & Cook network offers: the plain model in test/oracles, which says what is
 * right, and the WebAssembly kernel, which is fast. Both are held to one contract suite, and draw the same from their seeds.
 */
import type { InputEvents } from '../encoding/inputEvents.ts'
import { createPcg32 } from '../random/pcg32.ts'
import { deriveSeed } from '../random/seed.ts'

/** How pixels become input spikes. */
export interface RateEncoding {
  /**
   * poisson: intervals between spikes are Poisson-distributed numbers of steps, zero counted as one (BindsNET).
   * bernoulli: every step spikes with the probability rate * dt.
   */
  readonly kind: 'poisson' | 'bernoulli'
  /** Rate of a pixel of 255. */
  readonly maximumRateHz: number
  /** Steps of one presentation. */
  readonly steps: number
}

/** `spikes`: every event is a spike, whatever its value. */
export type Stimulus =
  { readonly kind: 'image'; readonly image: Uint8Array } | { readonly kind: 'spikes'; readonly spikes: InputEvents }

/** The state after one step; the arrays are copies. Potentials in mV, refractory counters in ms (below 0: idle since). */
export interface StepState {
  readonly step: number
  readonly inputSpikes: Uint32Array
  readonly excitatoryPotentialMv: Float32Array
  readonly excitatoryThetaMv: Float32Array
  readonly excitatoryRefractoryMs: Float32Array
  readonly excitatoryTrace: Float32Array
  readonly excitatorySpikes: Uint32Array
  readonly inhibitoryPotentialMv: Float32Array
  readonly inhibitoryRefractoryMs: Float32Array
  readonly inhibitorySpikes: Uint32Array
}

export interface PresentationObserver {
  step?(state: StepState): void
  /** The weights [input][neuron] as the last step left them. */
  beforeNormalisation?(weights: Float32Array): void
}

export interface DiehlCookNetwork {
  readonly inputSize: number
  readonly neurons: number
  readonly steps: number

  /**
   * Shows one sample: resets potentials, counters and traces, runs all steps, normalises the weights.
   * @param image inputSize grey values
   * @param sampleSeed unsigned 32-bit seed of this presentation: of its encoding and of its one-spike draws
   * @param learning whether weights and thresholds adapt
   */
  present(image: Uint8Array, sampleSeed: number, learning: boolean): void
  /** Like `present`, with input spikes as they are. */
  presentSpikes(spikes: InputEvents, sampleSeed: number, learning: boolean): void
  /** Like the two above, with the same result, looking at the state after every step; slow. */
  presentObserved(stimulus: Stimulus, sampleSeed: number, learning: boolean, observer: PresentationObserver): void

  // What the last presentation came to; the arrays are views that the next presentation overwrites.
  /** Spikes per excitatory neuron [neurons]. */
  readonly excitatoryCounts: Uint32Array
  readonly inputSpikeTotal: number
  readonly excitatorySpikeTotal: number
  readonly inhibitorySpikeTotal: number
  /** The excitatory spike train, by step, then by neuron: its first `excitatorySpikeTotal` entries are valid. */
  readonly spikeNeurons: Uint32Array
  readonly spikeSteps: Uint32Array

  /** A copy of the weights, [inputSize][neurons] row by row. */
  weights(): Float32Array
  /** A copy of the adaptive thresholds, [neurons], mV. */
  theta(): Float32Array
  /**
   * Replaces the weights. `normalised`: they were read after a presentation, so the next one must not scale them anew
   * (that would change their last bits); default false.
   * @throws {RangeError} unless there are inputSize * neurons weights
   */
  setWeights(weights: Float32Array, normalised?: boolean): void
  /** @throws {RangeError} unless there are `neurons` thresholds */
  setTheta(theta: Float32Array): void

  /** False when a weight, a threshold or a potential is NaN or infinite. */
  isFinite(): boolean
}

/** The 64-bit seeds, in halves, of the encoder and of the one-spike draws of one presentation. */
export const presentationSeeds = (sampleSeed: number): Record<'encoding' | 'oneSpike', [number, number]> => ({
  encoding: [deriveSeed(sampleSeed, 'encoding'), sampleSeed],
  oneSpike: [deriveSeed(sampleSeed, 'one-spike'), sampleSeed],
})

/** Initial weights [inputSize][neurons]: uniform multiples of 2^-24 in [0, 1), as in the reference experiments. */
export const initialWeights = (inputSize: number, neurons: number, seed: number): Float32Array => {
  const generator = createPcg32(deriveSeed(seed, 'initial weights'), seed)
  return Float32Array.from({ length: inputSize * neurons }, generator.nextFloat)
}

/** @throws {RangeError} unless `array` has `length` entries */
export const checkLength = (name: string, array: ArrayLike<unknown>, length: number): void => {
  if (array.length !== length) throw new RangeError(`${name} has ${array.length} entries, the network needs ${length}`)
}

/**
 * @throws {RangeError} unless the stimulus fits a network: `inputSize` pixels, or spikes in rising order of steps below
 * `steps`, and in a step of inputs below `inputSize`
 */
export const checkStimulus = (stimulus: Stimulus, inputSize: number, steps: number): void => {
  if (stimulus.kind === 'image') checkLength('image', stimulus.image, inputSize)
  else checkSpikes(stimulus.spikes, inputSize, steps)
}

const checkSpikes = ({ steps: when, inputs }: InputEvents, inputSize: number, steps: number): void => {
  if (when.length !== inputs.length) {
    throw new RangeError(`${inputs.length} input spikes have ${when.length} steps`)
  }
  let lastStep = 0
  let lastInput = -1
  for (let spike = 0; spike < when.length; spike++) {
    const step = when[spike] ?? 0
    const input = inputs[spike] ?? 0
    if (step !== lastStep) lastInput = -1
    if (step < lastStep || step >= steps) {
      throw new RangeError(`input spike ${spike} in step ${step}: steps must rise and lie in 0..${steps - 1}`)
    }
    if (input <= lastInput || input >= inputSize) {
      throw new RangeError(`input spike ${input} in step ${step}: indices must ascend and lie in 0..${inputSize - 1}`)
    }
    lastStep = step
    lastInput = input
  }
}
