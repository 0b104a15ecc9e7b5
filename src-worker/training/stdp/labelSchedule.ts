import { z } from 'zod'
import type { Decoder, SpikeTrain } from '../../decoders/decoder.ts'

export const labelScheduleSchema = z.strictObject({
  /** Samples that wait to be learned from. */
  waiting: z.int().min(0),
  learned: z.boolean(),
})
type LabelScheduleState = z.infer<typeof labelScheduleSchema>

/**
 * When the decoder learns: after every `updateInterval` samples, or after every epoch where that is shorter. What is left
 * at the end of an epoch counts as an interval when it is at least half of one; less is carried over into the next
 * epoch, since a few samples would weigh as much as a whole interval.
 */
export class LabelSchedule {
  readonly #decoder: Decoder
  readonly #interval: number
  #waiting = 0
  #learned = false

  constructor(decoder: Decoder, updateInterval: number, trainSamples: number) {
    this.#decoder = decoder
    this.#interval = Math.min(updateInterval, trainSamples)
  }

  /** Whether there are labels. */
  get hasLearned(): boolean {
    return this.#learned
  }

  /** The class by the labels of before; null before the first. */
  predict(spikes: SpikeTrain): number | null {
    return this.hasLearned ? this.#decoder.predict(spikes) : null
  }

  observe(spikes: SpikeTrain, label: number): void {
    this.#decoder.observe(spikes, label)
    this.#waiting++
    if (this.#waiting === this.#interval) this.#learn()
  }

  /** At the end of an epoch, complete or stopped. */
  endEpoch(): void {
    if (this.#waiting >= this.#interval / 2) this.#learn()
  }

  /** At the end of training: a decoder that never learned does so from what there is. */
  endTraining(): void {
    if (!this.hasLearned) this.#learn()
  }

  save(): LabelScheduleState {
    return { waiting: this.#waiting, learned: this.#learned }
  }

  restore({ waiting, learned }: LabelScheduleState): void {
    this.#waiting = waiting
    this.#learned = learned
  }

  #learn(): void {
    this.#decoder.learn()
    this.#learned = true
    this.#waiting = 0
  }
}
