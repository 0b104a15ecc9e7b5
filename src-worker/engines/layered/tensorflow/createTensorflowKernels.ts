/**
 * The kernel set on TensorFlow, so on CUDA where the installed library has it. One product or convolution goes over all
 * steps and samples; neurons are scanned step by step forward, and in parallel over the steps backward.
 */
import type { KernelSet } from '../kernelSet.ts'
import { createConvKernels, createPoolKernels } from './convKernels.ts'
import { createDelayKernels } from './delayKernels.ts'
import { createDenseKernels } from './denseKernels.ts'
import { createOptimiserKernels, createSpikeKernels, createWeightKernels } from './elementKernels.ts'
import { eventTensor } from './eventTensor.ts'
import { createNeuronKernels } from './neuronKernels.ts'
import { TensorContext, tensorBlock, tensorOf } from './tensorContext.ts'
import type { TensorflowApi } from './tensorComputation.ts'

/**
 * @param tf TensorFlow with its backend set: of the installed binding (@tensorflow/tfjs-node), or any other of tfjs
 * @param device on what that computes, for people
 */
export const createTensorflowKernels = (tf: TensorflowApi, device: string): KernelSet => {
  const context = new TensorContext(tf)
  const { neurons, dispose } = createNeuronKernels(context)
  return {
    name: 'tensorflow',
    device,
    block: (shape) => context.block(shape),
    write(block, values) {
      if (values.length !== block.size) throw new RangeError(`The block has ${block.size} numbers.`)
      context.compute(() => {
        // a copy: backends keep the array that they are given
        tensorBlock(block).set(tf.tensor(values.slice(), [...block.shape], 'float32'))
      })
    },
    read: (block) => context.numbers(() => tensorOf(block)),
    fill(block, value) {
      context.compute(() => {
        tensorBlock(block).set(tf.fill([...block.shape], value, 'float32'))
      })
    },
    writeEvents(block, steps, samples, inputs, values) {
      context.compute(() => {
        tensorBlock(block).set(eventTensor(tf, block.shape, steps, samples, inputs, values))
      })
    },
    dispose() {
      dispose()
      context.dispose()
    },
    dense: createDenseKernels(context),
    conv: createConvKernels(context),
    pool: createPoolKernels(context),
    neurons,
    delay: createDelayKernels(context),
    weights: createWeightKernels(context),
    spikes: createSpikeKernels(context),
    optimiser: createOptimiserKernels(context),
  }
}
