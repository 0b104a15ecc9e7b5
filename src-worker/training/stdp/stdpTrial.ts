import { deriveSeed } from '../../../src-core/random/seed.ts'
import { silenceRule } from '../../../src-core/stopping/silenceRule.ts'
import { diehlCookParts } from '../../../src-core/study/studyKinds.ts'
import type { NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import type { SavedState, SavedTraining } from '../../checkpoint/savedState.ts'
import type { TrainedState } from '../pacer.ts'
import { testNetwork, type TestResult } from '../testing.ts'
import type { TrainingResult, TrialParts, TrialTraining } from '../trialTraining.ts'
import { describeNetwork } from './describeNetwork.ts'
import { decodeHyperparameters } from './hyperparameters.ts'
import { show, shownLayers, spikesIn, spikeTrainOf } from './presentation.ts'
import { StdpTraining } from './stdpTraining.ts'
import { createTrialSubject, type TrialSubject } from './trialSubject.ts'

/** A Diehl & Cook network, trained by STDP and read out by its decoder. */
export class StdpTrial implements TrialTraining {
  readonly #parts: TrialParts
  readonly #subject: TrialSubject
  readonly #training: StdpTraining

  /**
   * @throws {ImpossibleNetwork | OutOfMemory}
   * @throws {SpiketuneError} encoding-unsuitable
   */
  constructor(parts: TrialParts, kernel: WebAssembly.Module) {
    const { request, dataset, split, judge, pacer, safePoint } = parts
    const { definition, seed } = request
    const hyperparameters = decodeHyperparameters(request.hyperparameters)
    this.#parts = parts
    this.#subject = createTrialSubject(request, hyperparameters, dataset, kernel)
    this.#training = new StdpTraining({
      ...this.#subject,
      seed,
      judge,
      pacer,
      safePoint,
      training: split.training,
      epochs: hyperparameters.epochs,
      updateInterval: diehlCookParts(definition).training.updateInterval,
      silence: silenceRule(definition, split.training.indices.length),
    })
  }

  train(): Promise<TrainingResult> {
    return this.#training.run()
  }

  test(progress: TrainedState): Promise<TestResult> {
    const { network, decoder, stimulusOf } = this.#subject
    const { request, dataset, split, pacer } = this.#parts
    const { evaluation } = split
    const spikesOf = (layer: string): number => spikesIn(network, layer)
    return testNetwork({
      definition: request.definition,
      evaluation,
      classes: dataset.classes,
      layers: shownLayers,
      batchSize: 1,
      answer: (indices, from) =>
        indices.map((index, place) => {
          const seed = deriveSeed(request.seed, 'test', from + place)
          show(network, stimulusOf(evaluation.part, index, seed), seed, false)
          return { answer: decoder.predict(spikeTrainOf(network)), spikesOf }
        }),
      pacer,
      progress,
    })
  }

  save(): SavedTraining {
    return this.#training.save()
  }

  restore(saved: SavedState): void {
    this.#training.restore(saved)
  }

  get judgedAccuracies(): readonly (number | null)[] {
    return this.#training.judgedAccuracies
  }

  describe(application: string): NetworkFile {
    return describeNetwork({ ...this.#parts, ...this.#subject, state: this.#training.state }, application)
  }

  dispose(): void {
    // Everything is the garbage collector's.
  }
}
