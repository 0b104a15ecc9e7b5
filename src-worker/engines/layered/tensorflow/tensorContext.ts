import type { Tensor } from '@tensorflow/tfjs-core'
import type { Block } from '../kernelSet.ts'
import { TensorBlock } from './tensorBlock.ts'
import { TensorComputation } from './tensorComputation.ts'

/** TensorFlow, with what a kernel set made in it. */
export class TensorContext extends TensorComputation {
  readonly #blocks = new Set<TensorBlock>()

  block(shape: readonly number[]): TensorBlock {
    const block = new TensorBlock(this, shape)
    this.#blocks.add(block)
    return block
  }

  dispose(): void {
    for (const block of this.#blocks) block.release()
    this.#blocks.clear()
  }
}

/** @throws {TypeError} when the block is of another set */
export const tensorBlock = (block: Block): TensorBlock => {
  if (!(block instanceof TensorBlock)) throw new TypeError('This block is of another kernel set.')
  return block
}

/** The tensor of a block of this set, still the block's. */
export const tensorOf = (block: Block): Tensor => tensorBlock(block).tensor()
