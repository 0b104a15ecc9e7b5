import type { ActivitySize, Block, KernelSet } from '../kernelSet.ts'
import type { KernelMemory } from './kernelMemory.ts'
import type { LayeredKernel } from './layeredKernel.ts'
import { pointerOf, written } from './wasmBlock.ts'

const widthOf = ({ batch, neurons }: ActivitySize): number => batch * neurons

/** Shifts in time. */
export const createDelayKernels = (kernel: LayeredKernel, memory: KernelMemory): KernelSet['delay'] => {
  const optional = (block: Block | null): number => (block === null ? 0 : pointerOf(memory, block))
  return {
    forward(size, spikes, delays, delayed) {
      const scratch = memory.scratch(size.channels * 4)
      kernel.delayForward(
        size.steps,
        widthOf(size),
        size.channels,
        pointerOf(memory, spikes),
        optional(delays),
        written(memory, delayed),
        scratch,
      )
    },
    backward(size, gradient, delays, delayed, spikeGradient, delayGradient) {
      const scratch = memory.scratch(size.channels * 12 + 8)
      kernel.delayBackward(
        size.steps,
        widthOf(size),
        size.channels,
        pointerOf(memory, gradient),
        optional(delays),
        pointerOf(memory, delayed),
        written(memory, spikeGradient),
        delayGradient === null ? 0 : written(memory, delayGradient),
        scratch,
      )
    },
  }
}

/** What stands between learned weights and those that act. */
export const createWeightKernels = (kernel: LayeredKernel, memory: KernelMemory): KernelSet['weights'] => ({
  quantise(weights, quantised) {
    kernel.quantise(pointerOf(memory, weights), weights.size, written(memory, quantised))
  },
  normalise(directions, lengths, normalised) {
    const channels = lengths.size
    kernel.normalise(
      pointerOf(memory, directions),
      pointerOf(memory, lengths),
      directions.size / channels,
      channels,
      written(memory, normalised),
      memory.scratch(channels * 8),
    )
  },
  normaliseGradient(directions, lengths, gradient, directionGradient, lengthGradient) {
    const channels = lengths.size
    kernel.normaliseGradient(
      pointerOf(memory, directions),
      pointerOf(memory, lengths),
      pointerOf(memory, gradient),
      directions.size / channels,
      channels,
      written(memory, directionGradient),
      written(memory, lengthGradient),
      memory.scratch(channels * 16),
    )
  },
})

/** Sums of spikes. */
export const createSpikeKernels = (kernel: LayeredKernel, memory: KernelMemory): KernelSet['spikes'] => ({
  rates(size, spikes, rates) {
    kernel.meanOverSteps(pointerOf(memory, spikes), size.steps, widthOf(size), 1 / size.steps, written(memory, rates))
  },
  rateGradient(size, rateGradient, gradient) {
    const from = pointerOf(memory, rateGradient)
    kernel.repeatOverSteps(from, size.steps, widthOf(size), 1 / size.steps, written(memory, gradient))
  },
  mask(size, { from, to }, spikes, mask) {
    kernel.maskSteps(written(memory, spikes), from, to, widthOf(size), pointerOf(memory, mask))
  },
  addConstant(gradient, value) {
    kernel.addConstant(written(memory, gradient), gradient.size, value)
  },
  perSample(size, spikes) {
    const scratch = memory.scratch(size.batch * 4)
    kernel.sumSamples(pointerOf(memory, spikes), size.steps, size.batch, size.neurons, scratch)
    return memory.numbers(scratch, size.batch).slice()
  },
  perNeuron(size, spikes) {
    const scratch = memory.scratch(size.neurons * 4)
    kernel.meanOverSteps(pointerOf(memory, spikes), size.steps * size.batch, size.neurons, 1, scratch)
    return memory.numbers(scratch, size.neurons).slice()
  },
})

export const createOptimiserKernels = (kernel: LayeredKernel, memory: KernelMemory): KernelSet['optimiser'] => ({
  adam(values, gradient, first, second, settings) {
    const { learningRate, beta1, beta2, epsilon, weightDecay, step, gradientScale, minimum, maximum } = settings
    kernel.adam(
      written(memory, values),
      pointerOf(memory, gradient),
      written(memory, first),
      written(memory, second),
      values.size,
      learningRate / (1 - beta1 ** step),
      1 / Math.sqrt(1 - beta2 ** step),
      1 - learningRate * weightDecay,
      1 - beta1,
      beta2,
      1 - beta2,
      epsilon,
      gradientScale,
      minimum,
      maximum,
    )
  },
  squaredNorm: (block) => kernel.squaredNorm(pointerOf(memory, block), block.size),
  isFinite: (block) => kernel.allFinite(pointerOf(memory, block), block.size) !== 0,
})
