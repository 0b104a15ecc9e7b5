import { takeTensor } from '../../src-core/networkFile/takeTensor.ts'
import type { Tensors } from '../../src-core/networkFile/tensor.ts'
import { highest, type SpikeTrain } from './decoder.ts'
import { pendingOf, pendingTensors } from './pendingLists.ts'

/**
 * Which pairs of spikes a sample is answered by. steps: those that are learned. order: consecutive spikes in the order of
 * firing, those of one step by neuron, without the last pair, as BindsNET's `ngram` has them; it counts pairs inside a step
 * and leaves out most of those between steps of many spikes, though it learns by steps.
 */
type AnsweringPairs = 'steps' | 'order'

/** The index after the last spike of the step of the spike at `start`. */
const endOfStep = (steps: Uint32Array, start: number): number => {
  let end = start
  while (end < steps.length && steps[end] === steps[start]) end++
  return end
}

/**
 * `2gram` and `2gram-order`: a table of how often each ordered pair of consecutive spikes (neuron, next neuron) occurred in
 * samples of each class; a sample belongs to the class of the highest sum over its pairs (BindsNET's `update_ngram_scores`
 * and `ngram` with n = 2). Learned pairs: steps without spikes are left out; of two consecutive steps left, every spike of
 * the first makes a pair with every spike of the second.
 */
export class BigramTable {
  readonly #neurons: number
  readonly #classes: number
  readonly #answering: AnsweringPairs
  /** Row of each pair in `scores`. */
  readonly #rows = new Map<number, number>()
  #scores = new Float32Array(0)
  #pending: { readonly spikes: SpikeTrain; readonly label: number }[] = []

  constructor(neurons: number, classes: number, answering: AnsweringPairs) {
    this.#neurons = neurons
    this.#classes = classes
    this.#answering = answering
  }

  observe({ neurons, steps }: SpikeTrain, label: number): void {
    this.#pending.push({ spikes: { neurons: neurons.slice(), steps: steps.slice() }, label })
  }

  learn(): void {
    for (const { spikes, label } of this.#pending) {
      this.#forEachPairOfSteps(spikes, (pair) => {
        const cell = this.#rowOf(pair) * this.#classes + label
        this.#scores[cell] = (this.#scores[cell] ?? 0) + 1
      })
    }
    this.#pending = []
  }

  predict(spikes: SpikeTrain): number {
    const sums = new Float64Array(this.#classes)
    const add = (pair: number): void => {
      const row = this.#rows.get(pair)
      if (row === undefined) return
      for (let label = 0; label < this.#classes; label++) {
        sums[label] = (sums[label] ?? 0) + (this.#scores[row * this.#classes + label] ?? 0)
      }
    }
    if (this.#answering === 'order') this.#forEachPairInOrder(spikes, add)
    else this.#forEachPairOfSteps(spikes, add)
    return highest(sums)
  }

  /** `bigramPairs` [pairs][2] and `bigramScores` [pairs][classes]. */
  tensors(): Tensors {
    const pairs = new Int32Array(2 * this.#rows.size)
    for (const [pair, row] of this.#rows) pairs.set([Math.floor(pair / this.#neurons), pair % this.#neurons], 2 * row)
    const scores = this.#scores.slice(0, this.#rows.size * this.#classes)
    return {
      bigramPairs: { shape: [this.#rows.size, 2], values: pairs },
      bigramScores: { shape: [this.#rows.size, this.#classes], values: scores },
    }
  }

  /** @throws {RangeError} when the tensors are not those of such a table */
  restore(tensors: Tensors): void {
    const pairs = takeTensor(tensors, 'bigramPairs', [Int32Array], [null, 2])
    const count = pairs.length / 2
    const scores = takeTensor(tensors, 'bigramScores', [Float32Array], [count, this.#classes])
    this.#rows.clear()
    for (let row = 0; row < count; row++) {
      this.#rows.set((pairs[2 * row] ?? 0) * this.#neurons + (pairs[2 * row + 1] ?? 0), row)
    }
    this.#scores = scores.slice()
    this.#pending = []
  }

  pending(): Tensors {
    return pendingTensors(
      this.#pending.map(({ spikes: { neurons, steps }, label }) => ({ neurons, values: steps, label })),
    )
  }

  restorePending(tensors: Tensors): void {
    this.#pending = pendingOf(tensors).map(({ neurons, values, label }) => ({
      spikes: { neurons, steps: Uint32Array.from(values) },
      label,
    }))
  }

  #pairOf(first: number | undefined, second: number | undefined): number {
    return (first ?? 0) * this.#neurons + (second ?? 0)
  }

  #forEachPairInOrder({ neurons }: SpikeTrain, visit: (pair: number) => void): void {
    for (let index = 0; index < neurons.length - 2; index++) visit(this.#pairOf(neurons[index], neurons[index + 1]))
  }

  #forEachPairOfSteps({ neurons, steps }: SpikeTrain, visit: (pair: number) => void): void {
    let first = 0
    let second = endOfStep(steps, first)
    while (second < neurons.length) {
      const end = endOfStep(steps, second)
      for (let left = first; left < second; left++) {
        for (let right = second; right < end; right++) {
          visit(this.#pairOf(neurons[left], neurons[right]))
        }
      }
      first = second
      second = end
    }
  }

  #rowOf(pair: number): number {
    const known = this.#rows.get(pair)
    if (known !== undefined) return known
    const row = this.#rows.size
    this.#rows.set(pair, row)
    if ((row + 1) * this.#classes > this.#scores.length) {
      const grown = new Float32Array(Math.max(1024, 2 * row) * this.#classes)
      grown.set(this.#scores)
      this.#scores = grown
    }
    return row
  }
}
