/**
 * The one-spike rule: of the neurons that cross their threshold in one step, one keeps its spike (BindsNET's
 * DiehlAndCookNodes; there, as in `random` here, drawn uniformly).
 */
import type { DiehlCookConstants } from '../../../src-core/diehlCook/diehlCookConstants.ts'
import type { InhibitionRule, OneSpikeRule } from '../../../src-core/diehlCook/diehlCookParameters.ts'
import { multiplyHigh, type Pcg32 } from '../../../src-core/random/pcg32.ts'

/**
 * The neurons of `crossed` (ascending) that keep their spike. The draw takes one number from the generator, only when
 * there is a choice, and has a bias below `crossed.length` / 2^32.
 */
export const keepSpikes = (crossed: readonly number[], rule: OneSpikeRule, generator: Pcg32): readonly number[] => {
  if (rule === 'off' || crossed.length <= 1) return crossed
  const kept = rule === 'random' ? multiplyHigh(generator.nextUint32(), crossed.length) : 0
  return crossed.slice(kept, kept + 1)
}

const round = Math.fround

/**
 * Synaptic input of an excitatory neuron j from the inhibitory neurons I that spiked, single precision.
 *
 *   all        sum over i in I, i != j, of -strength
 *   distance   -(strength / (neurons - 1)) * sum over i in I of |i - j|: soft lateral inhibition, arXiv 2403.00450, exp. 2
 *
 * The sum of distances is a whole number, so that the order of the spikes does not matter.
 *
 * @param spiked the inhibitory neurons that spiked in the step before
 */
export const lateralInhibition = (
  rule: InhibitionRule,
  spiked: readonly number[],
  neuron: number,
  constants: Pick<DiehlCookConstants, 'strengthInhibitory' | 'inhibitionPerPlace'>,
): number => {
  if (rule === 'all') {
    return spiked.reduce((sum, other) => (other === neuron ? sum : round(sum - constants.strengthInhibitory)), 0)
  }
  const places = spiked.reduce((sum, other) => sum + Math.abs(other - neuron), 0)
  return round(-constants.inhibitionPerPlace * places)
}
