import { z } from 'zod'
import {
  constraintValues,
  initialSilence,
  look,
  nextEpoch,
  observe,
  samplesToNextLook,
  type SilenceRule,
  type SilenceState,
  silenceStateSchema,
} from '../../src-core/stopping/silenceRule.ts'
import type { ConstraintValue, SilenceStop, SpikeCounts, TrialStop } from '../../src-core/trial/measurement.ts'
import { savedCounts, savedCountsSchema } from '../checkpoint/savedState.ts'
import { layerMetric } from './spikeTotals.ts'
import { SpikeRecord } from './spikeRecord.ts'

export const silenceWatchSchema = z.strictObject({
  state: silenceStateSchema,
  stored: savedCountsSchema,
  /** Of this epoch. */
  counts: savedCountsSchema,
  samples: z.int().min(0),
  /** Those of them that were looked at. */
  taken: z.int().min(0),
})

type SavedWatch = z.input<typeof silenceWatchSchema>

/** One network's spikes through its training, and the looks that are taken at them. */
export class SilenceWatch {
  readonly #rule: SilenceRule
  #stored: SpikeCounts[] = []
  #state: SilenceState
  #record: SpikeRecord

  constructor(rule: SilenceRule) {
    this.#rule = rule
    this.#state = initialSilence(rule)
    this.#record = this.#newRecord()
  }

  get epoch(): number {
    return this.#state.epoch
  }

  /** Samples of this epoch at the last look. */
  get sample(): number {
    return this.#state.sample
  }

  /** Non-spiking samples of this epoch at the last look, for each watched layer. */
  get nonSpiking(): number[] {
    return [...this.#state.nonSpiking]
  }

  /** Of one further sample. */
  add(spikesOf: (layer: SpikeCounts['layer']) => number): void {
    this.#record.add(spikesOf)
  }

  /** Whether enough samples have been added since the last look. */
  get isDue(): boolean {
    return this.#record.waiting >= samplesToNextLook(this.#rule, this.#state)
  }

  /** Takes a look. @returns whether silence ends the training */
  look(): SilenceStop | null {
    const samples = this.#record.waiting
    this.#state = observe(this.#rule, this.#state, this.#record.sinceLast(), samples)
    const looked = look(this.#rule, this.#state)
    return looked.kind === 'stop' ? looked.stop : null
  }

  /** Keeps the counts of this epoch, ended or stopped. */
  endEpoch(): void {
    this.#stored.push(...this.#record.deflated(this.#state.epoch))
  }

  nextEpoch(): void {
    this.#state = nextEpoch(this.#rule, this.#state)
    this.#record = this.#newRecord()
  }

  /** Of all epochs that ended. */
  get spikeCounts(): SpikeCounts[] {
    return this.#stored
  }

  /** @param stop what ended the training early */
  constraints(stop: TrialStop | null): readonly ConstraintValue[] {
    return constraintValues(this.#rule, this.#state, stop?.kind === 'silence' ? stop : null)
  }

  /** nonSpikingShare<Layer>: of the samples of this epoch shown so far. */
  nonSpikingShares(): Record<string, number> {
    const { sample, nonSpiking } = this.#state
    const shares = this.#rule.layers.map(({ layer }, index) => [
      layerMetric('nonSpikingShare', layer),
      (nonSpiking[index] ?? 0) / sample,
    ])
    return Object.fromEntries(shares) as Record<string, number>
  }

  save(): SavedWatch {
    return this.mark()()
  }

  /** What `save` would say now, to be asked for later, when more was observed. */
  mark(): () => SavedWatch {
    const [record, stored, { epoch, sample, nonSpiking, largestBefore }] = [this.#record, this.#stored, this.#state]
    const [samples, waiting, ended] = [record.samples, record.waiting, stored.length]
    return () => ({
      state: { epoch, sample, nonSpiking: [...nonSpiking], largestBefore: [...largestBefore] },
      stored: savedCounts(stored.slice(0, ended)),
      counts: savedCounts(record.deflated(epoch, samples)),
      samples,
      taken: samples - waiting,
    })
  }

  /** @throws {RangeError} unless it is of the same rule */
  restore({ state, stored, counts, samples, taken }: z.output<typeof silenceWatchSchema>): void {
    this.#state = state
    this.#stored = [...stored]
    this.#record = this.#newRecord()
    this.#record.restore(counts, samples, taken)
  }

  #newRecord(): SpikeRecord {
    return new SpikeRecord(
      this.#rule.layers.map(({ layer }) => layer),
      this.#rule.trainSamples,
    )
  }
}
