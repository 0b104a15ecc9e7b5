import { drawInterval, type IntervalTables } from '../diehlCook/encodingTables.ts'
import { presentationSeeds } from '../diehlCook/diehlCookNetwork.ts'
import { createPcg32 } from '../random/pcg32.ts'
import type { Seed } from '../random/seed.ts'
import { EventCollector } from './eventCollector.ts'
import type { InputEvents } from './inputEvents.ts'

/**
 * Poisson or Bernoulli spikes, as the tables say (src-core/diehlCook/encodingTables.ts).
 * @param levels of each input, 0 to 255: full rate
 * @param seed of the presentation: the spikes are those of the Diehl & Cook kernel with the same one
 */
export const encodeRate = (levels: Uint8Array, tables: IntervalTables, seed: Seed): InputEvents => {
  const generator = createPcg32(...presentationSeeds(seed).encoding)
  const events = new EventCollector()
  for (let input = 0; input < levels.length; input++) {
    const level = levels[input] ?? 0
    if (tables.audible[level] !== 1) continue
    let time = drawInterval(level, tables, generator)
    while (time <= tables.steps) {
      events.add(time - 1, input)
      time += drawInterval(level, tables, generator)
    }
  }
  return events.take()
}
