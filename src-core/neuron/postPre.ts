/**
 * Pair-based spike-timing dependent plasticity, PostPre: a presynaptic spike weakens a synapse by the postsynaptic
 * trace, a postsynaptic spike strengthens it by the presynaptic trace.
 *
 *   w[i,j] := clamp(w[i,j] - nu_pre * x_j * s_i + nu_post * x_i * s_j)     i input, j neuron, s spikes, x traces of now
 *
 * Source: Diehl & Cook 2015, section 2.2; Morrison et al. 2008, eq. 4.9, in the form of BindsNET's PostPre. Rounded to
 * single precision after every operation, in BindsNET's order.
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
