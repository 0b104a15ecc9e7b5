import { indexAt, sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import type { KernelSet, PoolSize } from '../../../src-worker/engines/layered/kernelSet.ts'
import { at, valuesOf } from './referenceBlock.ts'

const visitWindows = (
  { steps, batch, input, output, kernel, stride }: PoolSize,
  visit: (input: number, output: number) => void,
): void => {
  const [inputSize, outputSize] = [sizeOf(input), sizeOf(output)]
  for (let sample = 0; sample < steps * batch; sample++) {
    for (let row = 0; row < output.rows; row++) {
      for (let column = 0; column < output.columns; column++) {
        for (let tap = 0; tap < kernel * kernel; tap++) {
          const inputRow = row * stride + Math.floor(tap / kernel)
          const inputColumn = column * stride + (tap % kernel)
          if (inputRow >= input.rows || inputColumn >= input.columns) continue
          for (let channel = 0; channel < output.channels; channel++) {
            visit(
              sample * inputSize + indexAt(input, channel, inputRow, inputColumn),
              sample * outputSize + indexAt(output, channel, row, column),
            )
          }
        }
      }
    }
  }
}

/** Sums over windows, in double precision. */
export const pool: KernelSet['pool'] = {
  forward(size, spikes, currents) {
    const spikeValues = valuesOf(spikes)
    const sums = new Float64Array(size.steps * size.batch * sizeOf(size.output))
    visitWindows(size, (input, output) => {
      sums[output] = at(sums, output) + at(spikeValues, input) * size.weight
    })
    valuesOf(currents).set(sums)
  },

  inputGradient(size, gradient, inputGradient) {
    const gradients = valuesOf(gradient)
    const sums = new Float64Array(size.steps * size.batch * sizeOf(size.input))
    visitWindows(size, (input, output) => {
      sums[input] = at(sums, input) + at(gradients, output) * size.weight
    })
    valuesOf(inputGradient).set(sums)
  },
}
