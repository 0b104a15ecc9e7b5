/** The rate encoders, drawn from the tables of encodingTables.ts: the plain form of what the kernel does. */
import type { Pcg32 } from '../random/pcg32.ts'
import type { IntervalTables } from './encodingTables.ts'

/** Draws one interval of a grey level in steps; `steps + 1` stands for every longer one. */
export function drawInterval(level: number, tables: IntervalTables, generator: Pcg32): number {
  const draw = generator.nextUint32() >>> 1
  let interval = 1
  while (interval <= tables.steps && draw >= (tables.cumulative[level * tables.steps + interval - 1] ?? 0)) interval++
  return interval
}

/**
 * Input spikes of an image: for each step the ascending indices of the pixels that spike. Pixels draw one after the
 * other, each from step 0 on; an interval of k steps from the start is a spike in step k - 1.
 */
export function encodeImage(image: Uint8Array, tables: IntervalTables, generator: Pcg32): number[][] {
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
