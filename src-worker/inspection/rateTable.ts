/** Mean spikes per sample of each neuron for each class. */
export class RateTable {
  readonly #neurons: number
  readonly #sums: Float64Array
  readonly #samples: Uint32Array

  constructor(classes: number, neurons: number) {
    this.#neurons = neurons
    this.#sums = new Float64Array(classes * neurons)
    this.#samples = new Uint32Array(classes)
  }

  add(label: number, counts: ArrayLike<number>): void {
    this.#samples[label] = (this.#samples[label] ?? 0) + 1
    const row = this.#sums.subarray(label * this.#neurons, (label + 1) * this.#neurons)
    for (let neuron = 0; neuron < this.#neurons; neuron++) row[neuron] = (row[neuron] ?? 0) + (counts[neuron] ?? 0)
  }

  /** [class][neuron]; of a class without samples: 0. */
  means(): Float32Array {
    return Float32Array.from(
      this.#sums,
      (sum, cell) => sum / Math.max(1, this.#samples[Math.floor(cell / this.#neurons)] ?? 0),
    )
  }

  /** [neuron]: over all samples. */
  overall(): Float32Array {
    const samples = Math.max(
      1,
      this.#samples.reduce((total, count) => total + count, 0),
    )
    const means = new Float32Array(this.#neurons)
    for (let neuron = 0; neuron < this.#neurons; neuron++) {
      let sum = 0
      for (let cell = neuron; cell < this.#sums.length; cell += this.#neurons) sum += this.#sums[cell] ?? 0
      means[neuron] = sum / samples
    }
    return means
  }
}
