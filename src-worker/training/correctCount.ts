import { z } from 'zod'

export const correctCountSchema = z.strictObject({ predicted: z.int().min(0), correct: z.int().min(0) })

/** How often predictions were right, of those that there were. */
export class CorrectCount {
  #predicted = 0
  #correct = 0

  add(prediction: number | null, label: number): void {
    if (prediction === null) return
    this.#predicted++
    this.#correct += Number(prediction === label)
  }

  /** Since the last time. */
  save(): z.infer<typeof correctCountSchema> {
    return { predicted: this.#predicted, correct: this.#correct }
  }

  restore({ predicted, correct }: z.infer<typeof correctCountSchema>): void {
    this.#predicted = predicted
    this.#correct = correct
  }

  /** The accuracy since the last time; null without predictions. */
  take(): number | null {
    const accuracy = this.#predicted === 0 ? null : this.#correct / this.#predicted
    this.#predicted = 0
    this.#correct = 0
    return accuracy
  }
}
