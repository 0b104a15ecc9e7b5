/**
 * Fixed point in single precision, exact where it can be recorded: states are multiples of 1/4096 below 4096, so whole
 * numbers below 2^24 of their unit, which single precision holds. Products of a state and a share (13 bits) have up to
 * 37 bits: a state is split into its whole part and its fraction, and each product has at most 24.
 */
import type { Tensor } from '@tensorflow/tfjs-core'
import { DECAY_SCALE, STATE_SCALE } from '../../../../src-core/layered/fixedPoint.ts'
import type { TensorflowApi } from './tensorComputation.ts'

/** What is kept of a state in a step, a share of 1, in the two forms that `leakTensor` needs. */
export interface Kept {
  readonly share: Tensor
  /** Times 4096: a whole number in fixed point. */
  readonly scaled: Tensor
}

/** @param scaledDecays decays times 4096 as they are learned. */
export const keptOf = (tf: TensorflowApi, scaledDecays: Tensor, quantised: boolean): Kept => {
  const clipped = tf.clipByValue(scaledDecays, 0, DECAY_SCALE)
  const scaled = tf.sub(DECAY_SCALE, quantised ? tf.round(clipped) : clipped)
  return { share: tf.div(scaled, DECAY_SCALE), scaled }
}

/** `leak` of fixedPoint.ts, in natural units: state * share cut towards 0 to a multiple of 1/4096. */
export const leakTensor = (tf: TensorflowApi, state: Tensor, { share, scaled }: Kept): Tensor => {
  const size = tf.abs(state)
  const whole = tf.floor(size)
  const fraction = tf.floor(tf.mul(tf.sub(size, whole), scaled))
  const left = tf.add(tf.mul(whole, share), tf.mul(fraction, 1 / STATE_SCALE))
  return tf.mul(tf.sign(state), left)
}

/** `toState` of fixedPoint.ts, in natural units: cut towards 0 to a multiple of 1/4096, never -0. */
export const toStateTensor = (tf: TensorflowApi, values: Tensor): Tensor => {
  const size = tf.mul(tf.floor(tf.mul(tf.abs(values), STATE_SCALE)), 1 / STATE_SCALE)
  return tf.add(tf.mul(tf.sign(values), size), 0)
}
