/** How often predictions were right, of those that there were. */
export class CorrectCount {
  #predicted = 0
  #correct = 0

  add(prediction: number | null, label: number): void {
    if (prediction === null) return
    this.#predicted++
    this.#correct += Number(prediction === label)
  }

  /** The accuracy since the last time; null without predictions. */
  take(): number | null {
    const accuracy = this.#predicted === 0 ? null : this.#correct / this.#predicted
    this.#predicted = 0
    this.#correct = 0
    return accuracy
  }
}
