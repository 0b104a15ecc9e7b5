import type { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { SpikeRateCounter } from '../../src-core/progress/spikeRate.ts'
import { createGenerator, shuffled } from '../../src-core/random/generator.ts'
import { deriveSeed, type Seed } from '../../src-core/random/seed.ts'
import type { SilenceRule } from '../../src-core/stopping/silenceRule.ts'
import { endedEarly } from '../../src-core/stopping/timeSaved.ts'
import type { IntervalReport, TrialStop } from '../../src-core/trial/measurement.ts'
import type { SampleSelection } from '../datasets/splitDataset.ts'
import type { SampleEncoder } from '../encoders/sampleEncoder.ts'
import { CorrectCount } from './correctCount.ts'
import { judgeEpoch, type JudgeEpoch } from './judgeEpoch.ts'
import type { Pacer } from './pacer.ts'
import { SilenceWatch } from './silenceWatch.ts'
import { type SpikesOf, SpikeTotals } from './spikeTotals.ts'
import type { TrainingResult } from './trialTraining.ts'

/** Of so few samples all may be empty by chance. */
const tooFew = 100

/** Whether a network is shown anything at all. One that is not would train to its end, at chance, without a word. */
export class InputWatch {
  readonly #explain: (indices: readonly number[]) => SpiketuneError
  /** What was shown, in its order; null: some of it had input. */
  #empty: number[] | null = []

  /** @param explain what to change, where none of these samples had a single input event */
  constructor(explain: (indices: readonly number[]) => SpiketuneError) {
    this.#explain = explain
  }

  /** @param index of the sample in its part @param events of its input, as it was shown */
  add(index: number, events: number): void {
    if (events > 0) this.#empty = null
    else this.#empty?.push(index)
  }

  /**
   * @param isLast no further samples will be shown, in this epoch or at all
   * @throws {SpiketuneError} encoding-unsuitable when nothing that was shown had input
   */
  look(isLast: boolean): void {
    if (this.#empty !== null && (isLast || this.#empty.length >= tooFew)) throw this.#explain(this.#empty)
  }
}

/** What training needs, whatever the kind of network. */
export interface EpochSetup {
  readonly training: SampleSelection
  readonly seed: Seed
  /** For epochs of as many samples as there are to train on, in batches. */
  readonly silence: SilenceRule
  readonly judge: JudgeEpoch
  readonly pacer: Pacer
  /** Told after every batch, with the answers of before it was learned from; null before there are any. */
  readonly shown?: (answers: readonly (number | null)[], labels: readonly number[]) => void
}

/** Samples that are learned from at once. */
export interface Batch {
  readonly indices: readonly number[]
  readonly epoch: number
  /** Place of the first in the epoch. */
  readonly from: number
}

/** How the network took a sample in training. */
interface ShownSample {
  readonly index: number
  /** Of its input, as it was shown. */
  readonly inputEvents: number
  /** What the network took it for; null: it knows no answers yet. */
  readonly answer: number | null
  readonly spikesOf: SpikesOf
}

/** How a kind of network learns. */
interface Learning {
  readonly epochs: number
  readonly batchSize: number
  /** All layers, the input too. */
  readonly layers: readonly string[]
  readonly noInput: SampleEncoder['noInput']
}

interface EpochResult {
  readonly stop: TrialStop | null
  readonly metrics: Readonly<Record<string, number>>
}

/**
 * Trains a network: in every epoch all training samples in another order, batch after batch, with looks at its spikes,
 * until silence stops it or it is pruned. How a batch is learned from is its kind's.
 */
export abstract class EpochTraining {
  readonly #common: EpochSetup
  readonly #learning: Learning
  readonly #watch: SilenceWatch
  readonly #input: InputWatch
  readonly #intervals: IntervalReport[] = []
  readonly #correct = new CorrectCount()
  readonly #spikes = new SpikeRateCounter()
  #totals: SpikeTotals
  #answers: (number | null)[] = []
  #trained = 0

  protected constructor(common: EpochSetup, learning: Learning) {
    this.#common = common
    this.#learning = learning
    this.#watch = new SilenceWatch(common.silence)
    this.#input = new InputWatch((indices) => learning.noInput(common.training.part, indices))
    this.#totals = new SpikeTotals(learning.layers)
  }

  /** Shows the samples, tells `add` of each in their order, and learns from them. May give others a `turn` between. */
  protected abstract learn(batch: Batch): Promise<void>
  /** @throws {NonFinite} when the network no longer holds numbers. @param where for people */
  protected abstract checkFinite(where: string): void
  /** At the end of an epoch, complete or stopped. @returns what it came to, beside spikes */
  protected abstract endEpoch(samples: number): Readonly<Record<string, number>>

  /**
   * @throws {Cancelled} when it was called off
   * @throws {NonFinite} when the network no longer holds numbers
   * @throws {SpiketuneError} encoding-unsuitable when no sample had input
   */
  async run(): Promise<TrainingResult> {
    const { epochs } = this.#learning
    let last = await this.#trainEpoch()
    while (last.stop === null && this.#watch.epoch < epochs - 1) {
      const pruned = await judgeEpoch(this.#common.judge, this.#intervals)
      if (pruned !== null) {
        last = { ...last, stop: pruned }
        break
      }
      this.#watch.nextEpoch()
      last = await this.#trainEpoch()
    }
    const samplesPlanned = epochs * this.trainSamples
    const stop = endedEarly({ samplesTrained: this.#trained, samplesPlanned }) ? last.stop : null
    return {
      stop,
      constraints: this.#watch.constraints(stop),
      intervals: this.#intervals,
      spikeCounts: this.#watch.spikeCounts,
      samplesTrained: this.#trained,
      samplesPlanned,
      metrics: last.metrics,
    }
  }

  /** Between two batches. */
  get samplesTrained(): number {
    return this.#trained
  }

  protected get trainSamples(): number {
    return this.#common.training.indices.length
  }

  protected labelOf(index: number): number {
    return this.#common.training.part.labels[index] ?? 0
  }

  protected add({ index, inputEvents, answer, spikesOf }: ShownSample): void {
    this.#answers.push(answer)
    this.#correct.add(answer, this.labelOf(index))
    this.#input.add(index, inputEvents)
    this.#watch.add(spikesOf)
    this.#spikes.add(this.#totals.add(spikesOf))
  }

  /** Where training is when the sample of this place in its epoch is the last. */
  protected where(epoch: number, sample: number): string {
    return `by sample ${sample} of epoch ${epoch + 1}`
  }

  /** Gives others their turn, if it is time. */
  protected async turnIfDue(): Promise<void> {
    if (this.#common.pacer.isDue()) await this.#turn()
  }

  async #trainEpoch(): Promise<EpochResult> {
    const { training, seed, shown } = this.#common
    const { batchSize, layers } = this.#learning
    const { epoch } = this.#watch
    const order = shuffled(training.indices, createGenerator(deriveSeed(seed, 'order', epoch)))
    this.#totals = new SpikeTotals(layers)
    let stop: TrialStop | null = null
    await this.#turn()
    for (let from = 0; from < order.length; from += batchSize) {
      const indices = order.slice(from, from + batchSize)
      this.#answers = []
      await this.learn({ indices, epoch, from })
      this.#trained += indices.length
      shown?.(
        this.#answers,
        indices.map((index) => this.labelOf(index)),
      )
      if (this.#watch.isDue) stop = this.#look()
      if (stop !== null) break
      await this.turnIfDue()
    }
    const measured = this.endEpoch(this.#totals.samples)
    this.#watch.endEpoch()
    return {
      stop,
      metrics: { ...this.#totals.perSample('spikesPerSample'), ...this.#watch.nonSpikingShares(), ...measured },
    }
  }

  #look(): TrialStop | null {
    const stop = this.#watch.look()
    const { epoch, sample, nonSpiking } = this.#watch
    this.#input.look(stop !== null || sample === this.trainSamples)
    this.checkFinite(this.where(epoch, sample))
    this.#intervals.push({ epoch, sample, trainAccuracy: this.#correct.take(), nonSpiking })
    return stop
  }

  #turn(): Promise<void> {
    const { epochs } = this.#learning
    return this.#common.pacer.turn({
      phase: 'training',
      epoch: this.#watch.epoch,
      epochs,
      epochSamples: this.trainSamples,
      samplesDone: this.#trained,
      samplesPlanned: epochs * this.trainSamples,
      lastInterval: this.#intervals.at(-1) ?? null,
      spikes: this.#spikes.rate,
    })
  }
}
