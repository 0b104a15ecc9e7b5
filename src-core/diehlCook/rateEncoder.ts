/** The rate encoders, drawn from the tables of encodingTables.ts: the plain form of what the kernel does. */
import type { Pcg32 } from '../random/pcg32.ts'
import type { IntervalTables } from './encodingTables.ts'

/** Draws one interval of a grey level in steps; `steps + 1` stands for every longer one. */
export const drawInterval = (level: number, tables: IntervalTables, generator: Pcg32): number => {
  const draw = generator.nextUint32() >>> 1
  let interval = 1
  while (interval <= tables.steps && draw >= (tables.cumulative[level * tables.steps + interval - 1] ?? 0)) interval++
  return interval
}
