import { OutOfMemory } from '../../../../src-core/diehlCook/networkFailure.ts'
import type { LayeredKernel } from './layeredKernel.ts'

const pageBytes = 65536
/** Kernels may read so far beyond the end of what they are given. */
const slackBytes = 256

const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64

/**
 * Hands out the memory of a kernel: pieces that stay, and one scratch that the next call overwrites. Memory grows by what
 * is asked for, up to 4 GiB, and goes back with the instance. Pointers are unsigned; the kernel's are converted back
 * with `>>> 0`.
 */
export class KernelMemory {
  readonly #memory: WebAssembly.Memory
  #end: number
  #scratch = { pointer: 0, bytes: 0 }
  /** What a scratch that was too small left behind. */
  readonly #left: { pointer: number; bytes: number }[] = []

  constructor(kernel: LayeredKernel) {
    this.#memory = kernel.memory
    this.#end = aligned(kernel.heapStart.value >>> 0)
  }

  /** Bytes of the kernel's memory. */
  get bytes(): number {
    return this.#memory.buffer.byteLength
  }

  /** `bytes` of zeros at a multiple of 64. @throws {OutOfMemory} */
  allocate(bytes: number): number {
    const wanted = aligned(bytes + slackBytes)
    const index = this.#left.findIndex((piece) => piece.bytes >= wanted)
    const [reused] = index < 0 ? [] : this.#left.splice(index, 1)
    if (reused !== undefined) {
      new Uint8Array(this.#memory.buffer, reused.pointer, reused.bytes).fill(0)
      return reused.pointer
    }
    const pointer = this.#end
    this.#grow(pointer + wanted)
    this.#end = pointer + wanted
    return pointer
  }

  /** At least `bytes`, of no known content, until the next call. @throws {OutOfMemory} */
  scratch(bytes: number): number {
    if (bytes > this.#scratch.bytes) {
      if (this.#scratch.bytes > 0)
        this.#left.push({ ...this.#scratch, bytes: aligned(this.#scratch.bytes + slackBytes) })
      this.#scratch = { pointer: this.allocate(bytes), bytes }
    }
    return this.#scratch.pointer
  }

  /** The numbers at a pointer, until the memory grows. */
  numbers(pointer: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, pointer, count)
  }

  #grow(end: number): void {
    const missing = Math.ceil((end - this.bytes) / pageBytes)
    if (missing <= 0) return
    try {
      this.#memory.grow(missing)
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause
      const mebibytes = Math.ceil(end / 2 ** 20)
      throw new OutOfMemory(
        `a layered network of this size needs ${mebibytes} MiB or more, which one engine cannot have (at most 4096 MiB, and what this machine has left): use smaller batches, fewer steps or smaller layers`,
        { cause },
      )
    }
  }
}
