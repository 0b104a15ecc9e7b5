import type * as Tensorflow from '@tensorflow/tfjs-core'
import type { Tensor, TensorContainer } from '@tensorflow/tfjs-core'
import { toDeviceError } from './deviceErrors.ts'

/** TensorFlow as @tensorflow/tfjs-core says it, whichever package brings it. */
export type TensorflowApi = typeof Tensorflow

/** TensorFlow, its errors told as ours. */
export class TensorComputation {
  readonly tf: TensorflowApi

  constructor(tf: TensorflowApi) {
    this.tf = tf
  }

  /**
   * What `operation` computes; tensors on the way are freed, those that it returns are not.
   * @throws {OutOfMemory | DeviceLost} in place of what TensorFlow says
   */
  compute<Result extends TensorContainer>(operation: (tf: TensorflowApi) => Result): Result {
    try {
      return this.tf.tidy(() => operation(this.tf))
    } catch (error) {
      throw toDeviceError(error)
    }
  }

  /** The numbers of a tensor, a copy. */
  numbers(tensorOf: (tf: TensorflowApi) => Tensor): Float32Array {
    let numbers = new Float32Array(0)
    this.compute((tf) => {
      numbers = Float32Array.from(tensorOf(tf).dataSync())
    })
    return numbers
  }
}
