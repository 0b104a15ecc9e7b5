import { predictions } from '../../../src-core/layered/losses.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import { silenceRule } from '../../../src-core/stopping/silenceRule.ts'
import { layeredParts } from '../../../src-core/study/studyKinds.ts'
import { AskedSpikes } from '../askedSpikes.ts'
import type { NetworkFile } from '../../networkFile/safetensors.ts'
import type { TrainedState } from '../pacer.ts'
import { testNetwork } from '../testing.ts'
import type { TestResult } from '../testing.ts'
import type { TrainingDevices, TrainingResult, TrialParts, TrialTraining } from '../trialTraining.ts'
import { decodeHyperparameters } from './hyperparameters.ts'
import { createLayeredSubject } from './layeredSubject.ts'
import type { LayeredSubject } from './layeredSubject.ts'
import { LayerTotals } from './layerTotals.ts'
import { describeLayeredNetwork } from './networkFile.ts'
import { SurrogateTraining } from './surrogateTraining.ts'

/** A layered network, trained by surrogate gradients and read out by its rates. */
export class SurrogateTrial implements TrialTraining {
  private readonly parts: TrialParts
  private readonly subject: LayeredSubject
  private readonly training: SurrogateTraining

  /**
   * @param devices whose kernels the network takes: `dispose` ends them
   * @throws {ImpossibleNetwork | OutOfMemory}
   * @throws {SpiketuneError} encoding-unsuitable
   */
  constructor(parts: TrialParts, devices: TrainingDevices) {
    const { request, dataset, split, judge, pacer } = parts
    const hyperparameters = decodeHyperparameters(request.hyperparameters)
    const { batchSize } = hyperparameters
    this.parts = parts
    this.subject = createLayeredSubject(request, dataset, devices)
    this.training = new SurrogateTraining({
      ...this.subject,
      training: split.training,
      hyperparameters,
      algorithm: layeredParts(request.definition).training,
      seed: request.seed,
      silence: silenceRule(request.definition, split.training.indices.length, batchSize),
      judge,
      pacer,
    })
  }

  train(): Promise<TrainingResult> {
    return this.training.run()
  }

  async test(progress: TrainedState): Promise<TestResult> {
    const { network, encoder } = this.subject
    const { request, dataset, split, pacer } = this.parts
    const { part, indices } = split.evaluation
    const totals = new LayerTotals(network)
    const asked = new AskedSpikes(request.definition)
    let operations = 0
    const answer = (from: number, to: number): number[] => {
      const batch = indices
        .slice(from, to)
        .map((index, place) => encoder.encode(part, index, deriveSeed(request.seed, 'test', from + place)))
      network.forward(batch, null)
      totals.add(batch.length)
      for (const place of batch.keys()) {
        asked.add(part.labels[indices[from + place] ?? 0] ?? 0, (layer) => totals.spikesOf(layer, place))
      }
      operations += network.synapticOperations()
      return [...predictions(network.outputRates(), dataset.classes)]
    }
    const { accuracy, confusion } = await testNetwork({
      labels: indices.map((index) => part.labels[index] ?? 0),
      classes: dataset.classes,
      batchSize: network.batchSize,
      answer,
      pacer,
      progress,
    })
    const metrics = {
      accuracy,
      testSamples: indices.length,
      synapticOperationsPerSample: operations / indices.length,
      spikesPerSample: totals.ofNeurons,
      ...totals.perSample('testSpikesPerSample'),
      ...asked.perSample(),
    }
    return { accuracy, confusion, metrics }
  }

  describe(application: string): NetworkFile {
    const { request, dataset } = this.parts
    return describeLayeredNetwork(request, dataset, this.subject.network, this.training.samplesTrained, application)
  }

  dispose(): void {
    this.subject.network.dispose()
  }
}
