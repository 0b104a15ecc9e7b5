/**
 * Constants of the neurons of layered networks, in the unit of their arithmetic: in fixed point (`quantised`) states are whole
 * numbers of 1/4096 and decays whole numbers of 1/4096 (fixedPoint.ts); otherwise both are plain numbers.
 * Source: lava-dl (Intel, BSD-3), neurons cuba and alif; Shrestha & Orchard, NeurIPS 2018, arXiv 1810.08646.
 */
import { DECAY_SCALE, STATE_SCALE, quantiseDecay, quantiseThreshold } from './fixedPoint.ts'
import type { NeuronPlan } from './networkPlan.ts'

/** A neuron's constants in the unit of its arithmetic. */
export interface StepConstants {
  readonly model: NeuronPlan['model']
  readonly subtract: boolean
  readonly quantised: boolean
  readonly restThreshold: number
  readonly thresholdStep: number
  readonly currentDecay: number
  readonly voltageDecay: number
  readonly thresholdDecay: number
  readonly refractoryDecay: number
}

/** @param currentDecay and `voltageDecay`: times 4096, as they are learned. */
export const stepConstants = (neuron: NeuronPlan, currentDecay: number, voltageDecay: number): StepConstants => {
  const { model, subtract, quantised } = neuron
  const decay = (scaled: number): number => actingDecay(neuron, scaled) * (quantised ? DECAY_SCALE : 1)
  const threshold = (value: number): number => (quantised ? quantiseThreshold(value) * STATE_SCALE : value)
  return {
    model,
    subtract,
    quantised,
    restThreshold: threshold(neuron.threshold),
    thresholdStep: threshold(neuron.thresholdStep),
    currentDecay: decay(currentDecay),
    voltageDecay: decay(voltageDecay),
    thresholdDecay: decay(neuron.thresholdDecay * DECAY_SCALE),
    refractoryDecay: decay(neuron.refractoryDecay * DECAY_SCALE),
  }
}

/** The share that a decay, times 4096 as it is learned, takes from a state: from 0 to 1, in fixed point of 1/4096. */
export const actingDecay = ({ quantised }: NeuronPlan, scaledDecay: number): number =>
  (quantised ? quantiseDecay(scaledDecay) : Math.min(Math.max(scaledDecay, 0), DECAY_SCALE)) / DECAY_SCALE

/** Width and area of a neuron's surrogate: tau = 100 tau_grad threshold, scale = 0.1 scale_grad (lava-dl). */
interface SurrogateWidth {
  readonly tau: number
  readonly scale: number
}

/** The threshold is the one that acts: cut to fixed point in a quantised neuron. */
export const surrogateWidth = ({ tauGradient, scaleGradient, threshold, quantised }: NeuronPlan): SurrogateWidth => ({
  tau: 100 * tauGradient * (quantised ? quantiseThreshold(threshold) : threshold),
  scale: 0.1 * scaleGradient,
})
