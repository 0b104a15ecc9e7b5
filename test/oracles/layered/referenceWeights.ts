import { quantiseWeight } from '../../../src-core/layered/fixedPoint.ts'
import type { Block, KernelSet } from '../../../src-worker/engines/layered/kernelSet.ts'
import { at, valuesOf } from './referenceBlock.ts'

/** Euclidean norms of the weights onto each output channel. */
const channelNorms = (directions: Block, channels: number): Float64Array => {
  const squares = new Float64Array(channels)
  for (const [index, value] of valuesOf(directions).entries()) {
    squares[index % channels] = at(squares, index % channels) + value * value
  }
  return squares.map(Math.sqrt)
}

/** What stands between learned weights and those that act. */
export const weights: KernelSet['weights'] = {
  quantise(weightBlock, quantised) {
    valuesOf(quantised).set(valuesOf(weightBlock).map(quantiseWeight))
  },

  normalise(directions, lengths, normalised) {
    const [directionValues, lengthValues] = [valuesOf(directions), valuesOf(lengths)]
    const channels = lengths.size
    const norms = channelNorms(directions, channels)
    valuesOf(normalised).set(
      directionValues.map((value, index) => (value * at(lengthValues, index % channels)) / at(norms, index % channels)),
    )
  },

  normaliseGradient(directions, lengths, gradient, directionGradient, lengthGradient) {
    const [directionValues, lengthValues, gradients] = [valuesOf(directions), valuesOf(lengths), valuesOf(gradient)]
    const channels = lengths.size
    const norms = channelNorms(directions, channels)
    // the part of the gradient along the direction: the gradient of the length
    const along = new Float64Array(channels)
    for (const [index, value] of directionValues.entries()) {
      const channel = index % channels
      along[channel] = at(along, channel) + (value * at(gradients, index)) / at(norms, channel)
    }
    valuesOf(lengthGradient).set(along)
    valuesOf(directionGradient).set(
      directionValues.map((value, index) => {
        const channel = index % channels
        const norm = at(norms, channel)
        return (at(lengthValues, channel) / norm) * (at(gradients, index) - (at(along, channel) * value) / norm)
      }),
    )
  },
}
