import type { Dataset, LabelledSamples } from '../datasets/dataset.ts'

/** The values of a sample, [frames][rows][columns][channels], from 0 to 1. */
export type Intensities = (part: LabelledSamples, index: number) => Float32Array

/**
 * How the samples of a dataset become values from 0 to 1: grey values by their range; real values, each place and
 * channel for itself, by the range that it has in the part to train on, others cut off. A value that is the same in all
 * of them becomes 0.
 */
export function intensitiesOf({ train }: Pick<Dataset, 'train'>): Intensities {
  if (train.kind !== 'values') {
    return (part, index) => Float32Array.from(sampleOf(part, index), (level) => level / 255)
  }
  const { lowest, highest } = train.range()
  const size = lowest.length
  return (part, index) =>
    sampleOf(part, index).map((value, at) => {
      const low = lowest[at % size] ?? 0
      const range = (highest[at % size] ?? 0) - low
      return range > 0 ? Math.min(1, Math.max(0, (value - low) / range)) : 0
    }) as Float32Array
}

function sampleOf(part: LabelledSamples, index: number): Uint8Array | Float32Array {
  switch (part.kind) {
    case 'images':
      return part.imageAt(index)
    case 'values':
      return part.valuesAt(index)
    case 'events':
      throw new TypeError('events have no values')
  }
}
