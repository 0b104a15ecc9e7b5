/**
 * The yardstick of `npm run bench -- eons`: RISP of integers without leak in plain JavaScript, by the design of the prototype that
 * the goal was set with: typed arrays, synapses row by row, a ring of sums and marks, a list of marked neurons for each step of it,
 * no allocation for an event.
 */
import type { NeuroNetwork } from '../../src-core/neuroprocessor/network.ts'

export interface RispSamples {
  readonly offsets: Uint32Array
  /** Of each spike, by the step within a sample. */
  readonly steps: Int32Array
  readonly inputs: Int32Array
  readonly amounts: Int32Array
}

export class Prototype {
  readonly #minPotential: number
  readonly #neurons: number
  readonly #inputs: Int32Array
  readonly #outputs: Int32Array
  readonly #thresholds: Int32Array
  /** Where the synapses of a neuron begin; one more, where the last ones end. */
  readonly #starts: Int32Array
  readonly #targets: Int32Array
  readonly #weights: Int32Array
  readonly #delays: Int32Array
  readonly #slotMask: number
  /** [slot][neuron] */
  readonly #sums: Int32Array
  readonly #touched: Uint8Array
  readonly #lists: Int32Array
  readonly #listLengths: Int32Array
  readonly #charges: Int32Array
  readonly #counts: Int32Array

  constructor({ neurons, inputs, outputs, synapses }: NeuroNetwork, minPotential: number) {
    const places = new Map(neurons.map(({ id }, place) => [id, place]))
    const placeOf = (id: number): number => places.get(id) ?? NaN
    const sorted = [...synapses].sort((one, other) => placeOf(one.from) - placeOf(other.from))
    const longest = synapses.reduce((most, { delay }) => Math.max(most, delay), 1)
    const slots = 2 ** Math.ceil(Math.log2(longest + 1))
    const size = neurons.length
    this.#minPotential = minPotential
    this.#neurons = size
    this.#inputs = Int32Array.from(inputs, placeOf)
    this.#outputs = Int32Array.from(outputs, placeOf)
    this.#thresholds = Int32Array.from(neurons, ({ threshold }) => threshold)
    this.#starts = Int32Array.from({ length: size + 1 }, (_, place) => {
      const first = sorted.findIndex(({ from }) => placeOf(from) >= place)
      return first < 0 ? sorted.length : first
    })
    this.#targets = Int32Array.from(sorted, ({ to }) => placeOf(to))
    this.#weights = Int32Array.from(sorted, ({ weight }) => weight)
    this.#delays = Int32Array.from(sorted, ({ delay }) => delay)
    this.#slotMask = slots - 1
    this.#sums = new Int32Array(slots * size)
    this.#touched = new Uint8Array(slots * size)
    this.#lists = new Int32Array(slots * size)
    this.#listLengths = new Int32Array(slots)
    this.#charges = new Int32Array(size)
    this.#counts = new Int32Array(size)
  }

  /** Shows all samples, each from no activity. @returns the amounts that were added to charges */
  show({ offsets, steps: spikeSteps, inputs, amounts }: RispSamples, steps: number, outputCounts: Uint32Array): number {
    const size = this.#neurons
    const mask = this.#slotMask
    const minPotential = this.#minPotential
    const sums = this.#sums
    const touched = this.#touched
    const lists = this.#lists
    const lengths = this.#listLengths
    const charges = this.#charges
    const counts = this.#counts
    const thresholds = this.#thresholds
    const starts = this.#starts
    const targets = this.#targets
    const weights = this.#weights
    const delays = this.#delays
    const neuronOf = this.#inputs
    let accumulates = 0
    for (let sample = 0; sample + 1 < offsets.length; sample++) {
      this.#clear()
      let spike = offsets[sample] ?? 0
      const lastSpike = offsets[sample + 1] ?? 0
      for (let step = 0; step < steps; step++) {
        const slot = step & mask
        const row = slot * size
        let length = lengths[slot] ?? 0
        for (; spike < lastSpike && spikeSteps[spike] === step; spike++) {
          const neuron = neuronOf[inputs[spike] ?? 0] ?? 0
          sums[row + neuron] = (sums[row + neuron] ?? 0) + (amounts[spike] ?? 0)
          accumulates++
          if (touched[row + neuron] === 0) {
            touched[row + neuron] = 1
            lists[row + length++] = neuron
          }
        }
        for (let place = 0; place < length; place++) {
          const neuron = lists[row + place] ?? 0
          let charge = charges[neuron] ?? 0
          if (charge < minPotential) charge = minPotential
          charge += sums[row + neuron] ?? 0
          sums[row + neuron] = 0
          touched[row + neuron] = 0
          if (charge < (thresholds[neuron] ?? 0)) {
            charges[neuron] = charge
            continue
          }
          charges[neuron] = 0
          counts[neuron] = (counts[neuron] ?? 0) + 1
          const end = starts[neuron + 1] ?? 0
          for (let synapse = starts[neuron] ?? 0; synapse < end; synapse++) {
            const arrival = step + (delays[synapse] ?? 0)
            const target = targets[synapse] ?? 0
            const there = arrival & mask
            const cell = there * size + target
            sums[cell] = (sums[cell] ?? 0) + (weights[synapse] ?? 0)
            if (arrival < steps) accumulates++
            if (touched[cell] === 0) {
              touched[cell] = 1
              const place = lengths[there] ?? 0
              lists[there * size + place] = target
              lengths[there] = place + 1
            }
          }
        }
        lengths[slot] = 0
      }
      for (let output = 0; output < this.#outputs.length; output++) {
        outputCounts[sample * this.#outputs.length + output] = counts[this.#outputs[output] ?? 0] ?? 0
      }
    }
    return accumulates
  }

  #clear(): void {
    this.#charges.fill(0)
    this.#counts.fill(0)
    for (let slot = 0; slot <= this.#slotMask; slot++) {
      const row = slot * this.#neurons
      for (let place = 0; place < (this.#listLengths[slot] ?? 0); place++) {
        const cell = row + (this.#lists[row + place] ?? 0)
        this.#sums[cell] = 0
        this.#touched[cell] = 0
      }
      this.#listLengths[slot] = 0
    }
  }
}
