import type { Tensor } from '@tensorflow/tfjs-core'
import type { ActivitySize, Block, KernelSet } from '../kernelSet.ts'
import { tensorBlock, type TensorContext, tensorOf } from './tensorContext.ts'
import type { TensorflowApi } from './tensorComputation.ts'

export const createDelayKernels = (context: TensorContext): KernelSet['delay'] => ({
  forward(size, spikes, delays, delayed) {
    context.compute((tf) => {
      tensorBlock(delayed).set(shifted(tf, size, tensorOf(spikes), delays, -1))
    })
  },

  backward(size, gradient, delays, delayed, spikeGradient, delayGradient) {
    context.compute((tf) => {
      const gradients = tensorOf(gradient)
      tensorBlock(spikeGradient).set(shifted(tf, size, gradients, delays, 1))
      if (delayGradient === null) return
      const values = tensorOf(delayed)
      const slopes = tf.sub(values, shifted(tf, size, values, null, -1))
      const sums = tf.sum(tf.reshape(tf.mul(gradients, slopes), [-1, size.channels]), 0)
      tensorBlock(delayGradient).set(tf.neg(sums))
    })
  },
})

/** Each channel moved by 1 + floor(its delay) steps, later (`direction` -1) or earlier (1); 0 comes in. A new tensor. */
const shifted = (
  tf: TensorflowApi,
  { steps, batch, neurons, channels }: ActivitySize,
  values: Tensor,
  delays: Block | null,
  direction: -1 | 1,
): Tensor => {
  if (delays === null) {
    const kept = tf.slice(values, [direction === 1 ? 1 : 0, 0, 0], [steps - 1, batch, neurons])
    return tf.pad(kept, [direction === 1 ? [0, 1] : [1, 0], [0, 0], [0, 0]])
  }
  const rows = tf.reshape(tf.transpose(tf.reshape(values, [steps, -1, channels]), [2, 0, 1]), [channels * steps, -1])
  const indices = sourceRows(tensorOf(delays).dataSync(), steps, direction)
  const moved = tf.gather(
    tf.pad(rows, [
      [1, 0],
      [0, 0],
    ]),
    tf.tensor1d(indices, 'int32'),
  )
  return tf.transpose(tf.reshape(moved, [channels, steps, -1]), [1, 2, 0])
}

/** Where each row [channel][step] comes from, in rows with one of zeros before them. */
const sourceRows = (delays: ArrayLike<number>, steps: number, direction: -1 | 1): Int32Array => {
  const indices = new Int32Array(delays.length * steps)
  for (let channel = 0; channel < delays.length; channel++) {
    const shift = direction * (1 + Math.floor(delays[channel] ?? 0))
    for (let step = 0; step < steps; step++) {
      const from = step + shift
      indices[channel * steps + step] = from >= 0 && from < steps ? 1 + channel * steps + from : 0
    }
  }
  return indices
}
