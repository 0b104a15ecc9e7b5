import type * as Tensorflow from '@tensorflow/tfjs-core'
import type { Tensor, TensorContainer } from '@tensorflow/tfjs-core'
import type { Block } from '../kernelSet.ts'
import { toDeviceError } from './deviceErrors.ts'
import { TensorBlock } from './tensorBlock.ts'

/** TensorFlow as @tensorflow/tfjs-core says it, whichever package brings it. */
export type TensorflowApi = typeof Tensorflow

/** TensorFlow, with what a kernel set made in it. */
export class TensorContext {
  readonly tf: TensorflowApi
  private readonly blocks = new Set<TensorBlock>()

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

  block(shape: readonly number[]): TensorBlock {
    const block = new TensorBlock(this, shape)
    this.blocks.add(block)
    return block
  }

  dispose(): void {
    for (const block of this.blocks) block.release()
    this.blocks.clear()
  }
}

/** @throws {TypeError} when the block is of another set */
export function tensorBlock(block: Block): TensorBlock {
  if (!(block instanceof TensorBlock)) throw new TypeError('This block is of another kernel set.')
  return block
}

/** The tensor of a block of this set, still the block's. */
export const tensorOf = (block: Block): Tensor => tensorBlock(block).tensor()
