import { indexAt, sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import type { ConvSize, KernelSet } from '../../../src-worker/engines/layered/kernelSet.ts'
import { at, valuesOf } from './referenceBlock.ts'

/** Called for every pair of an input value, a weight and an output value that a convolution joins, in one step of a sample. */
type Visit = (input: number, weight: number, output: number) => void

const visitRows = (size: ConvSize, visit: Visit): void => {
  const [inputSize, outputSize] = [sizeOf(size.input), sizeOf(size.output)]
  for (let row = 0; row < size.steps * size.batch; row++) {
    visitSynapses(size, (input, weight, output) => {
      visit(row * inputSize + input, weight, row * outputSize + output)
    })
  }
}

const visitSynapses = ({ input, output, kernel, stride, padding }: ConvSize, visit: Visit): void => {
  for (let row = 0; row < output.rows; row++) {
    for (let column = 0; column < output.columns; column++) {
      for (let kernelRow = 0; kernelRow < kernel; kernelRow++) {
        for (let kernelColumn = 0; kernelColumn < kernel; kernelColumn++) {
          const inputRow = row * stride + kernelRow - padding
          const inputColumn = column * stride + kernelColumn - padding
          const inside = inputRow >= 0 && inputRow < input.rows && inputColumn >= 0 && inputColumn < input.columns
          const tap = kernelRow * kernel + kernelColumn
          for (let from = 0; inside && from < input.channels; from++) {
            for (let to = 0; to < output.channels; to++) {
              visit(
                indexAt(input, from, inputRow, inputColumn),
                (tap * input.channels + from) * output.channels + to,
                indexAt(output, to, row, column),
              )
            }
          }
        }
      }
    }
  }
}

/** Convolutions as the list of the joined values, each sum in double precision. */
export const conv: KernelSet['conv'] = {
  forward(size, spikes, weights, currents) {
    const [spikeValues, weightValues] = [valuesOf(spikes), valuesOf(weights)]
    const rows = size.steps * size.batch
    const sums = new Float64Array(rows * sizeOf(size.output))
    visitRows(size, (input, weight, output) => {
      sums[output] = at(sums, output) + at(spikeValues, input) * at(weightValues, weight)
    })
    valuesOf(currents).set(sums)
  },

  inputGradient(size, gradient, weights, inputGradient) {
    const [gradients, weightValues] = [valuesOf(gradient), valuesOf(weights)]
    const sums = new Float64Array(size.steps * size.batch * sizeOf(size.input))
    visitRows(size, (input, weight, output) => {
      sums[input] = at(sums, input) + at(gradients, output) * at(weightValues, weight)
    })
    valuesOf(inputGradient).set(sums)
  },

  weightGradient(size, spikes, gradient, weightGradient) {
    const [spikeValues, gradients] = [valuesOf(spikes), valuesOf(gradient)]
    const sums = new Float64Array(weightGradient.size)
    visitRows(size, (input, weight, output) => {
      sums[weight] = at(sums, weight) + at(spikeValues, input) * at(gradients, output)
    })
    valuesOf(weightGradient).set(sums)
  },
}
