import { deriveSeed } from '../../../src-core/random/seed.ts'
import { silenceRule } from '../../../src-core/stopping/silenceRule.ts'
import { diehlCookParts } from '../../../src-core/study/studyKinds.ts'
import { AskedSpikes } from '../askedSpikes.ts'
import type { NetworkFile } from '../../networkFile/safetensors.ts'
import type { TrainedState } from '../pacer.ts'
import { testNetwork } from '../testing.ts'
import type { TestResult } from '../testing.ts'
import type { TrainingResult, TrialParts, TrialTraining } from '../trialTraining.ts'
import { describeNetwork } from './describeNetwork.ts'
import { decodeHyperparameters } from './hyperparameters.ts'
import { spikesIn, SpikeTotals, show, spikeTrainOf } from './presentation.ts'
import { StdpTraining } from './stdpTraining.ts'
import { createTrialSubject } from './trialSubject.ts'
import type { TrialSubject } from './trialSubject.ts'

/** A Diehl & Cook network, trained by STDP and read out by its decoder. */
export class StdpTrial implements TrialTraining {
  private readonly parts: TrialParts
  private readonly subject: TrialSubject
  private readonly training: StdpTraining

  /**
   * @throws {ImpossibleNetwork | OutOfMemory}
   * @throws {SpiketuneError} encoding-unsuitable
   */
  constructor(parts: TrialParts, kernel: WebAssembly.Module) {
    const { request, dataset, split, judge, pacer } = parts
    const { definition, seed } = request
    const hyperparameters = decodeHyperparameters(request.hyperparameters)
    this.parts = parts
    this.subject = createTrialSubject(request, hyperparameters, dataset, kernel)
    this.training = new StdpTraining({
      ...this.subject,
      seed,
      judge,
      pacer,
      training: split.training,
      epochs: hyperparameters.epochs,
      updateInterval: diehlCookParts(definition).training.updateInterval,
      silence: silenceRule(definition, split.training.indices.length),
    })
  }

  train(): Promise<TrainingResult> {
    return this.training.run()
  }

  async test(progress: TrainedState): Promise<TestResult> {
    const { network, decoder, stimulusOf } = this.subject
    const { request, dataset, split, pacer } = this.parts
    const { part, indices } = split.evaluation
    const totals = new SpikeTotals(network.neurons)
    const asked = new AskedSpikes(request.definition)
    const answer = (sample: number): number => {
      const seed = deriveSeed(request.seed, 'test', sample)
      show(network, stimulusOf(part, indices[sample] ?? 0, seed), seed, false)
      totals.add(network)
      asked.add(part.labels[indices[sample] ?? 0] ?? 0, (layer) => spikesIn(network, layer))
      return decoder.predict(spikeTrainOf(network))
    }
    const { accuracy, confusion } = await testNetwork({
      labels: indices.map((index) => part.labels[index] ?? 0),
      classes: dataset.classes,
      batchSize: 1,
      answer: (sample) => [answer(sample)],
      pacer,
      progress,
    })
    const metrics = {
      accuracy,
      testSamples: indices.length,
      spikesPerSample: totals.ofNeurons,
      ...totals.perSample('testSpikesPerSample'),
      ...asked.perSample(),
    }
    return { accuracy, confusion, metrics }
  }

  describe(application: string): NetworkFile {
    const { network, decoder } = this.subject
    return describeNetwork(this.parts.request, this.parts.dataset, network, decoder, this.training.state, application)
  }

  dispose(): void {
    // Everything is the garbage collector's.
  }
}
