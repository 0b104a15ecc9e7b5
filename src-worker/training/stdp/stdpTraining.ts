import { z } from 'zod'
import type { DiehlCookNetwork } from '../../../src-core/diehlCook/diehlCookNetwork.ts'
import { takeTensor } from '../../../src-core/networkFile/takeTensor.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import { type SavedState, tensorsOf, tensorsUnder } from '../../checkpoint/savedState.ts'
import type { Decoder } from '../../decoders/decoder.ts'
import { type Batch, type EpochSetup, EpochTraining } from '../epochTraining.ts'
import { NonFinite } from '../failure.ts'
import type { TrainingState } from './describeNetwork.ts'
import { LabelSchedule, labelScheduleSchema } from './labelSchedule.ts'
import { show, shownLayers, spikesIn, spikeTrainOf } from './presentation.ts'
import type { SampleStimuli } from './sampleStimuli.ts'

interface TrainingSetup extends EpochSetup, Pick<SampleStimuli, 'stimulusOf' | 'noInput'> {
  readonly network: DiehlCookNetwork
  readonly decoder: Decoder
  readonly epochs: number
  readonly updateInterval: number
}

const savedSchema = z.strictObject({
  labels: labelScheduleSchema,
  /** Neurons that have spiked in this epoch. */
  hasSpiked: z.array(z.int().min(0)),
})

/** Trains a Diehl & Cook network by showing it one sample after the other. */
export class StdpTraining extends EpochTraining {
  readonly #setup: TrainingSetup
  readonly #labels: LabelSchedule
  /** Of the epoch. */
  readonly #hasSpiked: Uint8Array

  constructor(setup: TrainingSetup) {
    super(setup, { epochs: setup.epochs, batchSize: 1, layers: shownLayers, noInput: setup.noInput })
    this.#setup = setup
    this.#labels = new LabelSchedule(setup.decoder, setup.updateInterval, this.trainSamples)
    this.#hasSpiked = new Uint8Array(setup.network.neurons)
  }

  override async run(): ReturnType<EpochTraining['run']> {
    const result = await super.run()
    this.#labels.endTraining()
    return result
  }

  /** How far it has come; between two samples. */
  get state(): TrainingState {
    return { samplesTrained: this.samplesTrained, decoderHasLearned: this.#labels.hasLearned }
  }

  protected override learn({ indices, epoch, from }: Batch): Promise<void> {
    const { network, training, seed, stimulusOf } = this.#setup
    for (const [place, index] of indices.entries()) {
      const sampleSeed = deriveSeed(seed, 'train', epoch, from + place)
      show(network, stimulusOf(training.part, index, sampleSeed), sampleSeed, true)
      const spikes = spikeTrainOf(network)
      const answer = this.#labels.predict(spikes)
      this.#labels.observe(spikes, this.labelOf(index))
      for (const neuron of spikes.neurons) this.#hasSpiked[neuron] = 1
      this.add({ index, inputEvents: network.inputSpikeTotal, answer, spikesOf: (layer) => spikesIn(network, layer) })
    }
    return Promise.resolve()
  }

  protected override saveLearning(): SavedState {
    const { network, decoder } = this.#setup
    const { inputSize, neurons } = network
    const values: z.input<typeof savedSchema> = {
      labels: this.#labels.save(),
      hasSpiked: [...this.#hasSpiked.keys()].filter((neuron) => this.#hasSpiked[neuron] === 1),
    }
    return {
      tensors: {
        weights: { shape: [inputSize, neurons], values: network.weights() },
        theta: { shape: [neurons], values: network.theta() },
        ...tensorsUnder('decoder', { ...decoder.tensors(), ...decoder.pending() }),
      },
      values,
    }
  }

  protected override restoreLearning({ tensors, values }: SavedState): void {
    const { network, decoder } = this.#setup
    const { inputSize, neurons } = network
    const { labels, hasSpiked } = savedSchema.parse(values)
    // Every sample ends with normalised weights.
    network.setWeights(takeTensor(tensors, 'weights', [Float32Array], [inputSize, neurons]), true)
    network.setTheta(takeTensor(tensors, 'theta', [Float32Array], [neurons]))
    const ofDecoder = tensorsOf('decoder', tensors)
    decoder.restore(ofDecoder)
    decoder.restorePending(ofDecoder)
    this.#labels.restore(labels)
    for (const neuron of hasSpiked) this.#hasSpiked[neuron] = 1
  }

  protected override checkFinite(where: string): void {
    if (this.#setup.network.isFinite()) return
    throw new NonFinite(`Weights, thresholds or potentials ceased to be finite numbers ${where}.`)
  }

  protected override endEpoch(): { silentNeurons: number } {
    this.#labels.endEpoch()
    const silentNeurons = this.#hasSpiked.filter((spiked) => spiked === 0).length
    this.#hasSpiked.fill(0)
    return { silentNeurons }
  }
}
