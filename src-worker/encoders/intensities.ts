import { type Dataset, imageAt, type LabelledSamples } from '../datasets/dataset.ts'

/** The values of a sample, [frames][rows][columns][channels], from 0 to 1. */
export type Intensities = (part: LabelledSamples, index: number) => Float32Array

/**
 * How the samples of a dataset become values from 0 to 1: grey values by their range; real values, each place and
 * channel for itself, by the range that it has in the part to train on, others cut off. A value that is the same in all
 * of them becomes 0.
 */
export const intensitiesOf = ({ train }: Pick<Dataset, 'train'>): Intensities => {
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

/** Values from 0 to 1 as the 256 levels that rates have. */
export const levelsIn = (values: Float32Array): Uint8Array => {
  const levels = new Uint8Array(values.length)
  for (let at = 0; at < values.length; at++) levels[at] = Math.round((values[at] ?? 0) * 255)
  return levels
}

/** The levels of a sample, ordered as its values: a grey value keeps its own. */
export const levelsOf = (dataset: Pick<Dataset, 'train'>): ((part: LabelledSamples, index: number) => Uint8Array) => {
  if (dataset.train.kind === 'images') return imageAt
  const intensities = intensitiesOf(dataset)
  return (part, index) => levelsIn(intensities(part, index))
}

const sampleOf = (part: LabelledSamples, index: number): Uint8Array | Float32Array => {
  switch (part.kind) {
    case 'images':
      return part.imageAt(index)
    case 'values':
      return part.valuesAt(index)
    case 'events':
      throw new TypeError('events have no values')
  }
}
