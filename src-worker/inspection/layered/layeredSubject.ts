import type {
  InspectedNetwork,
  InspectedSplit,
  InspectedTest,
  InspectedWeights,
  NeuronTrace,
  Projection,
  SampleRecording,
  TracedNeuron,
  TrainingSnapshot,
} from '../../../src-core/contracts/inspection.ts'
import { type InputEvents, sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import { predictions } from '../../../src-core/layered/losses.ts'
import type { NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import type { TrainingDevices } from '../../training/trialTraining.ts'
import type { Pacer } from '../../training/pacer.ts'
import { describeLayeredNetwork } from '../../training/surrogate/networkFile.ts'
import {
  checkProjection,
  inputLayer,
  type InspectedSubject,
  notInNetwork,
  placeOf,
  presentationSeed,
  samplesOf,
  snapshotPlaces,
} from '../inspectedSubject.ts'
import { RateTable } from '../rateTable.ts'
import { viewOf } from '../sampleView.ts'
import { layeredWeights, placesOf, projectionsOf } from './layeredWeights.ts'
import { type LayeredParts, replayLayered } from './retrainLayered.ts'

/** A look into a layered network. */
export class InspectedLayered implements InspectedSubject {
  readonly #parts: LayeredParts
  readonly #devices: TrainingDevices

  /** @param devices for networks that are trained again */
  constructor(parts: LayeredParts, devices: TrainingDevices) {
    this.#parts = parts
    this.#devices = devices
  }

  describe(origin: InspectedNetwork['origin']): InspectedNetwork {
    const { splits, network, encoder, samplesTrained } = this.#parts
    const { plan } = network
    const layers = [{ name: inputLayer, output: plan.input }, ...plan.layers]
    return {
      origin,
      layers: layers.map(({ name, output }) => ({ name, neurons: sizeOf(output), shape: placesOf(output) })),
      projections: projectionsOf(plan),
      outputLayer: this.#outputLayer,
      potentialUnit: null,
      steps: plan.steps,
      dtMs: encoder.dtMs,
      classes: plan.classes,
      samples: samplesOf(splits),
      samplesTrained,
    }
  }

  weights(projection: Projection): InspectedWeights {
    const { network } = this.#parts
    checkProjection(projectionsOf(network.plan), projection)
    return layeredWeights(network.plan, network.parameters(), projection)
  }

  record(split: InspectedSplit, sample: number, traced: readonly TracedNeuron[], place: number): SampleRecording {
    const { splits, network, dataset } = this.#parts
    const { part } = splits[split]
    const index = placeOf(splits, split, sample)
    for (const neuron of traced) this.#checkTraced(neuron)
    const events = this.#show(split, sample)
    const { layers, input, steps } = network.plan
    const records = layers.map(({ name }) => {
      const neurons = [...new Set(traced.filter(({ layer }) => layer === name).map(({ neuron }) => neuron))]
      return { layer: name, neurons, ...network.record(name, 0, neurons) }
    })
    return {
      place,
      split,
      sample,
      label: part.labels[index] ?? 0,
      prediction: this.#answer(),
      view: viewOf(dataset, part, index, () => ({ events, shape: input })),
      steps,
      spikes: [
        { layer: inputLayer, neurons: Uint32Array.from(events.inputs), steps: Uint32Array.from(events.steps) },
        ...records.map(({ layer, spikes }) => ({ layer, ...spikes })),
      ],
      traces: records.flatMap(({ layer, neurons, voltage, threshold }) =>
        neurons.map((neuron, at): NeuronTrace => ({
          layer,
          neuron,
          membranePotential: voltage[at] ?? new Float32Array(),
          threshold: threshold[at] ?? new Float32Array(),
        })),
      ),
    }
  }

  async test(
    split: InspectedSplit,
    limit: number | null,
    shown: (done: number, planned: number) => Promise<void>,
  ): Promise<InspectedTest> {
    const { splits, network } = this.#parts
    const { plan } = network
    const { part, indices } = splits[split]
    const tested = indices.slice(0, limit ?? indices.length)
    const labels = Int16Array.from(tested, (index) => part.labels[index] ?? 0)
    const answers = new Int16Array(tested.length)
    const outputSpikes = new Uint32Array(tested.length)
    const tables = plan.layers.map(({ name, output }) => {
      // Of the layer that is read out by class, of the others together.
      const isOutput = name === this.#outputLayer
      return { name, isOutput, table: new RateTable(isOutput ? plan.classes : 1, sizeOf(output)) }
    })
    await shown(0, tested.length)
    for (const sample of tested.keys()) {
      this.#show(split, sample)
      answers[sample] = this.#answer()
      for (const { name, isOutput, table } of tables) {
        const counts = network.spikesPerNeuron(name)
        table.add(isOutput ? (labels[sample] ?? 0) : 0, counts)
        if (isOutput) outputSpikes[sample] = counts.reduce((sum, count) => sum + count, 0)
      }
      await shown(sample + 1, tested.length)
    }
    const correct = answers.reduce((sum, answer, sample) => sum + Number(answer === labels[sample]), 0)
    return {
      split,
      samples: Uint32Array.from(tested.keys()),
      labels,
      predictions: answers,
      outputSpikes,
      ratesByClass: tables.find(({ isOutput }) => isOutput)?.table.means() ?? new Float32Array(),
      rates: tables.map(({ name, table }) => ({ layer: name, values: table.overall() })),
      accuracy: correct / Math.max(1, tested.length),
    }
  }

  replay(
    snapshots: number,
    projection: Projection,
    pacer: Pacer,
    take: (snapshot: TrainingSnapshot) => void,
  ): Promise<void> {
    const { request, dataset, splits, network, samplesTrained } = this.#parts
    checkProjection(projectionsOf(network.plan), projection)
    const retraining = { request, dataset, splits, devices: this.#devices, pacer }
    return replayLayered(retraining, snapshotPlaces(snapshots, samplesTrained), projection, take)
  }

  file(application: string): NetworkFile {
    return describeLayeredNetwork(this.#parts, application)
  }

  get #outputLayer(): string {
    return this.#parts.network.plan.layers.at(-1)?.name ?? ''
  }

  #show(split: InspectedSplit, sample: number): InputEvents {
    const { request, splits, network, encoder } = this.#parts
    const index = placeOf(splits, split, sample)
    const events = encoder.encode(splits[split].part, index, presentationSeed(request, sample))
    network.forward([events], null)
    return events
  }

  #answer(): number {
    const { network } = this.#parts
    return predictions(network.outputRates(), network.plan.classes)[0] ?? 0
  }

  #checkTraced({ layer, neuron }: TracedNeuron): void {
    const { layers } = this.#parts.network.plan
    if (layer === inputLayer) {
      throw notInNetwork('Inputs have no membrane potential: trace neurons of another layer.')
    }
    const found = layers.find(({ name }) => name === layer)
    if (found === undefined) throw notInNetwork(`There is no layer "${layer}".`)
    const neurons = sizeOf(found.output)
    if (neuron >= neurons) throw notInNetwork(`The layer ${layer} has no neuron ${neuron}: it has ${neurons}.`)
  }
}
