import { sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import type { LayerPlan } from '../../../src-core/layered/networkPlan.ts'
import type { Block, KernelSet } from './kernelSet.ts'

/** The linear map from the activity before a layer to its currents, without its own spikes. */
export interface Synapse {
  forward(input: Block, weights: Block | null, currents: Block): void
  inputGradient(gradient: Block, weights: Block | null, inputGradient: Block): void
  weightGradient(input: Block, gradient: Block, weightGradient: Block): void
}

/** The weights' shape, output channels last, and how many inputs a neuron has; null: nothing is learned. */
export const weightShape = ({ synapse, input, output }: LayerPlan): { shape: number[]; fanIn: number } | null => {
  switch (synapse.type) {
    case 'dense':
    case 'recurrent':
      return { shape: [sizeOf(input), sizeOf(output)], fanIn: sizeOf(input) }
    case 'conv': {
      const { kernel } = synapse
      return {
        shape: [kernel, kernel, input.channels, output.channels],
        fanIn: kernel * kernel * input.channels,
      }
    }
    case 'pool':
      return null
  }
}

export const createSynapse = (kernels: KernelSet, plan: LayerPlan, steps: number, batch: number): Synapse => {
  const { synapse, input, output } = plan
  switch (synapse.type) {
    case 'dense':
    case 'recurrent':
      return createDense(kernels, { steps, batch, inputs: sizeOf(input), neurons: sizeOf(output) })
    case 'conv': {
      const size = { steps, batch, input, output, ...synapse }
      return {
        forward(spikes, weights, currents) {
          kernels.conv.forward(size, spikes, learnedOf(weights), currents)
        },
        inputGradient(gradient, weights, inputGradient) {
          kernels.conv.inputGradient(size, gradient, learnedOf(weights), inputGradient)
        },
        weightGradient(spikes, gradient, weightGradient) {
          kernels.conv.weightGradient(size, spikes, gradient, weightGradient)
        },
      }
    }
    case 'pool': {
      const size = { steps, batch, input, output, ...synapse }
      return {
        forward(spikes, _, currents) {
          kernels.pool.forward(size, spikes, currents)
        },
        inputGradient(gradient, _, inputGradient) {
          kernels.pool.inputGradient(size, gradient, inputGradient)
        },
        weightGradient() {
          throw new TypeError('The weight of a pool is not learned.')
        },
      }
    }
  }
}

const createDense = (kernels: KernelSet, size: Parameters<KernelSet['dense']['forward']>[0]): Synapse => {
  const all = { from: 0, to: size.steps }
  return {
    forward(spikes, weights, currents) {
      kernels.dense.forward(size, all, spikes, learnedOf(weights), currents, false, 0)
    },
    inputGradient(gradient, weights, inputGradient) {
      kernels.dense.inputGradient(size, all, gradient, learnedOf(weights), inputGradient, false, 0)
    },
    weightGradient(spikes, gradient, weightGradient) {
      kernels.dense.weightGradient(size, spikes, gradient, weightGradient, 0)
    },
  }
}

const learnedOf = (weights: Block | null): Block => {
  if (weights === null) throw new TypeError('This layer has weights.')
  return weights
}
