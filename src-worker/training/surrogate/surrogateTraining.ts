import { z } from 'zod'
import { evaluateLoss } from '../../../src-core/layered/losses.ts'
import { learningRateFactor } from '../../../src-core/layered/schedule.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import type { SurrogateGradientTraining } from '../../../src-core/study/trainingSchema.ts'
import type { SavedState } from '../../checkpoint/savedState.ts'
import { type Batch, type EpochSetup, EpochTraining } from '../epochTraining.ts'
import { NonFinite } from '../failure.ts'
import type { SurrogateHyperparameters } from './hyperparameters.ts'
import type { LayeredSubject } from './layeredSubject.ts'
import { answersOf, shownLayers } from './presentation.ts'

interface SurrogateSetup extends EpochSetup, LayeredSubject {
  readonly hyperparameters: SurrogateHyperparameters
  readonly algorithm: SurrogateGradientTraining
}

const savedSchema = z.strictObject({ batchesTrained: z.int().min(0), loss: z.number() })

/**
 * Trains a layered network by surrogate gradients: each batch is shown, compared with its labels and followed by one step
 * of Adam.
 */
export class SurrogateTraining extends EpochTraining {
  readonly #setup: SurrogateSetup
  #batchesTrained = 0
  /** Sum over the samples of the epoch. */
  #loss = 0

  constructor(setup: SurrogateSetup) {
    const { network, encoder, hyperparameters } = setup
    const { epochs, batchSize } = hyperparameters
    super(setup, { epochs, batchSize, layers: shownLayers(network), noInput: encoder.noInput })
    this.#setup = setup
  }

  /** Shows as much of a batch as the network takes at once, until all of it is shown; the gradients add up. */
  protected override async learn({ indices, epoch, from }: Batch): Promise<void> {
    const { network, hyperparameters, algorithm } = this.#setup
    for (let begin = 0; begin < indices.length; begin += network.batchSize) {
      if (begin > 0) await this.turnIfDue()
      this.#showPiece(
        { indices: indices.slice(begin, begin + network.batchSize), epoch, from: from + begin },
        begin > 0,
      )
    }
    network.update({
      learningRate: hyperparameters.learningRate * this.#learningRateFactor(),
      decayLearningRateFactor: hyperparameters.decayLearningRateFactor ?? 1,
      weightDecay: algorithm.optimiser === 'adamw' ? hyperparameters.weightDecay : 0,
      clipNorm: algorithm.clipNorm,
      firstMomentDecay: hyperparameters.firstMomentDecay,
      secondMomentDecay: hyperparameters.secondMomentDecay,
    })
    this.#batchesTrained++
  }

  protected override saveLearning(): SavedState {
    const values: z.input<typeof savedSchema> = { batchesTrained: this.#batchesTrained, loss: this.#loss }
    return { tensors: this.#setup.network.trainingState(), values }
  }

  protected override restoreLearning({ tensors, values }: SavedState): void {
    const { batchesTrained, loss } = savedSchema.parse(values)
    this.#setup.network.restoreTraining(tensors)
    this.#batchesTrained = batchesTrained
    this.#loss = loss
  }

  protected override checkFinite(where: string): void {
    if (!this.#setup.network.isFinite()) throw nonFinite('Weights or decays', where)
  }

  protected override endEpoch(samples: number): { trainLoss: number } {
    const trainLoss = this.#loss / Math.max(1, samples)
    this.#loss = 0
    return { trainLoss }
  }

  /** @param add whether its gradients are added to those of the piece before */
  #showPiece({ indices, epoch, from }: Batch, add: boolean): void {
    const { network, encoder, training, seed, hyperparameters } = this.#setup
    const samples = indices.map((index, place) =>
      encoder.encode(training.part, index, deriveSeed(seed, 'train', epoch, from + place)),
    )
    const labels = indices.map((index) => this.labelOf(index))
    network.forward(samples, deriveSeed(seed, 'dropout', epoch, from))
    const rates = network.outputRates()
    const { value, gradient } = evaluateLoss(hyperparameters.loss, rates, labels, network.plan.classes)
    if (!Number.isFinite(value)) throw nonFinite('The loss', this.where(epoch, from + indices.length))
    this.#loss += value
    for (const [place, { answer, spikesOf }] of answersOf(network, rates).entries()) {
      this.add({ index: indices[place] ?? 0, inputEvents: samples[place]?.steps.length ?? 0, answer, spikesOf })
    }
    network.backward(gradient, hyperparameters.sparsityPenalty, add)
  }

  #learningRateFactor(): number {
    const { algorithm, hyperparameters } = this.#setup
    const batches = hyperparameters.epochs * Math.ceil(this.trainSamples / hyperparameters.batchSize)
    return learningRateFactor(algorithm.schedule, this.#batchesTrained, batches)
  }
}

const nonFinite = (what: string, where: string): NonFinite =>
  new NonFinite(`${what} ceased to be finite ${where}. Try a smaller learningRate, or \`training.clipNorm\`.`)
