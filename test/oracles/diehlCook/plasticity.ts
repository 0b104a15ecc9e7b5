/**
 * Pair-based spike-timing dependent plasticity, PostPre: a presynaptic spike weakens a synapse by the postsynaptic
 * trace, a postsynaptic spike strengthens it by the presynaptic trace.
 *
 *   w[i,j] := clamp(w[i,j] - nu_pre * x_j * s_i + nu_post * x_i * s_j)     i input, j neuron, s spikes, x traces of now
 *
 * Source: Morrison, Diesmann & Gerstner, Biol. Cybern. 98:459, 2008, fig. 7A, in the form of BindsNET's PostPre (Hazan et
 * al., Front. Neuroinform. 12:89, 2018). Rounded to single precision after every operation, in BindsNET's order.
 */
import type { DiehlCookConstants } from '../../../src-core/diehlCook/diehlCookConstants.ts'

type PostPreParameters = Pick<
  DiehlCookConstants,
  'learningRatePre' | 'learningRatePost' | 'weightMinimum' | 'weightMaximum'
>

const round = Math.fround

/** What a synapse sees of its two neurons in one step. */
export interface SynapseActivity {
  readonly preSpiked: boolean
  readonly preTrace: number
  readonly postSpiked: boolean
  readonly postTrace: number
}

/** The weight after one learning step. */
export const stepPostPre = (weight: number, activity: SynapseActivity, parameters: PostPreParameters): number => {
  let next = weight
  if (activity.preSpiked) next = round(next - round(parameters.learningRatePre * activity.postTrace))
  if (activity.postSpiked) next = round(next + round(parameters.learningRatePost * activity.preTrace))
  return Math.min(Math.max(next, parameters.weightMinimum), parameters.weightMaximum)
}

/**
 * The trace of a spike train: 1 at a spike, decaying in between; a new spike sets it and does not add.
 *
 *   tau dx/dt = -x;  spike: x := 1
 *
 *   x[t] = spike ? 1 : x[t-1] * exp(-dt / tau)
 *
 * Source: Morrison, Diesmann & Gerstner, Biol. Cybern. 98:459, 2008, fig. 7A (symmetric nearest-neighbour pairing).
 */
export const stepTrace = (trace: number, spiked: boolean, traceDecay: number): number =>
  spiked ? 1 : Math.fround(trace * traceDecay)

/**
 * Normalisation of the weights onto one neuron, after every sample.
 *
 *   w[:,j] := w[:,j] * norm / sum_i |w[i,j]|
 *
 * Source: BindsNET's Connection (Hazan et al., Front. Neuroinform. 12:89, 2018): a sum of 0 counts as 1.
 * Departure: the sum is taken in double precision, input by input, where torch sums in single precision in an order of
 * its own; the factor and the products are rounded to single precision as there.
 *
 * @returns the factor for one neuron's weights
 */
export const normalisationFactor = (weights: Iterable<number>, norm: number): number => {
  let sum = 0
  for (const weight of weights) sum += Math.abs(weight)
  const rounded = round(sum)
  return round(norm / (rounded === 0 ? 1 : rounded))
}
