import type { SampleView } from '../../src-core/contracts/inspection.ts'
import { type InputEvents, type LayerShape, sizeOf } from '../../src-core/encoding/inputEvents.ts'
import type { Dataset, LabelledSamples } from '../datasets/dataset.ts'

/** How many events, or how much of their values, came to each of `places`, to which every `perPlace` inputs in a row belong. */
export const eventCounts = ({ inputs, values }: InputEvents, places: number, perPlace = 1): Float32Array => {
  const counts = new Float32Array(places)
  inputs.forEach((input, event) => {
    const place = Math.floor(input / perPlace)
    counts[place] = (counts[place] ?? 0) + (values?.[event] ?? 1)
  })
  return counts
}

/**
 * A sample as the dataset holds it; a recording of events as the network is shown it.
 * @param shown what the encoder made of it, and for which input
 */
export const viewOf = (
  { sampleShape, frames }: Dataset,
  part: LabelledSamples,
  index: number,
  shown: () => { readonly events: InputEvents; readonly shape: LayerShape },
): SampleView => {
  switch (part.kind) {
    case 'images':
      return { kind: 'images', shape: sampleShape, frames, pixels: part.imageAt(index) }
    case 'values':
      return { kind: 'values', shape: sampleShape, frames, values: part.valuesAt(index) }
    case 'events': {
      const { events, shape } = shown()
      return { kind: 'events', shape, counts: eventCounts(events, sizeOf(shape)) }
    }
  }
}
