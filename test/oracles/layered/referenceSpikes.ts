import type { KernelSet } from '../../../src-worker/engines/layered/kernelSet.ts'
import { at, valuesOf } from './referenceBlock.ts'

/** Counts and rates, summed in double precision. */
export const spikes: KernelSet['spikes'] = {
  rates({ steps, batch, neurons }, spikeBlock, rates) {
    const values = valuesOf(spikeBlock)
    const width = batch * neurons
    const sums = new Float64Array(width)
    for (let place = 0; place < steps * width; place++) {
      sums[place % width] = at(sums, place % width) + at(values, place)
    }
    valuesOf(rates).set(sums.map((sum) => sum / steps))
  },

  rateGradient({ steps, batch, neurons }, rateGradient, gradient) {
    const [rateGradients, gradients] = [valuesOf(rateGradient), valuesOf(gradient)]
    const width = batch * neurons
    for (let place = 0; place < steps * width; place++) gradients[place] = at(rateGradients, place % width) / steps
  },

  mask({ batch, neurons }, { from, to }, spikeBlock, mask) {
    const [values, factors] = [valuesOf(spikeBlock), valuesOf(mask)]
    const width = batch * neurons
    for (let place = from * width; place < to * width; place++) {
      values[place] = at(values, place) * at(factors, place % width)
    }
  },

  addConstant(gradient, value) {
    const gradients = valuesOf(gradient)
    for (const [index, before] of gradients.entries()) gradients[index] = before + value
  },

  perSample({ steps, batch, neurons }, spikeBlock) {
    const values = valuesOf(spikeBlock)
    const sums = new Float64Array(batch)
    for (let place = 0; place < steps * batch * neurons; place++) {
      const sample = Math.floor(place / neurons) % batch
      sums[sample] = at(sums, sample) + at(values, place)
    }
    return Float32Array.from(sums)
  },

  perNeuron({ steps, batch, neurons }, spikeBlock) {
    const values = valuesOf(spikeBlock)
    const sums = new Float64Array(neurons)
    for (let place = 0; place < steps * batch * neurons; place++) {
      sums[place % neurons] = at(sums, place % neurons) + at(values, place)
    }
    return Float32Array.from(sums)
  },
}
