import type { InputEvents } from '../../src-core/encoding/inputEvents.ts'

/** How many events, or how much of their values, came to each of `places`, to which every `perPlace` inputs in a row belong. */
export const eventCounts = ({ inputs, values }: InputEvents, places: number, perPlace = 1): Float32Array => {
  const counts = new Float32Array(places)
  inputs.forEach((input, event) => {
    const place = Math.floor(input / perPlace)
    counts[place] = (counts[place] ?? 0) + (values?.[event] ?? 1)
  })
  return counts
}
