import { z } from 'zod'
import type { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { SpikeRateCounter, spikeRateStateSchema } from '../../src-core/progress/spikeRate.ts'
import { createGenerator, shuffled } from '../../src-core/random/generator.ts'
import { deriveSeed, type Seed } from '../../src-core/random/seed.ts'
import { epochAccuracies } from '../../src-core/stopping/pruning.ts'
import type { SilenceRule } from '../../src-core/stopping/silenceRule.ts'
import { endedEarly } from '../../src-core/stopping/timeSaved.ts'
import {
  type IntervalReport,
  intervalReportSchema,
  type TrialStop,
  trialStopSchema,
} from '../../src-core/trial/measurement.ts'
import type { SafePoint } from '../checkpoint/safePoint.ts'
import { type SavedState, type SavedTraining, tensorsOf, tensorsUnder } from '../checkpoint/savedState.ts'
import type { SampleSelection } from '../datasets/splitDataset.ts'
import type { SampleEncoder } from '../encoders/sampleEncoder.ts'
import { CorrectCount, correctCountSchema } from './correctCount.ts'
import { judgeEpoch, type JudgeEpoch } from './judgeEpoch.ts'
import type { Pacer } from './pacer.ts'
import { SilenceWatch, silenceWatchSchema } from './silenceWatch.ts'
import { type SpikesOf, SpikeTotals, spikeTotalsSchema } from './spikeTotals.ts'
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

  /** The samples without input; null: some had input. */
  save(): number[] | null {
    return this.#empty === null ? null : [...this.#empty]
  }

  restore(empty: readonly number[] | null): void {
    this.#empty = empty === null ? null : [...empty]
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
  /** Reached between two batches; absent: nobody asks for checkpoints. */
  readonly safePoint?: SafePoint | undefined
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

const epochResultSchema = z.strictObject({
  stop: trialStopSchema.nullable(),
  metrics: z.record(z.string(), z.number()),
})
type EpochResult = Readonly<z.infer<typeof epochResultSchema>>

const savedSchema = z.strictObject({
  /** Place in the epoch of the next sample. */
  next: z.int().min(0),
  trained: z.int().min(0),
  watch: silenceWatchSchema,
  empty: z.array(z.int().min(0)).nullable(),
  intervals: z.array(intervalReportSchema),
  correct: correctCountSchema,
  spikes: spikeRateStateSchema,
  totals: spikeTotalsSchema,
  /** What the last epoch came to; null: training has not ended. */
  ended: epochResultSchema.nullable(),
  /** Of the kind of learning. */
  learning: z.unknown(),
})

/**
 * Trains a network: in every epoch all training samples in another order, batch after batch, with looks at its spikes,
 * until silence stops it or it is pruned. How a batch is learned from is its kind's.
 */
export abstract class EpochTraining {
  readonly #common: EpochSetup
  readonly #learning: Learning
  readonly #watch: SilenceWatch
  readonly #input: InputWatch
  #intervals: IntervalReport[] = []
  readonly #correct = new CorrectCount()
  readonly #spikes = new SpikeRateCounter()
  #totals: SpikeTotals
  #answers: (number | null)[] = []
  #trained = 0
  /** Place in the epoch of the next sample: beyond its first, the epoch was begun before. */
  #next = 0
  #ended: EpochResult | null = null

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
  protected abstract endEpoch(samples: number): Record<string, number>
  /** What has changed in the network and in what learns beside it. */
  protected abstract saveLearning(): SavedState
  /** @throws {z.ZodError | RangeError} when it is not of such a network */
  protected abstract restoreLearning(saved: SavedState): void

  /**
   * @throws {Cancelled} when it was called off
   * @throws {NonFinite} when the network no longer holds numbers
   * @throws {SpiketuneError} encoding-unsuitable when no sample had input
   */
  async run(): Promise<TrainingResult> {
    const last = (this.#ended ??= await this.#trainEpochs())
    const samplesPlanned = this.#learning.epochs * this.trainSamples
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

  /** All that `run` has changed; at a safe point, or after it has ended. */
  save(): SavedTraining {
    const { tensors, values } = this.saveLearning()
    const saved: z.input<typeof savedSchema> = {
      next: this.#next,
      trained: this.#trained,
      watch: this.#watch.save(),
      empty: this.#input.save(),
      intervals: this.#intervals,
      correct: this.#correct.save(),
      spikes: this.#spikes.save(),
      totals: this.#totals.save(),
      ended: this.#ended,
      learning: values,
    }
    return {
      tensors: tensorsUnder('learning', tensors),
      values: saved,
      samplesDone: this.#trained,
      samplesPlanned: this.#learning.epochs * this.trainSamples,
    }
  }

  /**
   * `run` goes on from there, and comes to the same as if it had never ended.
   * @throws {z.ZodError | RangeError} when it is not of such a training; this one is of no use then
   */
  restore({ tensors, values }: SavedState): void {
    const saved = savedSchema.parse(values)
    this.restoreLearning({ tensors: tensorsOf('learning', tensors), values: saved.learning })
    this.#next = saved.next
    this.#trained = saved.trained
    this.#watch.restore(saved.watch)
    this.#input.restore(saved.empty)
    this.#intervals = saved.intervals
    this.#correct.restore(saved.correct)
    this.#spikes.restore(saved.spikes)
    this.#totals.restore(saved.totals)
    this.#ended = saved.ended
  }

  get judgedAccuracies(): readonly (number | null)[] {
    return epochAccuracies(this.#intervals, true).slice(0, this.#watch.epoch)
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

  async #trainEpochs(): Promise<EpochResult> {
    const { epochs } = this.#learning
    let last = await this.#trainEpoch()
    while (last.stop === null && this.#watch.epoch < epochs - 1) {
      const pruned = await judgeEpoch(this.#common.judge, this.#intervals)
      if (pruned !== null) return { ...last, stop: pruned }
      this.#watch.nextEpoch()
      this.#next = 0
      last = await this.#trainEpoch()
    }
    return last
  }

  async #trainEpoch(): Promise<EpochResult> {
    const { training, seed, shown, safePoint } = this.#common
    const { batchSize, layers } = this.#learning
    const { epoch } = this.#watch
    const order = shuffled(training.indices, createGenerator(deriveSeed(seed, 'order', epoch)))
    if (this.#next === 0) this.#totals = new SpikeTotals(layers)
    let stop: TrialStop | null = null
    await this.#turn()
    for (let from = this.#next; from < order.length; from += batchSize) {
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
      this.#next = from + batchSize
      if (safePoint?.isDue()) await safePoint.reach()
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
