/**
 * Labels of neurons (Diehl & Cook 2015, section 2.7; in the form of BindsNET's `assign_labels` with alpha = 1).
 * For each neuron j and class c, over the n_c samples of class c of an interval:
 *   rate[j,c] += sum of counts / n_c, unless n_c = 0;   proportion[j,c] = rate[j,c] / sum over classes of rate[j,.]
 *   label[j] = class of the highest proportion, the lowest of equals.
 * Rates carry over from interval to interval; without `carriesOver` they begin at 0 in each, so that what neurons did while
 * they were hardly trained does not count. An interval without samples leaves labels as they are. Single precision, as the
 * reference.
 * Departure: BindsNET gives a neuron that never spiked the label 0, which dilutes that class; here it has none.
 */
import { takeTensor } from '../../src-core/networkFile/takeTensor.ts'
import type { Tensors } from '../../src-core/networkFile/tensor.ts'
import { highest, type SpikeTrain } from './decoder.ts'

/** The label of a neuron that never spiked. */
export const unassigned = -1

export class NeuronLabels {
  /** [neurons] */
  readonly assignments: Int32Array
  /** [neurons][classes] */
  readonly proportions: Float32Array
  /** [neurons][classes] */
  readonly rates: Float32Array
  /** Neurons of each class, [classes]. */
  readonly assigned: Uint32Array
  readonly #carriesOver: boolean
  readonly #spikes: Float64Array
  readonly #samples: Uint32Array

  constructor(neurons: number, classes: number, carriesOver = true) {
    this.#carriesOver = carriesOver
    this.assignments = new Int32Array(neurons).fill(unassigned)
    this.proportions = new Float32Array(neurons * classes)
    this.rates = new Float32Array(neurons * classes)
    this.#spikes = new Float64Array(neurons * classes)
    this.assigned = new Uint32Array(classes)
    this.#samples = new Uint32Array(classes)
  }

  get classes(): number {
    return this.#samples.length
  }

  observe(spikes: SpikeTrain, label: number): void {
    this.#samples[label] = (this.#samples[label] ?? 0) + 1
    for (const neuron of spikes.neurons) {
      const cell = neuron * this.classes + label
      this.#spikes[cell] = (this.#spikes[cell] ?? 0) + 1
    }
  }

  learn(): void {
    if (this.#samples.every((count) => count === 0)) return
    if (!this.#carriesOver) {
      this.rates.fill(0)
      this.proportions.fill(0)
    }
    for (let neuron = 0; neuron < this.assignments.length; neuron++)
      this.assignments[neuron] = this.#learnNeuron(neuron)
    this.#countAssigned()
    this.#spikes.fill(0)
    this.#samples.fill(0)
  }

  tensors(): Tensors {
    const neurons = this.assignments.length
    return {
      assignments: { shape: [neurons], values: this.assignments.slice() },
      proportions: { shape: [neurons, this.classes], values: this.proportions.slice() },
      rates: { shape: [neurons, this.classes], values: this.rates.slice() },
    }
  }

  /** @throws {RangeError} when the tensors are not those of as many neurons and classes */
  restore(tensors: Tensors): void {
    const neurons = this.assignments.length
    const assignments = takeTensor(tensors, 'assignments', [Int32Array], [neurons])
    const proportions = takeTensor(tensors, 'proportions', [Float32Array], [neurons, this.classes])
    const rates = takeTensor(tensors, 'rates', [Float32Array], [neurons, this.classes])
    this.assignments.set(assignments)
    this.proportions.set(proportions)
    this.rates.set(rates)
    this.#countAssigned()
  }

  pending(): Tensors {
    return {
      pendingSpikes: { shape: [this.assignments.length, this.classes], values: this.#spikes.slice() },
      pendingSamples: { shape: [this.classes], values: Int32Array.from(this.#samples) },
    }
  }

  /** @throws {RangeError} when the tensors are not those of as many neurons and classes */
  restorePending(tensors: Tensors): void {
    const shape = [this.assignments.length, this.classes]
    this.#spikes.set(takeTensor(tensors, 'pendingSpikes', [Float64Array], shape))
    this.#samples.set(takeTensor(tensors, 'pendingSamples', [Int32Array], [this.classes]))
  }

  #countAssigned(): void {
    this.assigned.fill(0)
    for (const label of this.assignments) {
      if (label !== unassigned) this.assigned[label] = (this.assigned[label] ?? 0) + 1
    }
  }

  #learnNeuron(neuron: number): number {
    const first = neuron * this.classes
    const rates = this.rates.subarray(first, first + this.classes)
    let total = 0
    for (let label = 0; label < this.classes; label++) {
      const samples = this.#samples[label] ?? 0
      if (samples > 0) rates[label] = (rates[label] ?? 0) + Math.fround((this.#spikes[first + label] ?? 0) / samples)
      total = Math.fround(total + (rates[label] ?? 0))
    }
    if (total === 0) return unassigned
    const proportions = this.proportions.subarray(first, first + this.classes)
    rates.forEach((rate, label) => (proportions[label] = rate / total))
    return highest(proportions)
  }
}
