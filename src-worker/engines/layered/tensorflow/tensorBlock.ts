import type { Tensor } from '@tensorflow/tfjs-core'
import type { Block } from '../kernelSet.ts'
import type { TensorComputation } from './tensorComputation.ts'

const sameShape = (left: readonly number[], right: readonly number[]): boolean =>
  left.length === right.length && left.every((length, index) => length === right[index])

/**
 * A block as one tensor that is replaced; while its steps are written one by one, as one tensor [batch][neurons] for each
 * step, so that a step costs no copy of the others.
 */
export class TensorBlock implements Block {
  readonly shape: readonly number[]
  readonly size: number
  readonly #computation: TensorComputation
  #held: { readonly whole: Tensor } | { readonly steps: Tensor[] } | null = null

  constructor(computation: TensorComputation, shape: readonly number[]) {
    this.#computation = computation
    this.shape = [...shape]
    this.size = shape.reduce((product, length) => product * length, 1)
    computation.compute((tf) => {
      // Filled on the device: tf.zeros is an array of the host, and a binding that has no memory to copy it into crashes.
      this.set(tf.fill([...shape], 0, 'float32'))
    })
  }

  /** The whole block. It stays the block's: not to be disposed of, nor to be given to another block. */
  tensor(): Tensor {
    const { tf } = this.#computation
    if (this.#held === null) throw new TypeError('This block has been given back.')
    if ('whole' in this.#held) return this.#held.whole
    const whole = tf.stack(this.#held.steps)
    this.set(whole)
    return whole
  }

  /** Steps `from` up to but not including `to`, [steps][batch][neurons]; to be used as `tensor()` is. */
  rows(from: number, to: number): Tensor {
    const { tf } = this.#computation
    if (this.#held === null || 'whole' in this.#held) {
      const whole = this.tensor()
      if (from === 0 && to === this.shape[0]) return whole
      return tf.slice(whole, [from, ...this.shape.slice(1).map(() => 0)], [to - from, ...this.shape.slice(1)])
    }
    if (from === 0 && to === this.shape[0]) return this.tensor()
    return tf.stack(this.#held.steps.slice(from, to))
  }

  /** Replaces the whole block by a tensor that nothing else holds, of as many numbers. */
  set(tensor: Tensor): void {
    const { tf } = this.#computation
    const shaped = tf.keep(sameShape(tensor.shape, this.shape) ? tensor : tf.reshape(tensor, [...this.shape]))
    this.release()
    this.#held = { whole: shaped }
  }

  /** Replaces the steps from `from` on by a tensor of rows that nothing else holds. */
  setRows(from: number, rows: Tensor): void {
    const { tf } = this.#computation
    const [steps = 1, ...row] = this.shape
    const count = rows.size / (this.size / steps)
    if (count === steps) {
      this.set(rows)
      return
    }
    const held = this.#heldSteps()
    const pieces = tf.unstack(tf.reshape(rows, [count, ...row]))
    for (const [index, piece] of pieces.entries()) {
      held[from + index]?.dispose()
      held[from + index] = tf.keep(piece)
    }
  }

  release(): void {
    if (this.#held === null) return
    if ('whole' in this.#held) this.#held.whole.dispose()
    else for (const step of this.#held.steps) step.dispose()
    this.#held = null
  }

  #heldSteps(): Tensor[] {
    const { tf } = this.#computation
    if (this.#held !== null && 'steps' in this.#held) return this.#held.steps
    const steps = tf.unstack(this.tensor()).map((step) => tf.keep(step))
    this.release()
    this.#held = { steps }
    return steps
  }
}
