import type { DiehlCookNetwork } from '../../../src-core/neuron/diehlCookNetwork.ts'
import { createGenerator, shuffled } from '../../../src-core/random/generator.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import type { Seed } from '../../../src-core/random/seed.ts'
import type { SilenceRule } from '../../../src-core/stopping/silenceRule.ts'
import type { IntervalReport, TrialStop } from '../../../src-core/trial/measurement.ts'
import type { SampleSelection } from '../../datasets/splitDataset.ts'
import type { Decoder } from '../../decoders/decoder.ts'
import { CorrectCount } from '../correctCount.ts'
import { NonFinite } from '../failure.ts'
import { InputWatch } from '../inputWatch.ts'
import { judgeEpoch } from '../judgeEpoch.ts'
import type { JudgeEpoch } from '../judgeEpoch.ts'
import type { Pacer } from '../pacer.ts'
import { SilenceWatch } from '../silenceWatch.ts'
import type { TrainingResult } from '../trialTraining.ts'
import type { TrainingState } from './describeNetwork.ts'
import { LabelSchedule } from './labelSchedule.ts'
import { SpikeTotals, show, spikeTrainOf, spikesOfLayer } from './presentation.ts'
import type { SampleStimuli } from './sampleStimuli.ts'

export interface TrainingSetup extends Pick<SampleStimuli, 'stimulusOf' | 'noInput'> {
  readonly network: DiehlCookNetwork
  readonly decoder: Decoder
  readonly training: SampleSelection
  readonly epochs: number
  readonly seed: Seed
  readonly updateInterval: number
  /** For epochs of as many samples as there are training images. */
  readonly silence: SilenceRule
  readonly judge: JudgeEpoch
  readonly pacer: Pacer
  /** Told after every sample, with the prediction by the labels of before; null before the first. */
  readonly shown?: (prediction: number | null, label: number) => void
}

/** Trains one network by showing it the training images, in another order in every epoch, until silence stops it or it is pruned. */
export class StdpTraining {
  private readonly setup: TrainingSetup
  private readonly labels: LabelSchedule
  private readonly watch: SilenceWatch
  private readonly input: InputWatch
  private readonly intervals: IntervalReport[] = []
  private readonly correct = new CorrectCount()
  private samplesTrained = 0

  constructor(setup: TrainingSetup) {
    this.setup = setup
    this.labels = new LabelSchedule(setup.decoder, setup.updateInterval, this.trainSamples)
    this.watch = new SilenceWatch(setup.silence)
    this.input = new InputWatch((indices) => setup.noInput(setup.training.part, indices))
  }

  /**
   * @throws {Cancelled} when it was called off
   * @throws {NonFinite} when the network no longer holds numbers
   * @throws {SpiketuneError} encoding-unsuitable when no sample had input
   */
  async run(): Promise<TrainingResult> {
    const { epochs } = this.setup
    let last = await this.trainEpoch()
    while (last.stop === null && this.watch.epoch < epochs - 1) {
      const pruned = await judgeEpoch(this.setup.judge, this.intervals)
      if (pruned !== null) {
        last = { ...last, stop: pruned }
        break
      }
      this.watch.nextEpoch()
      last = await this.trainEpoch()
    }
    this.labels.endTraining()
    return {
      stop: last.stop,
      constraints: this.watch.constraints(last.stop),
      intervals: this.intervals,
      spikeCounts: this.watch.spikeCounts,
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
    const { network, training, seed, pacer, stimulusOf } = this.setup
    const { epoch } = this.watch
    const order = shuffled(training.indices, createGenerator(deriveSeed(seed, 'order', epoch)))
    const totals = new SpikeTotals(network.neurons)
    let stop: TrialStop | null = null
    await this.turn()
    for (const [sample, index] of order.entries()) {
      const sampleSeed = deriveSeed(seed, 'train', epoch, sample)
      show(network, stimulusOf(training.part, index, sampleSeed), sampleSeed, true)
      this.samplesTrained++
      this.learnLabels(training.part.labels[index] ?? 0)
      this.watch.add((layer) => spikesOfLayer(network, layer))
      totals.add(network)
      this.input.add(index, network.inputSpikeTotal)
      if (this.watch.isDue) stop = this.look()
      if (stop !== null) break
      if (pacer.isDue()) await this.turn()
    }
    this.labels.endEpoch()
    this.watch.endEpoch()
    const { silentNeurons } = totals
    return {
      stop,
      metrics: { ...totals.perSample('spikesPerSample'), ...this.watch.nonSpikingShares(), silentNeurons },
    }
  }

  private learnLabels(label: number): void {
    const spikes = spikeTrainOf(this.setup.network)
    const prediction = this.labels.predict(spikes)
    this.correct.add(prediction, label)
    this.labels.observe(spikes, label)
    this.setup.shown?.(prediction, label)
  }

  private look(): TrialStop | null {
    const stop = this.watch.look()
    const { epoch, sample, nonSpiking } = this.watch
    this.input.look(stop !== null || sample === this.trainSamples)
    if (!this.setup.network.isFinite()) {
      const where = `by sample ${sample} of epoch ${epoch + 1}`
      throw new NonFinite(`Weights, thresholds or potentials ceased to be finite numbers ${where}.`)
    }
    this.intervals.push({ epoch, sample, trainAccuracy: this.correct.take(), nonSpiking })
    return stop
  }

  private turn(): Promise<void> {
    return this.setup.pacer.turn({
      phase: 'training',
      epoch: this.watch.epoch,
      epochs: this.setup.epochs,
      epochSamples: this.trainSamples,
      samplesDone: this.samplesTrained,
      samplesPlanned: this.setup.epochs * this.trainSamples,
      lastInterval: this.intervals.at(-1) ?? null,
    })
  }
}

interface EpochResult {
  readonly stop: TrialStop | null
  readonly metrics: Readonly<Record<string, number>>
}
