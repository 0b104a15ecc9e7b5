import { deriveSeed } from '../../../src-core/random/seed.ts'
import { silenceRule } from '../../../src-core/stopping/silenceRule.ts'
import { layeredParts } from '../../../src-core/study/studyKinds.ts'
import type { NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import type { SavedState, SavedTraining } from '../../checkpoint/savedState.ts'
import type { TrainedState } from '../pacer.ts'
import { testNetwork, type TestResult } from '../testing.ts'
import type { TrainingDevices, TrainingResult, TrialParts, TrialTraining } from '../trialTraining.ts'
import { decodeHyperparameters } from './hyperparameters.ts'
import { createLayeredSubject, type LayeredSubject } from './layeredSubject.ts'
import { answersOf, shownLayers } from './presentation.ts'
import { describeLayeredNetwork } from './networkFile.ts'
import { SurrogateTraining } from './surrogateTraining.ts'

/** A layered network, trained by surrogate gradients and read out by its rates. */
export class SurrogateTrial implements TrialTraining {
  readonly #parts: TrialParts
  readonly #subject: LayeredSubject
  readonly #training: SurrogateTraining

  /**
   * @param devices whose kernels the network takes: `dispose` ends them
   * @throws {ImpossibleNetwork | OutOfMemory}
   * @throws {SpiketuneError} encoding-unsuitable
   */
  constructor(parts: TrialParts, devices: TrainingDevices) {
    const { request, dataset, split, judge, pacer, safePoint } = parts
    const hyperparameters = decodeHyperparameters(request.hyperparameters)
    this.#parts = parts
    this.#subject = createLayeredSubject(request, dataset, devices)
    this.#training = new SurrogateTraining({
      ...this.#subject,
      training: split.training,
      hyperparameters,
      algorithm: layeredParts(request.definition).training,
      seed: request.seed,
      silence: silenceRule(request.definition, split.training.indices.length, hyperparameters.batchSize),
      judge,
      pacer,
      safePoint,
    })
  }

  train(): Promise<TrainingResult> {
    return this.#training.run()
  }

  test(progress: TrainedState): Promise<TestResult> {
    const { network, encoder } = this.#subject
    const { request, dataset, split, pacer } = this.#parts
    const { evaluation } = split
    let operations = 0
    return testNetwork({
      definition: request.definition,
      evaluation,
      classes: dataset.classes,
      layers: shownLayers(network),
      batchSize: network.batchSize,
      answer: (indices, from) => {
        network.forward(
          indices.map((index, place) =>
            encoder.encode(evaluation.part, index, deriveSeed(request.seed, 'test', from + place)),
          ),
          null,
        )
        operations += network.synapticOperations()
        return answersOf(network, network.outputRates())
      },
      measured: () => ({ synapticOperationsPerSample: operations / evaluation.indices.length }),
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
    const { samplesTrained } = this.#training
    return describeLayeredNetwork({ ...this.#parts, ...this.#subject, samplesTrained }, application)
  }

  dispose(): void {
    this.#subject.network.dispose()
  }
}
