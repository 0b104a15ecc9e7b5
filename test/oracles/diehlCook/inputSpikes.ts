/** Input spikes as the plain model takes them: of every step the inputs that spike. */
import type { InputEvents } from '../../../src-core/encoding/inputEvents.ts'
import { drawInterval, type IntervalTables } from '../../../src-core/diehlCook/encodingTables.ts'
import type { Pcg32 } from '../../../src-core/random/pcg32.ts'

/**
 * Input spikes of an image: for each step the ascending indices of the pixels that spike. Pixels draw one after the
 * other, each from step 0 on; an interval of k steps from the start is a spike in step k - 1.
 */
export const encodeImage = (image: Uint8Array, tables: IntervalTables, generator: Pcg32): number[][] => {
  const spikes: number[][] = Array.from({ length: tables.steps }, () => [])
  image.forEach((level, pixel) => {
    if (tables.audible[level] !== 1) return
    let time = drawInterval(level, tables, generator)
    while (time <= tables.steps) {
      spikes[time - 1]?.push(pixel)
      time += drawInterval(level, tables, generator)
    }
  })
  return spikes
}

/** The inputs that spike in each of `steps`. */
export const inputsByStep = (spikes: InputEvents, steps: number): number[][] => {
  const lists: number[][] = Array.from({ length: steps }, () => [])
  spikes.steps.forEach((step, spike) => lists[step]?.push(spikes.inputs[spike] ?? 0))
  return lists
}
