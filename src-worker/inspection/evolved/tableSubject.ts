import type {
  InspectedNetwork,
  InspectedSplit,
  InspectedTest,
  InspectedWeights,
  NeuronTrace,
  SampleRecording,
  TracedNeuron,
} from '../../../src-core/contracts/inspection.ts'
import { decodeAnswer, outputsFor } from '../../../src-core/neuroprocessor/decoders.ts'
import { createInputEncoder } from '../../../src-core/neuroprocessor/inputSpikes.ts'
import type { NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import { describeEvolvedNetwork } from '../../training/eons/networkFile.ts'
import { featureRanges, featuresOf } from '../../training/eons/tableProblem.ts'
import { type InspectedSubject, notInNetwork, placeOf, samplesOf, type SubjectParts } from '../inspectedSubject.ts'
import { RateTable } from '../rateTable.ts'
import { viewOf } from '../sampleView.ts'
import { describeRun, evolvedOf, type EvolvedRun, requireNeurons, spikesByLayer } from './evolvedParts.ts'

/** A look into a network that evolved to tell samples apart. */
export class InspectedTableNetwork implements InspectedSubject {
  readonly #parts: SubjectParts
  readonly #run: EvolvedRun
  readonly #encode: ReturnType<typeof createInputEncoder>['encode']

  /** @throws {MalformedNetworkFile} when it is no network of the trial */
  constructor(parts: SubjectParts, run: EvolvedRun) {
    const { neurons, encode } = createInputEncoder(run.encoding, featureRanges(parts.dataset))
    const outputs = outputsFor({ decoder: run.outputDecoder, answers: parts.dataset.classes })
    requireNeurons(run.evolved.network, neurons, outputs)
    this.#parts = parts
    this.#run = run
    this.#encode = encode
  }

  describe(origin: InspectedNetwork['origin']): InspectedNetwork {
    const { dataset, splits } = this.#parts
    return {
      ...describeRun(this.#run),
      origin,
      classes: dataset.classes,
      samples: samplesOf(splits),
      evolved: evolvedOf(this.#run, null),
    }
  }

  weights(): InspectedWeights {
    throw noProjections()
  }

  record(split: InspectedSplit, sample: number, traced: readonly TracedNeuron[], place: number): SampleRecording {
    const { splits, dataset } = this.#parts
    const { layers, neuroprocessor, evolved, encoding, steps } = this.#run
    const { part } = splits[split]
    const index = placeOf(splits, split, sample)
    const places = traced.map((neuron) => this.#placeOf(neuron))
    this.#give(split, sample)
    const run = neuroprocessor.record(encoding.runSteps, places)
    return {
      place,
      split,
      sample,
      label: part.labels[index] ?? 0,
      prediction: this.#answer(),
      view: viewOf(dataset, part, index, () => {
        throw new TypeError('recordings of events have no table of values')
      }),
      steps,
      spikes: spikesByLayer(layers, run),
      traces: traced.map((neuron, at): NeuronTrace => {
        const threshold = evolved.network.neurons[places[at] ?? 0]?.threshold ?? 0
        return {
          ...neuron,
          membranePotential: Float32Array.from(run.charges[at] ?? []),
          threshold: new Float32Array(steps).fill(threshold),
        }
      }),
    }
  }

  async test(
    split: InspectedSplit,
    limit: number | null,
    shown: (done: number, planned: number) => Promise<void>,
  ): Promise<InspectedTest> {
    const { splits, dataset } = this.#parts
    const { layers, neuroprocessor, encoding } = this.#run
    const { part, indices } = splits[split]
    const tested = indices.slice(0, limit ?? indices.length)
    const labels = Int16Array.from(tested, (index) => part.labels[index] ?? 0)
    const predictions = new Int16Array(tested.length)
    const outputSpikes = new Uint32Array(tested.length)
    const byClass = new RateTable(dataset.classes, layers.at(-1)?.places.length ?? 0)
    // The first layer is the input.
    const tables = layers.slice(1).map(({ name, places }) => ({ name, places, table: new RateTable(1, places.length) }))
    await shown(0, tested.length)
    for (const sample of tested.keys()) {
      this.#give(split, sample)
      neuroprocessor.run(encoding.runSteps)
      predictions[sample] = this.#answer()
      const { counts } = neuroprocessor.neuronStates()
      for (const { places, table } of tables)
        table.add(
          0,
          Uint32Array.from(places, (place) => counts[place] ?? 0),
        )
      const ofOutputs = neuroprocessor.outputCounts()
      byClass.add(labels[sample] ?? 0, ofOutputs)
      outputSpikes[sample] = ofOutputs.reduce((sum, count) => sum + count, 0)
      await shown(sample + 1, tested.length)
    }
    const correct = predictions.reduce((sum, answer, sample) => sum + Number(answer === labels[sample]), 0)
    return {
      split,
      samples: Uint32Array.from(tested.keys()),
      labels,
      predictions,
      outputSpikes,
      ratesByClass: byClass.means(),
      rates: tables.map(({ name, table }) => ({ layer: name, values: table.overall() })),
      accuracy: correct / Math.max(1, tested.length),
    }
  }

  replay(): Promise<void> {
    return Promise.reject(noProjections())
  }

  file(application: string): NetworkFile {
    const ranges = featureRanges(this.#parts.dataset)
    return describeEvolvedNetwork({ ...this.#parts, ...this.#run.evolved, ranges }, application)
  }

  /** Gives the processor the input spikes of a sample, and nothing of one before. */
  #give(split: InspectedSplit, sample: number): void {
    const { splits } = this.#parts
    const { neuroprocessor } = this.#run
    const { steps, inputs, values } = this.#encode(featuresOf(splits[split].part, placeOf(splits, split, sample)))
    neuroprocessor.clear()
    for (const [spike, step] of steps.entries()) neuroprocessor.apply(inputs[spike] ?? 0, step, values[spike] ?? 0)
  }

  #answer(): number {
    const { neuroprocessor, outputDecoder: decoder, encoding } = this.#run
    const reading = { decoder, answers: this.#parts.dataset.classes, runSteps: encoding.runSteps }
    return decodeAnswer(reading, { fires: neuroprocessor.outputCounts(), firstSteps: neuroprocessor.outputFirsts() })
  }

  /** @throws {SpiketuneError} not-in-network */
  #placeOf({ layer, neuron }: TracedNeuron): number {
    const found = this.#run.layers.find(({ name }) => name === layer)
    if (found === undefined) throw notInNetwork(`There is no layer "${layer}".`)
    const place = found.places[neuron]
    if (place !== undefined) return place
    throw notInNetwork(`The layer ${layer} has no neuron ${neuron}: it has ${found.places.length}.`)
  }
}

export const noProjections = () =>
  notInNetwork('An evolved network has no layers of weights that learn: its synapses are told with it.')
