import type { DiehlCookNetwork } from '../../src-core/neuron/diehlCookNetwork.ts'
import { createGenerator, shuffled } from '../../src-core/random/generator.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import type { Seed } from '../../src-core/random/seed.ts'
import {
  constraintValues,
  initialSilence,
  look,
  nextEpoch,
  observe,
  samplesToNextLook,
} from '../../src-core/stopping/silenceRule.ts'
import type { SilenceRule, SilenceState } from '../../src-core/stopping/silenceRule.ts'
import type { ConstraintValue, IntervalReport, SilenceStop, SpikeCounts } from '../../src-core/trial/measurement.ts'
import { imageAt } from '../datasets/loadDataset.ts'
import type { ImageSelection } from '../datasets/splitDataset.ts'
import type { Decoder } from '../decoders/decoder.ts'
import type { TrainingState } from './describeNetwork.ts'
import { NonFinite } from './failure.ts'
import { LabelSchedule } from './labelSchedule.ts'
import type { Pacer } from './pacer.ts'
import { SpikeTotals, layerMetric, spikeTrainOf, spikesOfLayer } from './presentation.ts'
import { SpikeRecord } from './spikeRecord.ts'

export interface TrainingSetup {
  readonly network: DiehlCookNetwork
  readonly decoder: Decoder
  readonly training: ImageSelection
  readonly epochs: number
  readonly seed: Seed
  readonly updateInterval: number
  /** For epochs of as many samples as there are training images. */
  readonly silence: SilenceRule
  readonly pacer: Pacer
  /** Told after every sample, with the prediction by the labels of before; null before the first. */
  readonly shown?: (prediction: number | null, label: number) => void
}

/** What training came to, apart from the network and the decoder, which it changed. */
export interface TrainingResult {
  /** Null when all epochs were trained. */
  readonly stop: SilenceStop | null
  readonly constraints: readonly ConstraintValue[]
  readonly intervals: IntervalReport[]
  readonly spikeCounts: SpikeCounts[]
  readonly samplesTrained: number
  readonly samplesPlanned: number
  /** Of the last epoch: spikesPerSample<Layer>, nonSpikingShare<Layer>, silentNeurons. */
  readonly metrics: Readonly<Record<string, number>>
}

/** Trains one network by showing it the training images, in another order in every epoch, until silence stops it. */
export class StdpTraining {
  private readonly setup: TrainingSetup
  private readonly labels: LabelSchedule
  private silence: SilenceState
  private readonly intervals: IntervalReport[] = []
  private readonly spikeCounts: SpikeCounts[] = []
  private readonly correct = new CorrectCount()
  private samplesTrained = 0

  constructor(setup: TrainingSetup) {
    this.setup = setup
    this.labels = new LabelSchedule(setup.decoder, setup.updateInterval, this.trainSamples)
    this.silence = initialSilence(setup.silence)
  }

  /**
   * @throws {Cancelled} when it was called off
   * @throws {NonFinite} when the network no longer holds numbers
   */
  async run(): Promise<TrainingResult> {
    const { epochs, silence } = this.setup
    let last = await this.trainEpoch()
    while (last.stop === null && this.silence.epoch < epochs - 1) {
      this.silence = nextEpoch(silence, this.silence)
      last = await this.trainEpoch()
    }
    this.labels.endTraining()
    return {
      stop: last.stop,
      constraints: constraintValues(silence, this.silence, last.stop),
      intervals: this.intervals,
      spikeCounts: this.spikeCounts,
      samplesTrained: this.samplesTrained,
      samplesPlanned: epochs * this.trainSamples,
      metrics: last.metrics,
    }
  }

  /** How far it has come; between two samples. */
  get state(): TrainingState {
    return { samplesTrained: this.samplesTrained, decoderHasLearned: this.labels.hasLearned }
  }

  private get trainSamples(): number {
    return this.setup.training.indices.length
  }

  private async trainEpoch(): Promise<EpochResult> {
    const { network, training, seed, silence, pacer } = this.setup
    const { epoch } = this.silence
    const order = shuffled(training.indices, createGenerator(deriveSeed(seed, 'order', epoch)))
    const record = new SpikeRecord(
      silence.layers.map(({ layer }) => layer),
      this.trainSamples,
    )
    const totals = new SpikeTotals(network.neurons)
    let untilLook = samplesToNextLook(silence, this.silence)
    let stop: SilenceStop | null = null
    await this.turn()
    for (const [sample, index] of order.entries()) {
      network.present(imageAt(training.part, index), deriveSeed(seed, 'train', epoch, sample), true)
      this.samplesTrained++
      this.learnLabels(training.part.labels[index] ?? 0)
      record.add((layer) => spikesOfLayer(network, layer))
      totals.add(network)
      untilLook--
      if (untilLook === 0) {
        stop = this.look(record)
        if (stop !== null) break
        untilLook = samplesToNextLook(silence, this.silence)
      }
      if (pacer.isDue()) await this.turn()
    }
    this.labels.endEpoch()
    this.spikeCounts.push(...record.deflated(epoch))
    const { silentNeurons } = totals
    return { stop, metrics: { ...totals.perSample('spikesPerSample'), ...this.nonSpikingShares(), silentNeurons } }
  }

  private learnLabels(label: number): void {
    const spikes = spikeTrainOf(this.setup.network)
    const prediction = this.labels.predict(spikes)
    this.correct.add(prediction, label)
    this.labels.observe(spikes, label)
    this.setup.shown?.(prediction, label)
  }

  private look(record: SpikeRecord): SilenceStop | null {
    const { network, silence } = this.setup
    const samples = samplesToNextLook(silence, this.silence)
    this.silence = observe(silence, this.silence, record.sinceLast(), samples)
    const { epoch, sample, nonSpiking } = this.silence
    if (!network.isFinite()) {
      const where = `by sample ${sample} of epoch ${epoch + 1}`
      throw new NonFinite(`Weights, thresholds or potentials ceased to be finite numbers ${where}.`)
    }
    this.intervals.push({ epoch, sample, trainAccuracy: this.correct.take(), nonSpiking: [...nonSpiking] })
    const looked = look(silence, this.silence)
    return looked.kind === 'stop' ? looked.stop : null
  }

  /** nonSpikingShare<Layer>: of the samples of this epoch shown so far. */
  private nonSpikingShares(): Record<string, number> {
    const { sample, nonSpiking } = this.silence
    const shares = this.setup.silence.layers.map(({ layer }, index) => [
      layerMetric('nonSpikingShare', layer),
      (nonSpiking[index] ?? 0) / sample,
    ])
    return Object.fromEntries(shares) as Record<string, number>
  }

  private turn(): Promise<void> {
    return this.setup.pacer.turn({
      phase: 'training',
      epoch: this.silence.epoch,
      epochs: this.setup.epochs,
      samplesDone: this.samplesTrained,
      samplesPlanned: this.setup.epochs * this.trainSamples,
      lastInterval: this.intervals.at(-1) ?? null,
    })
  }
}

interface EpochResult {
  readonly stop: SilenceStop | null
  readonly metrics: Readonly<Record<string, number>>
}

/** How often predictions were right, of those that there were. */
export class CorrectCount {
  private predicted = 0
  private correct = 0

  add(prediction: number | null, label: number): void {
    if (prediction === null) return
    this.predicted++
    this.correct += Number(prediction === label)
  }

  /** The accuracy since the last time; null without predictions. */
  take(): number | null {
    const accuracy = this.predicted === 0 ? null : this.correct / this.predicted
    this.predicted = 0
    this.correct = 0
    return accuracy
  }
}
