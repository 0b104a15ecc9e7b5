import type { Block } from '../kernelSet.ts'
import { EventLists } from './eventLists.ts'
import type { KernelMemory } from './kernelMemory.ts'

/** A block in the memory of a kernel, with the lists of its entries that are not 0 when they were asked for. */
export class WasmBlock implements Block {
  readonly shape: readonly number[]
  readonly size: number
  readonly pointer: number
  readonly events = new EventLists()
  readonly #owner: KernelMemory

  constructor(memory: KernelMemory, shape: readonly number[]) {
    this.shape = [...shape]
    this.size = shape.reduce((product, length) => product * length, 1)
    this.pointer = memory.allocate(this.size * 4)
    this.#owner = memory
  }

  isOf(memory: KernelMemory): boolean {
    return this.#owner === memory
  }
}

/** The block as one of this memory. @throws {TypeError} when it is of another set */
export const blockOf = (memory: KernelMemory, block: Block): WasmBlock => {
  if (!(block instanceof WasmBlock) || !block.isOf(memory)) throw new TypeError('This block is of another kernel set.')
  return block
}

/** Where a block is that a kernel reads. */
export const pointerOf = (memory: KernelMemory, block: Block): number => blockOf(memory, block).pointer

/** Where a block is that a kernel writes: what was listed of it is no longer true. */
export const written = (memory: KernelMemory, block: Block): number => {
  const found = blockOf(memory, block)
  found.events.forget()
  return found.pointer
}
