/**
 * How a network spikes while it trains, in spikes per sample: those of all neurons but the input's, of networks that evolve those of the
 * outputs of each. Depends on the samples alone, not on when it is asked for, and never grows.
 */
import { z } from 'zod'

/** Values of a history; each is the mean of as many samples as every other. */
const mostValues = 48
/** Samples that the latest value is a mean of. */
const latestOf = 100

export const spikeRateSchema = z.strictObject({
  /** Mean of the last samples, 100 at most. */
  latest: z.number().min(0),
  /** Means of the training so far, in its order, coarser as it grows; of its end what makes no whole value is left out. */
  history: z.array(z.number().min(0)).max(mostValues),
})
type SpikeRate = Readonly<z.infer<typeof spikeRateSchema>>

export const spikeRateStateSchema = z.strictObject({
  recent: z.array(z.number()).length(latestOf),
  history: z.array(z.number()).max(mostValues),
  samples: z.int().min(0),
  width: z.int().min(1),
  sum: z.number(),
  count: z.int().min(0),
})
type SpikeRateState = Readonly<z.infer<typeof spikeRateStateSchema>>

/** Enough for people, and short in a message. */
const rounded = (value: number): number => Number(value.toPrecision(4))

export class SpikeRateCounter {
  readonly #recent = new Float64Array(latestOf)
  #history: number[] = []
  #samples = 0
  /** Samples of a value of the history. */
  #width = 1
  /** Of the value that is being made. */
  #sum = 0
  #count = 0

  /** Of one further sample. */
  add(spikes: number): void {
    this.#recent[this.#samples % latestOf] = spikes
    this.#samples++
    this.#sum += spikes
    this.#count++
    if (this.#count < this.#width) return
    this.#history.push(this.#sum / this.#width)
    this.#sum = 0
    this.#count = 0
    if (this.#history.length === mostValues) this.#coarsen()
  }

  /** Undefined before the first sample. */
  get rate(): SpikeRate | undefined {
    const count = Math.min(this.#samples, latestOf)
    if (count === 0) return undefined
    const sum = this.#recent.subarray(0, count).reduce((total, spikes) => total + spikes, 0)
    return { latest: rounded(sum / count), history: this.#history.map(rounded) }
  }

  save(): SpikeRateState {
    const [samples, width, sum, count] = [this.#samples, this.#width, this.#sum, this.#count]
    return { recent: [...this.#recent], history: [...this.#history], samples, width, sum, count }
  }

  restore({ recent, history, samples, width, sum, count }: SpikeRateState): void {
    this.#recent.set(recent)
    this.#history = [...history]
    this.#samples = samples
    this.#width = width
    this.#sum = sum
    this.#count = count
  }

  #coarsen(): void {
    const before = this.#history
    this.#history = Array.from(
      { length: mostValues / 2 },
      (_, place) => ((before[2 * place] ?? 0) + (before[2 * place + 1] ?? 0)) / 2,
    )
    this.#width *= 2
  }
}
