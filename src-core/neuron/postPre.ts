/**
 * Pair-based spike-timing dependent plasticity, PostPre: a presynaptic spike weakens a synapse by the postsynaptic
 * trace, a postsynaptic spike strengthens it by the presynaptic trace.
 *
 *   w[i,j] := clamp(w[i,j] - nu_pre * x_j * s_i + nu_post * x_i * s_j)     i input, j neuron, s spikes, x traces of now
 *
 * Source: Morrison, Diesmann & Gerstner, Biol. Cybern. 98:459, 2008, fig. 7A, in the form of BindsNET's PostPre (Hazan et
 * al., Front. Neuroinform. 12:89, 2018). Rounded to single precision after every operation, in BindsNET's order.
 */
const round = Math.fround

export interface PostPreParameters {
  readonly learningRatePre: number
  readonly learningRatePost: number
  readonly weightMinimum: number
  readonly weightMaximum: number
}

/** What a synapse sees of its two neurons in one step. */
export interface SynapseActivity {
  readonly preSpiked: boolean
  readonly preTrace: number
  readonly postSpiked: boolean
  readonly postTrace: number
}

/** The weight after one learning step. */
export function stepPostPre(weight: number, activity: SynapseActivity, parameters: PostPreParameters): number {
  let next = weight
  if (activity.preSpiked) next = round(next - round(parameters.learningRatePre * activity.postTrace))
  if (activity.postSpiked) next = round(next + round(parameters.learningRatePost * activity.preTrace))
  return Math.min(Math.max(next, parameters.weightMinimum), parameters.weightMaximum)
}
