/**
 * Neurons of layered networks as pure step functions.
 *
 * Notation: x input current; u current; v membrane potential; th threshold, th0 at rest; r refractory state; s spike; a_*
 * decays, the share of a state lost in a step. In fixed point (`quantised`) states are whole numbers of 1/4096 and
 * decays whole numbers of 1/4096 (fixedPoint.ts); otherwise both are plain numbers.
 * Source: lava-dl (Intel, BSD-3), neurons cuba and alif; Shrestha & Orchard, NeurIPS 2018, arXiv 1810.08646.
 */
import { STATE_SCALE, leak, toState } from '../../../src-core/layered/fixedPoint.ts'
import type { StepConstants } from '../../../src-core/layered/neuronConstants.ts'

/** In the unit of the arithmetic. lif has no current. */
export interface NeuronState {
  readonly current: number
  readonly voltage: number
  readonly threshold: number
  readonly refractory: number
}

/** What a neuron did in a step, in natural units. */
export interface NeuronOutput {
  readonly spike: 0 | 1
  readonly current: number
  /** Before what a spike does to it. */
  readonly voltage: number
  /** v - th - r, as it was compared with 0. */
  readonly margin: number
}

export const restingState = ({ restThreshold }: StepConstants): NeuronState => ({
  current: 0,
  voltage: 0,
  threshold: restThreshold,
  refractory: 0,
})

/** One step of a neuron of any model. */
export const neuronStep = (
  state: NeuronState,
  input: number,
  constants: StepConstants,
): { readonly state: NeuronState; readonly output: NeuronOutput } =>
  constants.model === 'alif' ? alifStep(state, input, constants) : cubaStep(state, input, constants)

/**
 * u = (1 - a_u) u + x, v = (1 - a_v) v + u; spike where v > th0; then v = 0, or v - th0 (`subtract`). lif: v = (1 - a_v) v + x.
 * A potential equal to the threshold does not spike: lava-dl adds a small number to the threshold of cuba.
 */
const cubaStep = (
  state: NeuronState,
  input: number,
  constants: StepConstants,
): { readonly state: NeuronState; readonly output: NeuronOutput } => {
  const x = inputState(input, constants)
  const u = constants.model === 'lif' ? x : decayed(state.current, constants.currentDecay, constants) + x
  const v = decayed(state.voltage, constants.voltageDecay, constants) + u
  const margin = v - constants.restThreshold
  const spike = margin > 0 ? 1 : 0
  const afterSpike = constants.subtract ? margin : 0
  return {
    state: { ...state, current: u, voltage: spike === 1 ? afterSpike : v },
    output: natural(spike, u, v, margin, constants),
  }
}

/**
 * u and v as in cuba, v without a reset; th = (1 - a_th)(th - th0) + th0; r = (1 - a_r) r; spike where v >= th + r; then
 * r += 2 th and th += threshold step.
 */
const alifStep = (
  state: NeuronState,
  input: number,
  constants: StepConstants,
): { readonly state: NeuronState; readonly output: NeuronOutput } => {
  const { restThreshold } = constants
  const u = decayed(state.current, constants.currentDecay, constants) + inputState(input, constants)
  const v = decayed(state.voltage, constants.voltageDecay, constants) + u
  const threshold = decayed(state.threshold - restThreshold, constants.thresholdDecay, constants) + restThreshold
  const refractory = decayed(state.refractory, constants.refractoryDecay, constants)
  const margin = v - (threshold + refractory)
  const spike = margin >= 0 ? 1 : 0
  return {
    state: {
      current: u,
      voltage: v,
      threshold: threshold + spike * constants.thresholdStep,
      refractory: refractory + spike * 2 * threshold,
    },
    output: natural(spike, u, v, margin, constants),
  }
}

const decayed = (value: number, decay: number, { quantised }: StepConstants): number =>
  quantised ? leak(value, decay) : value * (1 - decay)

const inputState = (input: number, { quantised }: StepConstants): number => (quantised ? toState(input) : input)

const natural = (
  spike: 0 | 1,
  current: number,
  voltage: number,
  margin: number,
  { quantised }: StepConstants,
): NeuronOutput => {
  const unit = quantised ? STATE_SCALE : 1
  return { spike, current: current / unit, voltage: voltage / unit, margin: margin / unit }
}
