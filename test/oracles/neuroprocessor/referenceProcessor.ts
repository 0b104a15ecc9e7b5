/** What a processor's plain models have in common. Neurons are places in the network's list. */
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'

export interface ReferenceRun {
  /** [neuron][fire]: steps of the run. */
  readonly fireTimes: number[][]
  readonly charges: number[]
  /** Amounts that were added to charges. */
  readonly accumulates: number
}

/** Steps are counted from the last clearing; `now` is the first of the next run. */
export abstract class ReferenceProcessor {
  readonly network: NeuroNetwork
  protected readonly charges: number[]
  /** By step, what arrives then: neuron and amount. */
  protected queue = new Map<number, (readonly [neuron: number, amount: number])[]>()
  protected now = 0
  #fireTimes: number[][]
  #start = 0
  #accumulates = 0
  readonly #places: ReadonlyMap<number, number>

  constructor(network: NeuroNetwork) {
    this.network = network
    this.charges = network.neurons.map(() => 0)
    this.#fireTimes = network.neurons.map(() => [])
    this.#places = new Map(network.neurons.map(({ id }, place) => [id, place]))
  }

  get time(): number {
    return this.now
  }

  clear(): void {
    this.charges.fill(0)
    this.queue = new Map()
    this.now = 0
  }

  /** An input spike `step` steps from now. */
  apply(input: number, step: number, amount: number): void {
    this.enqueue(this.now + step, this.placeOf(this.network.inputs[input] ?? NaN), amount)
  }

  run(steps: number): ReferenceRun {
    this.#fireTimes = this.network.neurons.map(() => [])
    this.#start = this.now
    this.#accumulates = 0
    for (const end = this.now + this.stepsOf(steps); this.now < end; this.now++) this.step()
    this.settle()
    return { fireTimes: this.#fireTimes, charges: [...this.charges], accumulates: this.#accumulates }
  }

  protected abstract step(): void
  protected abstract settle(): void
  protected abstract stepsOf(steps: number): number

  protected placeOf(id: number): number {
    const place = this.#places.get(id)
    if (place === undefined) throw new RangeError(`there is no neuron ${id}`)
    return place
  }

  protected enqueue(step: number, neuron: number, amount: number): void {
    this.queue.set(step, [...(this.queue.get(step) ?? []), [neuron, amount]])
  }

  /** What arrives now, and goes from the queue. */
  protected takeArrivals(): readonly (readonly [neuron: number, amount: number])[] {
    const arrivals = this.queue.get(this.now) ?? []
    this.queue.delete(this.now)
    this.#accumulates += arrivals.length
    return arrivals
  }

  protected record(neuron: number): void {
    this.#fireTimes[neuron]?.push(this.now - this.#start)
  }
}
