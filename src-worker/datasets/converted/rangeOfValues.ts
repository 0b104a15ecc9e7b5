import type { ValueRange } from '../dataset.ts'

/** The range of values, found when it is first asked for. @param places of a frame */
export const rangeOfValues = (
  count: number,
  places: number,
  valuesAt: (sample: number) => Float32Array,
): (() => ValueRange) => {
  let found: ValueRange | null = null
  return () => (found ??= rangeOver(count, places, valuesAt))
}

const rangeOver = (count: number, places: number, valuesAt: (sample: number) => Float32Array): ValueRange => {
  const lowest = new Float32Array(places).fill(Infinity)
  const highest = new Float32Array(places).fill(-Infinity)
  for (let sample = 0; sample < count; sample++) {
    valuesAt(sample).forEach((value, index) => {
      const place = index % places
      if (value < (lowest[place] ?? 0)) lowest[place] = value
      if (value > (highest[place] ?? 0)) highest[place] = value
    })
  }
  return { lowest, highest }
}
