/**
 * The kernel set on TensorFlow, so on CUDA where the installed library has it. One product or convolution goes over all
 * steps and samples; neurons are scanned step by step forward, and in parallel over the steps backward.
 */
import type { Tensor } from '@tensorflow/tfjs-core'
import type { KernelSet } from '../kernelSet.ts'
import { createConvKernels, createPoolKernels } from './convKernels.ts'
import { createDelayKernels } from './delayKernels.ts'
import { createDenseKernels } from './denseKernels.ts'
import { createOptimiserKernels, createSpikeKernels, createWeightKernels } from './elementKernels.ts'
import { createNeuronKernels } from './neuronKernels.ts'
import type { TensorflowApi } from './tensorComputation.ts'
import { TensorContext, tensorBlock, tensorOf } from './tensorContext.ts'

/** A block [steps][batch][inputs] of zeros but for its events; only the events travel to the device. */
const eventTensor = (
  tf: TensorflowApi,
  shape: readonly number[],
  steps: Uint16Array,
  samples: Uint16Array,
  inputs: Uint32Array,
  values: Float32Array | null,
): Tensor => {
  const [, batch = 1, width = 1] = shape
  const size = shape.reduce((product, length) => product * length, 1)
  const [places, numbers] = [new Int32Array(steps.length), new Float32Array(steps.length)]
  // The last of equal ones counts: from the end on, each place is taken once.
  const taken = new Uint8Array((size >>> 3) + 1)
  let count = 0
  for (let index = steps.length - 1; index >= 0; index--) {
    const place = ((steps[index] ?? 0) * batch + (samples[index] ?? 0)) * width + (inputs[index] ?? 0)
    const [byte, bit] = [place >>> 3, 1 << (place & 7)]
    if (((taken[byte] ?? 0) & bit) !== 0) continue
    taken[byte] = (taken[byte] ?? 0) | bit
    places[count] = place
    numbers[count] = values === null ? 1 : (values[index] ?? 0)
    count++
  }
  if (count === 0) return tf.zeros([size])
  const indices = tf.tensor2d(places.slice(0, count), [count, 1], 'int32')
  return tf.scatterND(indices, tf.tensor1d(numbers.slice(0, count)), [size])
}

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
