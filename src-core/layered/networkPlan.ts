/**
 * A layered network with every number in place: what an engine builds. Layers follow one another; each is a synapse, a
 * neuron for every output, a shift by one step and an axonal delay (Shrestha & Orchard, SLAYER, NeurIPS 2018; lava-dl).
 * Made by `planNetwork`, which checks it.
 */
import type { LayerShape } from '../encoding/inputEvents.ts'
import type { NeuronHyperparameter } from '../study/layeredHyperparameters.ts'

/** How the currents of a layer come from the spikes of the layer before it. Bias-free. Strides and paddings are of places. */
export type SynapsePlan =
  | { readonly type: 'dense' }
  /** dense, and dense from its own spikes of the step before. */
  | { readonly type: 'recurrent' }
  | {
      readonly type: 'conv'
      readonly kernel: number
      readonly stride: number
      readonly padding: number
      /** How gradients are computed, which decides their last bits: by the convolution theorem where that is faster, or not. */
      readonly gradient: 'fourier' | 'direct'
    }
  /** The sum over a window of each channel, times a weight that is not learned; the last windows may reach beyond the input. */
  | { readonly type: 'pool'; readonly kernel: number; readonly stride: number; readonly weight: number }

/**
 * The derivative that stands in for that of a spike; z: membrane potential minus threshold, tau and scale those of the
 * neuron. exponential is lava-dl's.
 */
export type Surrogate = 'exponential' | 'fast-sigmoid' | 'arctan' | 'superspike' | 'triangle'

/**
 * alif: adaptive threshold and refractory state, no reset. cuba: reset to 0, unless `subtract`. lif: cuba without a
 * current, the input goes straight to the membrane.
 */
type NeuronModel = 'alif' | 'cuba' | 'lif'

/** What neurons compute with of the values that they have in their table; the others are their layer's. */
export type PlannedValue = Exclude<NeuronHyperparameter, 'dropout' | 'weightGain'>

/** Decays are shares of a state that are lost in a step, from 0 to 1; thresholds in the unit of the weights. */
export interface NeuronPlan extends Readonly<Record<PlannedValue, number>> {
  readonly model: NeuronModel
  /** cuba and lif: after a spike the threshold is subtracted from the membrane potential, which otherwise becomes 0. */
  readonly subtract: boolean
  /** Whether the decays of current and voltage are learned, and how many of each there are. */
  readonly decays: 'fixed' | 'shared' | 'per-channel'
  /** exact: the derivative by a decay; lava: lava-dl's, -1 times that, as if by the decay times 4096 (numerics.md). */
  readonly decayGradient: 'exact' | 'lava'
  readonly surrogate: Surrogate
  /** Integer states of lava-dl (numerics.md); false: plain float. */
  readonly quantised: boolean
}

export interface LayerPlan {
  readonly name: string
  readonly synapse: SynapsePlan
  readonly input: LayerShape
  readonly output: LayerShape
  readonly neuron: NeuronPlan
  /** Whether weights are learned as a direction and a length for each output channel (Salimans & Kingma 2016). */
  readonly weightNormalisation: boolean
  /** Whether each output channel has an axonal delay that is learned. */
  readonly delays: boolean
  /** Chance of a neuron to be left out for a whole training sample; what the others have of `dropoutOf` is divided by 1 - dropout. */
  readonly dropout: number
  /** What dropout leaves out: what a neuron gets, or what it gives, as in lava-dl. */
  readonly dropoutOf: 'currents' | 'spikes'
  /** Gain of the initial weights: uniform in +- gain / sqrt(inputs of a neuron). */
  readonly weightGain: number
}

/** What a network is shown. */
export interface NetworkInput {
  readonly shape: LayerShape
  readonly steps: number
  readonly classes: number
}

export interface NetworkPlan {
  readonly input: LayerShape
  readonly steps: number
  readonly classes: number
  /** At least one; the last has `classes` neurons. */
  readonly layers: readonly LayerPlan[]
}

/** Largest axonal delay, steps. */
export const LARGEST_DELAY = 62
