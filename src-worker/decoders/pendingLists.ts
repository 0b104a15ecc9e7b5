import { takeTensor } from '../../src-core/networkFile/takeTensor.ts'
import type { Tensors } from '../../src-core/networkFile/tensor.ts'

/** Samples that a decoder keeps until it learns from them: two lists of equal length each, and a label. */
interface PendingSample {
  readonly neurons: Uint32Array
  readonly values: ArrayLike<number>
  readonly label: number
}

/** `pendingNeurons` and `pendingValues` of all samples, one after the other; `pendingEnds` of each; `pendingLabels`. */
export const pendingTensors = (samples: readonly PendingSample[]): Tensors => {
  const total = samples.reduce((sum, { neurons }) => sum + neurons.length, 0)
  const [neurons, values] = [new Int32Array(total), new Float64Array(total)]
  const [ends, labels] = [new Int32Array(samples.length), new Int32Array(samples.length)]
  let end = 0
  for (const [place, sample] of samples.entries()) {
    neurons.set(sample.neurons, end)
    values.set(sample.values, end)
    end += sample.neurons.length
    ends[place] = end
    labels[place] = sample.label
  }
  return {
    pendingNeurons: { shape: [total], values: neurons },
    pendingValues: { shape: [total], values },
    pendingEnds: { shape: [samples.length], values: ends },
    pendingLabels: { shape: [samples.length], values: labels },
  }
}

/** @throws {RangeError} when these are no such tensors */
export const pendingOf = (tensors: Tensors) => {
  const neurons = takeTensor(tensors, 'pendingNeurons', [Int32Array], [null])
  const values = takeTensor(tensors, 'pendingValues', [Float64Array], [neurons.length])
  const ends = takeTensor(tensors, 'pendingEnds', [Int32Array], [null])
  const labels = takeTensor(tensors, 'pendingLabels', [Int32Array], [ends.length])
  return Array.from(ends, (end, place) => {
    const begin = ends[place - 1] ?? 0
    return {
      neurons: Uint32Array.from(neurons.subarray(begin, end)),
      values: values.slice(begin, end),
      label: labels[place] ?? 0,
    }
  })
}
