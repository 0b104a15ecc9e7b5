import { OutOfMemory } from '../../../src-core/diehlCook/networkFailure.ts'
import type { Block } from '../../../src-worker/engines/layered/kernelSet.ts'

const allocate = (size: number): Float32Array => {
  try {
    return new Float32Array(size)
  } catch (error) {
    if (error instanceof RangeError) throw new OutOfMemory(`There is no memory for ${size} numbers.`)
    throw error
  }
}

/** A block in the memory of this process. */
class ReferenceBlock implements Block {
  readonly shape: readonly number[]
  readonly size: number
  readonly values: Float32Array

  constructor(shape: readonly number[]) {
    this.shape = [...shape]
    this.size = shape.reduce((product, length) => product * length, 1)
    this.values = allocate(this.size)
  }
}

export const createBlock = (shape: readonly number[]): Block => new ReferenceBlock(shape)

/** The numbers of a block. @throws {TypeError} when it is of another set */
export const valuesOf = (block: Block): Float32Array => {
  if (!(block instanceof ReferenceBlock)) throw new TypeError('This block is of another kernel set.')
  return block.values
}

/** The number at an index that exists. */
export const at = (values: Float32Array | Float64Array, index: number): number => values[index] as number
