import type { Tensor } from '@tensorflow/tfjs-core'
import type { KernelSet } from '../kernelSet.ts'
import { tensorBlock, type TensorContext, tensorOf } from './tensorContext.ts'

/** One product over all steps and samples of a range. */
export const createDenseKernels = (context: TensorContext): KernelSet['dense'] => ({
  forward({ batch, inputs, neurons }, { from, to }, spikes, weights, currents, add, shift) {
    context.compute((tf) => {
      const first = Math.min(Math.max(from, shift), to)
      const parts: Tensor[] = []
      if (first > from) parts.push(tf.zeros([(first - from) * batch, neurons]))
      if (to > first) {
        const rows = tensorBlock(spikes).rows(first - shift, to - shift)
        parts.push(tf.matMul(tf.reshape(rows, [-1, inputs]), tf.reshape(tensorOf(weights), [inputs, neurons])))
      }
      replace(context, currents, from, to, parts, add)
    })
  },

  inputGradient({ steps, batch, inputs, neurons }, { from, to }, gradient, weights, inputGradient, add, shift) {
    context.compute((tf) => {
      const last = Math.max(Math.min(to, steps - shift), from)
      const parts: Tensor[] = []
      if (last > from) {
        const rows = tensorBlock(gradient).rows(from + shift, last + shift)
        const matrix = tf.reshape(tensorOf(weights), [inputs, neurons])
        parts.push(tf.matMul(tf.reshape(rows, [-1, neurons]), matrix, false, true))
      }
      if (to > last) parts.push(tf.zeros([(to - last) * batch, inputs]))
      replace(context, inputGradient, from, to, parts, add)
    })
  },

  weightGradient({ steps, inputs, neurons }, spikes, gradient, weightGradient, shift) {
    context.compute((tf) => {
      if (shift >= steps) {
        tensorBlock(weightGradient).set(tf.zeros([inputs, neurons]))
        return
      }
      const rows = tensorBlock(spikes).rows(0, steps - shift)
      const gradients = tensorBlock(gradient).rows(shift, steps)
      tensorBlock(weightGradient).set(
        tf.matMul(tf.reshape(rows, [-1, inputs]), tf.reshape(gradients, [-1, neurons]), true, false),
      )
    })
  },
})

/** Writes, or adds (`add`), parts that follow one another to the steps of a range. */
const replace = (
  { tf }: TensorContext,
  block: Parameters<typeof tensorBlock>[0],
  from: number,
  to: number,
  parts: readonly Tensor[],
  add: boolean,
): void => {
  const [only] = parts
  if (only === undefined) return
  const target = tensorBlock(block)
  const rows = parts.length === 1 ? only : tf.concat([...parts], 0)
  target.setRows(from, add ? tf.add(tf.reshape(target.rows(from, to), rows.shape), rows) : rows)
}
