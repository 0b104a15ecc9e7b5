/**
 * Rank order (Thorpe & Gautrais 1998): only the order of the inputs by their strength counts, not by how much they
 * differ. The rank of an input is the number of stronger ones, so equal ones spike together; inputs of 0 do not spike.
 *
 *   step = floor(rank * steps / n), n: as many as the share of all inputs, of which the strongest are taken
 */
import { EventCollector } from './eventCollector.ts'
import type { InputEvents } from './inputEvents.ts'
import type { Encoding } from './presentation.ts'

type RankOrder = Pick<Extract<Encoding, { readonly type: 'rank-order' }>, 'share' | 'steps'>

/** @param intensities 0 or above */
export const encodeRankOrder = (intensities: Float32Array, { share, steps }: RankOrder): InputEvents => {
  const spiking = Math.max(1, Math.round(intensities.length * share))
  const falling = Float32Array.from(intensities).sort().reverse()
  const ranks = new Map<number, number>()
  falling.forEach((intensity, rank) => {
    if (!ranks.has(intensity)) ranks.set(intensity, rank)
  })
  const events = new EventCollector()
  for (let input = 0; input < intensities.length; input++) {
    const intensity = intensities[input] ?? 0
    const rank = ranks.get(intensity) ?? 0
    if (intensity > 0 && rank < spiking) events.add(Math.floor((rank * steps) / spiking), input)
  }
  return events.take()
}
