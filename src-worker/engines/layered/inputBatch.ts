import type { NetworkPlan } from '../../../src-core/layered/networkPlan.ts'
import { type InputEvents, sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import type { Block, KernelSet } from './kernelSet.ts'

/** The inputs of a batch in a block, and how often each input was not 0. */
export class InputBatch {
  readonly block: Block
  /** Inputs that were not 0 of each sample, [batch], whatever their value. */
  readonly perSample: Float32Array
  /** How often each input was not 0, [inputs]. */
  readonly perInput: Float32Array
  readonly #kernels: KernelSet
  readonly #plan: NetworkPlan
  #capacity = 0
  #steps = new Uint16Array(0)
  #samples = new Uint16Array(0)
  #inputs = new Uint32Array(0)
  #values = new Float32Array(0)

  constructor(kernels: KernelSet, plan: NetworkPlan, batchSize: number) {
    this.#kernels = kernels
    this.#plan = plan
    this.block = kernels.block([plan.steps, batchSize, sizeOf(plan.input)])
    this.perSample = new Float32Array(batchSize)
    this.perInput = new Float32Array(sizeOf(plan.input))
  }

  /** @throws {RangeError} when an event is outside the network's steps or inputs */
  write(batch: readonly InputEvents[]): void {
    const total = batch.reduce((sum, { steps }) => sum + steps.length, 0)
    this.#reserve(total)
    this.perSample.fill(0)
    this.perInput.fill(0)
    let place = 0
    let binary = true
    for (const [sample, events] of batch.entries()) {
      this.#check(events)
      const { steps, inputs, values } = events
      this.#steps.set(steps, place)
      this.#inputs.set(inputs, place)
      this.#samples.fill(sample, place, place + steps.length)
      if (values === null) this.#values.fill(1, place, place + steps.length)
      else this.#values.set(values, place)
      binary &&= values === null
      for (const input of inputs) this.perInput[input] = (this.perInput[input] ?? 0) + 1
      this.perSample[sample] = steps.length
      place += steps.length
    }
    this.#kernels.writeEvents(
      this.block,
      this.#steps.subarray(0, total),
      this.#samples.subarray(0, total),
      this.#inputs.subarray(0, total),
      binary ? null : this.#values.subarray(0, total),
    )
  }

  #check({ steps, inputs, values }: InputEvents): void {
    const size = this.perInput.length
    if (inputs.length !== steps.length || (values !== null && values.length !== steps.length)) {
      throw new RangeError('Every event of a sample needs a step, an input and, if there are any, a value.')
    }
    // steps rise
    if ((steps.at(-1) ?? 0) >= this.#plan.steps) throw new RangeError(`The network runs for ${this.#plan.steps} steps.`)
    if (inputs.some((input) => input >= size)) throw new RangeError(`The network has ${size} inputs.`)
  }

  #reserve(total: number): void {
    if (total <= this.#capacity) return
    this.#capacity = Math.max(total, 2 * this.#capacity)
    this.#steps = new Uint16Array(this.#capacity)
    this.#samples = new Uint16Array(this.#capacity)
    this.#inputs = new Uint32Array(this.#capacity)
    this.#values = new Float32Array(this.#capacity)
  }
}
