import type { InputEvents } from './inputEvents.ts'

/**
 * Gathers the events of a sample in any order of steps and brings them into that of `InputEvents`. Those of one step
 * stay in the order in which they were added, which therefore has to be that of rising inputs.
 */
export class EventCollector {
  #steps = new Uint16Array(1024)
  #inputs = new Uint32Array(1024)
  #values: Float32Array | null = null
  #length = 0

  add(step: number, input: number): void {
    if (this.#length === this.#steps.length) this.#grow()
    this.#steps[this.#length] = step
    this.#inputs[this.#length] = input
    if (this.#values !== null) this.#values[this.#length] = 1
    this.#length++
  }

  addValue(step: number, input: number, value: number): void {
    this.#values ??= new Float32Array(this.#steps.length).fill(1, 0, this.#length)
    this.add(step, input)
    this.#values[this.#length - 1] = value
  }

  /** The events so far, sorted, and an empty collector. */
  take(): InputEvents {
    const length = this.#length
    const lastStep = this.#steps.subarray(0, length).reduce((last, step) => Math.max(last, step), 0)
    const starts = new Uint32Array(lastStep + 2)
    for (let event = 0; event < length; event++) {
      const next = (this.#steps[event] ?? 0) + 1
      starts[next] = (starts[next] ?? 0) + 1
    }
    for (let step = 1; step <= lastStep; step++) starts[step] = (starts[step] ?? 0) + (starts[step - 1] ?? 0)
    const steps = new Uint16Array(length)
    const inputs = new Uint32Array(length)
    const values = this.#values === null ? null : new Float32Array(length)
    for (let event = 0; event < length; event++) {
      const step = this.#steps[event] ?? 0
      const place = starts[step] ?? 0
      starts[step] = place + 1
      steps[place] = step
      inputs[place] = this.#inputs[event] ?? 0
      if (values !== null) values[place] = this.#values?.[event] ?? 1
    }
    this.#length = 0
    this.#values = null
    return { steps, inputs, values }
  }

  #grow(): void {
    const length = this.#steps.length * 2
    const steps = new Uint16Array(length)
    steps.set(this.#steps)
    this.#steps = steps
    const inputs = new Uint32Array(length)
    inputs.set(this.#inputs)
    this.#inputs = inputs
    if (this.#values === null) return
    const values = new Float32Array(length)
    values.set(this.#values)
    this.#values = values
  }
}
