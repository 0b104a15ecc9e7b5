/**
 * The one-spike rule: of the neurons that cross their threshold in one step, one keeps its spike (BindsNET's
 * DiehlAndCookNodes; there, as in `random` here, drawn uniformly).
 */
import { multiplyHigh } from '../random/pcg32.ts'
import type { Pcg32 } from '../random/pcg32.ts'
import type { OneSpikeRule } from './diehlCookParameters.ts'

/**
 * The neurons of `crossed` (ascending) that keep their spike. The draw takes one number from the generator, only when
 * there is a choice, and has a bias below `crossed.length` / 2^32.
 */
export function keepSpikes(crossed: readonly number[], rule: OneSpikeRule, generator: Pcg32): readonly number[] {
  if (rule === 'off' || crossed.length <= 1) return crossed
  const kept = rule === 'random' ? multiplyHigh(generator.nextUint32(), crossed.length) : 0
  return crossed.slice(kept, kept + 1)
}
