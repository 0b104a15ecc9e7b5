import type { NumericKernel } from './numericKernel.ts'

/** A place of the kernel's memory, in bytes. */
export type Pointer = number

/** Bytes of a number. */
const size = 8

/** Memory of the kernel that is given back together. */
export class Arena {
  readonly kernel: NumericKernel
  #pointers: Pointer[] = []

  constructor(kernel: NumericKernel) {
    this.kernel = kernel
  }

  /** Room for `count` numbers, which are zero. @throws {Error} when the memory is used up */
  allocate(count: number): Pointer {
    // Unsigned: beyond 2 GiB the kernel's pointers look negative from here.
    const pointer = this.kernel.allocate(Math.max(1, count) * size) >>> 0
    this.#pointers.push(pointer)
    this.view(pointer, count).fill(0)
    return pointer
  }

  /** Room that holds these numbers. */
  place(numbers: ArrayLike<number>): Pointer {
    const pointer = this.allocate(numbers.length)
    this.view(pointer, numbers.length).set(numbers)
    return pointer
  }

  /** The numbers at `pointer`, until the next allocation. */
  view(pointer: Pointer, count: number): Float64Array {
    return new Float64Array(this.kernel.memory.buffer, pointer, count)
  }

  /** A copy of the numbers at `pointer`. */
  copy(pointer: Pointer, count: number): Float64Array {
    return this.view(pointer, count).slice()
  }

  dispose(): void {
    for (const pointer of this.#pointers) this.kernel.release(pointer)
    this.#pointers = []
  }
}

/** `count` rounded up to a multiple of eight, as many as the kernel handles at once. */
export const roundedUp = (count: number): number => Math.ceil(count / 8) * 8

/**
 * Numbers from one row of a matrix to the next: a multiple of eight that is no multiple of a page, or the rows of a
 * column would share one line of the cache.
 */
export const rowLength = (columns: number): number => {
  const rounded = Math.max(8, roundedUp(columns))
  return rounded % 64 === 0 ? rounded + 8 : rounded
}
