/**
 * Layered networks on any kernel set. All blocks are made at the beginning and are of full batches: in a smaller batch the
 * samples that are missing have no input, so without biases no spikes and no part in any gradient.
 */
import { type InputEvents, sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import type { NetworkPlan } from '../../../src-core/layered/networkPlan.ts'
import { takeTensor } from '../../../src-core/networkFile/takeTensor.ts'
import type { Tensors } from '../../../src-core/networkFile/tensor.ts'
import { fanOut } from './fanOut.ts'
import { InputBatch } from './inputBatch.ts'
import type { Block, KernelSet } from './kernelSet.ts'
import type { LayeredNetwork, LayerRecording, UpdateSettings } from './layeredNetwork.ts'
import { recordLayer, spikesOf } from './layerRecording.ts'
import {
  addTo,
  type Learned,
  optimiserState,
  readTensor,
  restoreLearned,
  restoreOptimiser,
  updateAll,
} from './learned.ts'
import { createNetworkLayer, type NetworkLayer } from './networkLayer.ts'
import { checkNetwork } from './networkMemory.ts'

/**
 * Creates a network with weights uniform in +- gain / sqrt(inputs of a neuron) from `seed`, and delays of 0.
 * @param kernels the network's own: `dispose` ends them, and so does an error here
 * @throws {ImpossibleNetwork} when it would need more than 4 GiB, or a threshold is 0
 * @throws {OutOfMemory} when the device refuses the memory
 */
export const createLayeredNetwork = (
  plan: NetworkPlan,
  kernels: KernelSet,
  batchSize: number,
  seed: number,
): LayeredNetwork => {
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new RangeError(`A batch of ${batchSize} samples is none.`)
  try {
    checkNetwork(plan, batchSize)
    return new KernelLayeredNetwork(plan, kernels, batchSize, seed)
  } catch (error) {
    // nobody else would give back what has been allocated by then
    kernels.dispose()
    throw error
  }
}

class KernelLayeredNetwork implements LayeredNetwork {
  readonly plan: NetworkPlan
  readonly batchSize: number
  readonly device: string
  readonly #kernels: KernelSet
  readonly #input: InputBatch
  readonly #layers: readonly NetworkLayer[]
  readonly #last: NetworkLayer
  readonly #learned: readonly Learned[]
  readonly #fanOuts: readonly Float64Array[]
  readonly #rates: Block
  readonly #rateGradient: { readonly block: Block; readonly values: Float32Array }
  #samples = 0
  #steps = 0

  constructor(plan: NetworkPlan, kernels: KernelSet, batchSize: number, seed: number) {
    this.plan = plan
    this.batchSize = batchSize
    this.device = kernels.device
    this.#kernels = kernels
    this.#input = new InputBatch(kernels, plan, batchSize)
    this.#layers = plan.layers.map((layer) => createNetworkLayer(kernels, layer, plan.steps, batchSize, seed))
    const last = this.#layers.at(-1)
    if (last === undefined || last.size.neurons !== plan.classes) {
      throw new RangeError('The last layer of a network has a neuron for each class.')
    }
    this.#last = last
    this.#learned = this.#layers.flatMap(({ learned }) => learned)
    this.#fanOuts = plan.layers.map(fanOut)
    const shape = [batchSize, plan.classes]
    this.#rates = kernels.block(shape)
    this.#rateGradient = { block: kernels.block(shape), values: new Float32Array(batchSize * plan.classes) }
  }

  forward(batch: readonly InputEvents[], dropoutSeed: number | null): void {
    if (batch.length < 1 || batch.length > this.batchSize) {
      throw new RangeError(`A batch has 1 to ${this.batchSize} samples, not ${batch.length}.`)
    }
    this.#input.write(batch)
    this.#samples = batch.length
    for (const [index, layer] of this.#layers.entries()) layer.forward(this.#inputOf(index), dropoutSeed)
    this.#kernels.spikes.rates(this.#last.size, this.#last.output, this.#rates)
  }

  outputRates(): Float32Array {
    return this.#kernels.read(this.#rates).slice(0, this.#samples * this.plan.classes)
  }

  spikesPerSample(layer: string): Float32Array {
    if (layer === 'input') return this.#input.perSample.slice(0, this.#samples)
    const { size, record, spikeValue } = this.#layerOf(layer)
    return counted(this.#kernels.spikes.perSample(size, record.spikes).slice(0, this.#samples), spikeValue)
  }

  spikesPerNeuron(layer: string): Float32Array {
    if (layer === 'input') return this.#input.perInput.slice()
    const { size, record, spikeValue } = this.#layerOf(layer)
    return counted(this.#kernels.spikes.perNeuron(size, record.spikes), spikeValue)
  }

  synapticOperations(): number {
    let operations = 0
    for (const [index, layer] of this.#layers.entries()) {
      const before = this.#layers[index - 1]
      const arrivals =
        before === undefined
          ? this.#input.perInput
          : counted(this.#kernels.spikes.perNeuron(before.size, before.output), before.spikeValue)
      const reached = this.#fanOuts[index]
      for (const [input, spikes] of arrivals.entries()) operations += spikes * (reached?.[input] ?? 0)
      for (const spikes of layer.ownArrivals() ?? []) operations += spikes * layer.size.neurons
    }
    return operations
  }

  backward(rateGradient: Float32Array, sparsity: number, add = false): void {
    if (rateGradient.length !== this.#samples * this.plan.classes) {
      throw new RangeError(`The gradient is that of ${this.#samples} samples and ${this.plan.classes} classes.`)
    }
    const kernels = this.#kernels
    const last = this.#last
    const before = add ? this.#learned.map(({ gradient }) => kernels.read(gradient)) : []
    const { block, values } = this.#rateGradient
    values.fill(0)
    values.set(rateGradient)
    kernels.write(block, values)
    kernels.spikes.rateGradient(last.size, block, last.outputGradient)
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const inputGradient = this.#layers[index - 1]?.outputGradient ?? null
      const layer = this.#layers[index]
      layer?.backward(this.#inputOf(index), inputGradient, layer === last ? 0 : sparsity)
    }
    for (const [index, { gradient }] of this.#learned.entries()) addTo(kernels, gradient, before[index])
  }

  update(settings: UpdateSettings): void {
    this.#steps++
    updateAll(this.#kernels, this.#learned, settings, this.#steps)
  }

  parameters(): Tensors {
    return Object.fromEntries(
      this.#learned.map(({ name, value, unit }) => [name, readTensor(this.#kernels, value, unit)]),
    )
  }

  gradients(): Tensors {
    return Object.fromEntries(this.#learned.map(({ name, gradient }) => [name, readTensor(this.#kernels, gradient, 1)]))
  }

  restore(parameters: Tensors): void {
    const known = new Set(this.#learned.map(({ name }) => name))
    const strange = Object.keys(parameters).find((name) => !known.has(name))
    if (strange !== undefined) throw new RangeError(`The network has no tensor ${strange}.`)
    for (const learned of this.#learned) restoreLearned(this.#kernels, learned, parameters[learned.name])
    this.#steps = 0
  }

  trainingState(): Tensors {
    return {
      ...optimiserState(this.#kernels, this.#learned),
      steps: { shape: [1], values: Int32Array.of(this.#steps) },
    }
  }

  restoreTraining(state: Tensors): void {
    restoreOptimiser(this.#kernels, this.#learned, state)
    this.#steps = takeTensor(state, 'steps', [Int32Array], [1])[0] ?? 0
  }

  isFinite(): boolean {
    return this.#learned.every(({ value }) => this.#kernels.optimiser.isFinite(value))
  }

  record(layer: string, sample: number, traced: readonly number[]): LayerRecording {
    if (!Number.isInteger(sample) || sample < 0 || sample >= this.#samples) {
      throw new RangeError(`The last batch had ${this.#samples} samples.`)
    }
    if (layer !== 'input') {
      const { size, record } = this.#layerOf(layer)
      return recordLayer(this.#kernels, size, record, sample, traced)
    }
    if (traced.length > 0) throw new RangeError('Inputs have no membrane potential.')
    const inputs = sizeOf(this.plan.input)
    const size = { steps: this.plan.steps, batch: this.batchSize, neurons: inputs, channels: inputs }
    return { spikes: spikesOf(this.#kernels, size, this.#input.block, sample), voltage: [], threshold: [] }
  }

  dispose(): void {
    this.#kernels.dispose()
  }

  #inputOf(index: number): Block {
    return this.#layers[index - 1]?.output ?? this.#input.block
  }

  #layerOf(name: string): NetworkLayer {
    const layer = this.#layers.find(({ plan }) => plan.name === name)
    if (layer === undefined) throw new RangeError(`The network has no layer ${name}.`)
    return layer
  }
}

/** How many spikes a sum of them is made of. */
const counted = (sums: Float32Array, spikeValue: number): Float32Array =>
  spikeValue === 1 ? sums : sums.map((sum) => Math.round(sum / spikeValue))
