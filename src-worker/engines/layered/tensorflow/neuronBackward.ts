import type { Tensor } from '@tensorflow/tfjs-core'
import type { NeuronPlan } from '../../../../src-core/layered/networkPlan.ts'
import { surrogateWidth } from '../../../../src-core/layered/neuronConstants.ts'
import type { TensorflowApi } from './tensorComputation.ts'

/** The derivative that stands in for that of a spike, of a whole block: `surrogates` of surrogates.ts. */
export const surrogateDerivative = (tf: TensorflowApi, neuron: NeuronPlan, margin: Tensor): Tensor => {
  const { tau, scale } = surrogateWidth(neuron)
  const distance = tf.mul(tf.abs(margin), 1 / tau)
  const height = scale / (2 * tau)
  switch (neuron.surrogate) {
    case 'exponential':
      return tf.mul(tf.exp(tf.neg(distance)), height)
    case 'fast-sigmoid':
      return tf.div(height, tf.square(tf.add(distance, 1)))
    case 'arctan':
      return tf.div(height, tf.add(tf.square(tf.mul(distance, Math.PI / 2)), 1))
    case 'superspike':
      return tf.div(scale, tf.square(tf.add(distance, 1)))
    case 'triangle':
      return tf.mul(tf.relu(tf.sub(1, tf.mul(distance, 0.5))), height)
  }
}

/**
 * y[t] = keep y[t + 1] + x[t], from the last step to the first, in as many passes over the whole as the number of steps
 * has bits: after the pass of width w, y[t] holds the sum of keep^k x[t + k] over k < 2 w (Hillis & Steele 1986).
 * @param values [steps][rows][channels]
 * @param keep [channels], or one
 * @param after y of the step after the last, [rows][channels]; null: 0
 */
export const scanBack = (tf: TensorflowApi, values: Tensor, keep: Tensor, after: Tensor | null): Tensor => {
  const [steps = 1, ...row] = values.shape
  let sums = after === null ? values : addToLast(tf, values, tf.mul(keep, after))
  let power = keep
  for (let width = 1; width < steps; width *= 2) {
    const [before, factor] = [sums, power]
    sums = tf.tidy(() => {
      const later = tf.mul(tf.slice(before, [width, 0, 0], [steps - width, ...row]), factor)
      return tf.add(before, tf.pad(later, [[0, width], ...row.map((): [number, number] => [0, 0])]))
    })
    if (before !== values) before.dispose()
    power = tf.square(power)
  }
  return sums
}

const addToLast = (tf: TensorflowApi, values: Tensor, amount: Tensor): Tensor => {
  const [steps = 1, ...row] = values.shape
  const last = tf.reshape(amount, [1, ...row])
  return tf.add(values, tf.pad(last, [[steps - 1, 0], ...row.map((): [number, number] => [0, 0])]))
}
