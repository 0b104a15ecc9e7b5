import { evaluateLoss, predictions } from '../../../src-core/layered/losses.ts'
import { learningRateFactor } from '../../../src-core/layered/schedule.ts'
import { createGenerator, shuffled } from '../../../src-core/random/generator.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import type { Seed } from '../../../src-core/random/seed.ts'
import type { SilenceRule } from '../../../src-core/stopping/silenceRule.ts'
import type { SurrogateGradientTraining } from '../../../src-core/study/trainingSchema.ts'
import type { IntervalReport, TrialStop } from '../../../src-core/trial/measurement.ts'
import type { SampleSelection } from '../../datasets/splitDataset.ts'
import { CorrectCount } from '../correctCount.ts'
import { NonFinite } from '../failure.ts'
import { InputWatch } from '../inputWatch.ts'
import type { JudgeEpoch } from '../judgeEpoch.ts'
import { judgeEpoch } from '../judgeEpoch.ts'
import type { Pacer } from '../pacer.ts'
import { SilenceWatch } from '../silenceWatch.ts'
import type { TrainingResult } from '../trialTraining.ts'
import type { SurrogateHyperparameters } from './hyperparameters.ts'
import type { LayeredSubject } from './layeredSubject.ts'
import { LayerTotals } from './layerTotals.ts'

export interface SurrogateSetup extends LayeredSubject {
  readonly training: SampleSelection
  readonly hyperparameters: SurrogateHyperparameters
  readonly algorithm: SurrogateGradientTraining
  readonly seed: Seed
  /** For epochs of as many samples as there are to train on, in batches. */
  readonly silence: SilenceRule
  readonly judge: JudgeEpoch
  readonly pacer: Pacer
  /** Told after every batch, with the predictions before the update. */
  readonly shown?: (predictions: readonly number[], labels: readonly number[]) => void
}

/**
 * Trains a layered network by surrogate gradients: batches of the training samples in another order in every epoch, each
 * shown, compared with its labels and followed by one step of Adam, until silence stops it or it is pruned.
 */
export class SurrogateTraining {
  private readonly setup: SurrogateSetup
  private readonly watch: SilenceWatch
  private readonly input: InputWatch
  private readonly intervals: IntervalReport[] = []
  private readonly correct = new CorrectCount()
  private batchesTrained = 0
  private trained = 0

  constructor(setup: SurrogateSetup) {
    this.setup = setup
    this.watch = new SilenceWatch(setup.silence)
    this.input = new InputWatch((indices) => setup.encoder.noInput(setup.training.part, indices))
  }

  /**
   * @throws {Cancelled} when it was called off
   * @throws {NonFinite} when the loss or the network no longer holds numbers
   * @throws {SpiketuneError} encoding-unsuitable when no sample had input
   */
  async run(): Promise<TrainingResult> {
    const { hyperparameters, judge } = this.setup
    const { epochs } = hyperparameters
    let last = await this.trainEpoch()
    while (last.stop === null && this.watch.epoch < epochs - 1) {
      const pruned = await judgeEpoch(judge, this.intervals)
      if (pruned !== null) {
        last = { ...last, stop: pruned }
        break
      }
      this.watch.nextEpoch()
      last = await this.trainEpoch()
    }
    return {
      stop: last.stop,
      constraints: this.watch.constraints(last.stop),
      intervals: this.intervals,
      spikeCounts: this.watch.spikeCounts,
      samplesTrained: this.trained,
      samplesPlanned: epochs * this.trainSamples,
      metrics: last.metrics,
    }
  }

  /** Between two batches. */
  get samplesTrained(): number {
    return this.trained
  }

  private get trainSamples(): number {
    return this.setup.training.indices.length
  }

  private async trainEpoch(): Promise<EpochResult> {
    const { network, training, seed, hyperparameters, pacer } = this.setup
    const { batchSize } = hyperparameters
    const { epoch } = this.watch
    const order = shuffled(training.indices, createGenerator(deriveSeed(seed, 'order', epoch)))
    const totals = new LayerTotals(network)
    let lossSum = 0
    let stop: TrialStop | null = null
    await this.turn()
    for (let from = 0; from < order.length && stop === null; from += batchSize) {
      const batch = order.slice(from, from + batchSize)
      lossSum += await this.trainBatch(batch, from, totals)
      if (this.watch.isDue) stop = this.look()
      if (pacer.isDue()) await this.turn()
    }
    this.watch.endEpoch()
    const trainLoss = lossSum / Math.max(1, this.watch.sample)
    return {
      stop,
      metrics: { ...totals.perSample('spikesPerSample'), ...this.watch.nonSpikingShares(), trainLoss },
    }
  }

  /** @param from place of the batch in the epoch, samples @returns the loss, its sum over the batch */
  private async trainBatch(batch: readonly number[], from: number, totals: LayerTotals): Promise<number> {
    const { network, training, hyperparameters, algorithm, pacer, shown } = this.setup
    const answers: number[] = []
    let loss = 0
    for (let begin = 0; begin < batch.length; begin += network.batchSize) {
      if (begin > 0 && pacer.isDue()) await this.turn()
      const piece = batch.slice(begin, begin + network.batchSize)
      loss += this.showPiece(piece, from + begin, begin > 0, answers)
      totals.add(piece.length)
      for (const sample of piece.keys()) this.watch.add((layer) => totals.spikesOf(layer, sample))
    }
    network.update({
      learningRate: hyperparameters.learningRate * this.learningRateFactor(),
      decayLearningRateFactor: hyperparameters.decayLearningRateFactor ?? 1,
      weightDecay: algorithm.optimiser === 'adamw' ? hyperparameters.weightDecay : 0,
      clipNorm: algorithm.clipNorm,
      firstMomentDecay: hyperparameters.firstMomentDecay,
      secondMomentDecay: hyperparameters.secondMomentDecay,
    })
    this.batchesTrained++
    this.trained += batch.length
    shown?.(
      answers,
      batch.map((index) => training.part.labels[index] ?? 0),
    )
    return loss
  }

  /** Shows as much of a batch as the network takes at once; its gradients are added to those of the pieces before. */
  private showPiece(piece: readonly number[], from: number, add: boolean, answers: number[]): number {
    const { network, encoder, training, seed, hyperparameters } = this.setup
    const { epoch } = this.watch
    const { part } = training
    const samples = piece.map((index, place) =>
      encoder.encode(part, index, deriveSeed(seed, 'train', epoch, from + place)),
    )
    for (const [place, index] of piece.entries()) this.input.add(index, samples[place]?.steps.length ?? 0)
    const labels = piece.map((index) => part.labels[index] ?? 0)
    network.forward(samples, deriveSeed(seed, 'dropout', epoch, from))
    const rates = network.outputRates()
    const { classes } = network.plan
    const { value, gradient } = evaluateLoss(hyperparameters.loss, rates, labels, classes)
    if (!Number.isFinite(value)) throw this.nonFinite('The loss', this.trained + piece.length)
    const answered = predictions(rates, classes)
    for (const [place, label] of labels.entries()) this.correct.add(answered[place] ?? null, label)
    answers.push(...answered)
    network.backward(gradient, hyperparameters.sparsityPenalty, add)
    return value
  }

  private learningRateFactor(): number {
    const { algorithm, hyperparameters } = this.setup
    const batches = hyperparameters.epochs * Math.ceil(this.trainSamples / hyperparameters.batchSize)
    return learningRateFactor(algorithm.schedule, this.batchesTrained, batches)
  }

  private look(): TrialStop | null {
    const stop = this.watch.look()
    const { epoch, sample, nonSpiking } = this.watch
    this.input.look(stop !== null || sample === this.trainSamples)
    if (!this.setup.network.isFinite()) throw this.nonFinite('Weights or decays', this.trained)
    this.intervals.push({ epoch, sample, trainAccuracy: this.correct.take(), nonSpiking })
    return stop
  }

  private nonFinite(what: string, trained: number): NonFinite {
    const { epoch } = this.watch
    return new NonFinite(
      `${what} ceased to be finite by sample ${trained - epoch * this.trainSamples} of epoch ${epoch + 1}. ` +
        'Try a smaller learningRate, or `training.clipNorm`.',
    )
  }

  private turn(): Promise<void> {
    const { epochs } = this.setup.hyperparameters
    return this.setup.pacer.turn({
      phase: 'training',
      epoch: this.watch.epoch,
      epochs,
      epochSamples: this.trainSamples,
      samplesDone: this.trained,
      samplesPlanned: epochs * this.trainSamples,
      lastInterval: this.intervals.at(-1) ?? null,
    })
  }
}

interface EpochResult {
  readonly stop: TrialStop | null
  readonly metrics: Readonly<Record<string, number>>
}
