import type { DenseSize, KernelSet } from '../../../src-worker/engines/layered/kernelSet.ts'
import { at, valuesOf } from './referenceBlock.ts'

const productOverRows = (
  { steps, batch, inputs, neurons }: DenseSize,
  spikes: Float32Array,
  gradients: Float32Array,
  shift: number,
): Float64Array => {
  const sums = new Float64Array(inputs * neurons)
  for (let row = shift * batch; row < steps * batch; row++) {
    for (let input = 0; input < inputs; input++) {
      const spike = at(spikes, (row - shift * batch) * inputs + input)
      for (let neuron = 0; spike !== 0 && neuron < neurons; neuron++) {
        const index = input * neurons + neuron
        sums[index] = at(sums, index) + spike * at(gradients, row * neurons + neuron)
      }
    }
  }
  return sums
}

/** Products of rows of activity with a matrix, each sum in double precision. */
export const dense: KernelSet['dense'] = {
  forward({ steps, batch, inputs, neurons }, range, spikes, weights, currents, add, shift) {
    const [spikeValues, weightValues, currentValues] = [valuesOf(spikes), valuesOf(weights), valuesOf(currents)]
    for (let row = range.from * batch; row < range.to * batch; row++) {
      const source = row - shift * batch
      const exists = source >= 0 && source < steps * batch
      for (let neuron = 0; neuron < neurons; neuron++) {
        const target = row * neurons + neuron
        let sum = add ? at(currentValues, target) : 0
        for (let input = 0; exists && input < inputs; input++) {
          sum += at(spikeValues, source * inputs + input) * at(weightValues, input * neurons + neuron)
        }
        currentValues[target] = sum
      }
    }
  },

  inputGradient({ steps, batch, inputs, neurons }, range, gradient, weights, inputGradient, add, shift) {
    const [gradients, weightValues, inputGradients] = [valuesOf(gradient), valuesOf(weights), valuesOf(inputGradient)]
    for (let row = range.from * batch; row < range.to * batch; row++) {
      const source = row + shift * batch
      const exists = source < steps * batch
      for (let input = 0; input < inputs; input++) {
        const target = row * inputs + input
        let sum = add ? at(inputGradients, target) : 0
        for (let neuron = 0; exists && neuron < neurons; neuron++) {
          sum += at(gradients, source * neurons + neuron) * at(weightValues, input * neurons + neuron)
        }
        inputGradients[target] = sum
      }
    }
  },

  weightGradient(size, spikes, gradient, weightGradient, shift) {
    const [spikeValues, gradients] = [valuesOf(spikes), valuesOf(gradient)]
    valuesOf(weightGradient).set(productOverRows(size, spikeValues, gradients, shift))
  },
}
