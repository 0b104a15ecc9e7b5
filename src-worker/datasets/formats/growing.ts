/** A list of numbers of single precision that grows: four bytes for each, and as much again while it grows. */
export class GrowingFloats {
  #values = new Float32Array(1024)
  #count = 0

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float32Array(this.#count * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#count++] = value
  }

  get length(): number {
    return this.#count
  }

  /** What is in it by now: a view. */
  all(): Float32Array {
    return this.#values.subarray(0, this.#count)
  }
}
