/**
 * Synaptic input of an excitatory neuron j from the inhibitory neurons I that spiked, single precision.
 *
 *   all        sum over i in I, i != j, of -strength
 *   distance   -(strength / (neurons - 1)) * sum over i in I of |i - j|: soft lateral inhibition, arXiv 2403.00450, exp. 2
 *
 * The sum of distances is a whole number, so that the order of the spikes does not matter.
 */
import type { DiehlCookConstants } from './diehlCookConstants.ts'
import type { InhibitionRule } from './diehlCookParameters.ts'

const round = Math.fround

/** @param spiked the inhibitory neurons that spiked in the step before */
export function lateralInhibition(
  rule: InhibitionRule,
  spiked: readonly number[],
  neuron: number,
  constants: Pick<DiehlCookConstants, 'strengthInhibitory' | 'inhibitionPerPlace'>,
): number {
  if (rule === 'all') {
    return spiked.reduce((sum, other) => (other === neuron ? sum : round(sum - constants.strengthInhibitory)), 0)
  }
  const places = spiked.reduce((sum, other) => sum + Math.abs(other - neuron), 0)
  return round(-constants.inhibitionPerPlace * places)
}
