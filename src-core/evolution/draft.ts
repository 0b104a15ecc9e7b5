import type { NeuroNetwork } from '../neuroprocessor/network.ts'
import type { RandomGenerator } from '../random/generator.ts'

export type Neuron = NeuroNetwork['neurons'][number]
export type Synapse = NeuroNetwork['synapses'][number]

/** One of them, each as likely. @throws {RangeError} of none */
export const pick = <Item>(items: readonly Item[], generator: RandomGenerator): Item => {
  const item = items[generator.below(items.length)]
  if (item === undefined) throw new RangeError('there is nothing to pick from')
  return item
}

/**
 * A network while it is changed. Neurons go by their id and synapses by their pair, so that there is one synapse of a pair at
 * most, and none of a neuron that is not there.
 */
export class NetworkDraft {
  readonly neurons: Map<number, Neuron>
  readonly #outgoing = new Map<number, Map<number, Synapse>>()
  readonly #inputs: readonly number[]
  readonly #outputs: readonly number[]
  readonly #fixed: ReadonlySet<number>
  #synapseCount = 0

  constructor({ neurons, inputs, outputs, synapses }: NeuroNetwork) {
    this.neurons = new Map(neurons.map((neuron) => [neuron.id, neuron]))
    this.#inputs = inputs
    this.#outputs = outputs
    this.#fixed = new Set([...inputs, ...outputs])
    for (const synapse of synapses) this.put(synapse)
  }

  get size(): number {
    return this.#synapseCount
  }

  /** Neurons that are neither inputs nor outputs: those that may go. */
  get hidden(): Neuron[] {
    return [...this.neurons.values()].filter(({ id }) => !this.#fixed.has(id))
  }

  /** In no order that means anything, but always the same one. */
  get synapses(): Synapse[] {
    return [...this.#outgoing.values()].flatMap((targets) => [...targets.values()])
  }

  get freeId(): number {
    let id = 0
    while (this.neurons.has(id)) id++
    return id
  }

  has(from: number, to: number): boolean {
    return this.#outgoing.get(from)?.has(to) ?? false
  }

  /** Adds a synapse, or changes that of its pair. */
  put(synapse: Synapse): void {
    const { from, to } = synapse
    if (!this.neurons.has(from) || !this.neurons.has(to)) throw new RangeError(`there is no neuron ${from} or ${to}`)
    const targets = this.#outgoing.get(from) ?? new Map<number, Synapse>()
    if (!targets.has(to)) this.#synapseCount++
    targets.set(to, synapse)
    this.#outgoing.set(from, targets)
  }

  removeSynapse(from: number, to: number): void {
    if (this.#outgoing.get(from)?.delete(to) === true) this.#synapseCount--
  }

  /** With its synapses. @throws {RangeError} of an input or output */
  removeNeuron(id: number): void {
    if (this.#fixed.has(id)) throw new RangeError(`${id} is an input or output`)
    for (const synapse of this.synapses)
      if (synapse.from === id || synapse.to === id) this.removeSynapse(synapse.from, synapse.to)
    this.neurons.delete(id)
  }

  /** A pair without a synapse, each as likely; null: all have one. */
  freePair(generator: RandomGenerator): readonly [number, number] | null {
    const ids = [...this.neurons.keys()]
    const pairs = ids.length ** 2
    if (this.size >= pairs) return null
    // Half of the pairs are free: two draws on average. Otherwise the free ones are listed.
    if (this.size <= pairs / 2) {
      for (;;) {
        const from = pick(ids, generator)
        const to = pick(ids, generator)
        if (!this.has(from, to)) return [from, to]
      }
    }
    return pick(
      ids.flatMap((from) => ids.filter((to) => !this.has(from, to)).map((to) => [from, to] as const)),
      generator,
    )
  }

  /** Neurons by id, synapses by their pairs. */
  finish(): NeuroNetwork {
    return {
      neurons: [...this.neurons.values()].sort((one, other) => one.id - other.id),
      inputs: this.#inputs,
      outputs: this.#outputs,
      synapses: this.synapses.sort((one, other) => one.from - other.from || one.to - other.to),
    }
  }
}

/** One by its weight; null: all weigh nothing. */
export const pickWeighted = <Item>(
  items: readonly (readonly [Item, number])[],
  generator: RandomGenerator,
): Item | null => {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0)
  if (total <= 0) return null
  let left = generator.next() * total
  const possible = items.filter(([, weight]) => weight > 0)
  for (const [item, weight] of possible) {
    left -= weight
    if (left < 0) return item
  }
  return possible.at(-1)?.[0] ?? null
}
