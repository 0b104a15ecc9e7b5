import type { KernelSet } from '../../../src-worker/engines/layered/kernelSet.ts'
import { at, valuesOf } from './referenceBlock.ts'

/** Adam (Kingma & Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2). */
export const optimiser: KernelSet['optimiser'] = {
  adam(values, gradient, first, second, settings) {
    const { learningRate, beta1, beta2, epsilon, weightDecay, step, gradientScale, minimum, maximum } = settings
    const [parameters, gradients, firsts, seconds] = [
      valuesOf(values),
      valuesOf(gradient),
      valuesOf(first),
      valuesOf(second),
    ]
    for (const [index, before] of parameters.entries()) {
      const scaled = at(gradients, index) * gradientScale
      const firstMoment = beta1 * at(firsts, index) + (1 - beta1) * scaled
      const secondMoment = beta2 * at(seconds, index) + (1 - beta2) * scaled * scaled
      firsts[index] = firstMoment
      seconds[index] = secondMoment
      const direction = firstMoment / (1 - beta1 ** step) / (Math.sqrt(secondMoment / (1 - beta2 ** step)) + epsilon)
      const after = before * (1 - learningRate * weightDecay) - learningRate * direction
      parameters[index] = Math.min(Math.max(after, minimum), maximum)
    }
  },

  squaredNorm(block) {
    return valuesOf(block).reduce((sum, value) => sum + value * value, 0)
  },

  isFinite(block) {
    return valuesOf(block).every((value) => Number.isFinite(value))
  },
}
