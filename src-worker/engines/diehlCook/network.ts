/** The Diehl & Cook network in WebAssembly: the same results as test/oracles/diehlCook/referenceDiehlCook.ts, fast. */
import {
  checkLength,
  checkStimulus,
  type DiehlCookNetwork,
  initialWeights,
  type PresentationObserver,
  presentationSeeds,
  type RateEncoding,
  type StepState,
  type Stimulus,
} from '../../../src-core/diehlCook/diehlCookNetwork.ts'
import type { DiehlCookParameters } from '../../../src-core/diehlCook/diehlCookParameters.ts'
import type { InputEvents } from '../../../src-core/encoding/inputEvents.ts'
import { configureKernel, withinMemory } from './configuration.ts'
import { instantiateKernel, type StdpKernel } from './kernel.ts'
import { type PresentationRecord, recordSteps, type TracedNeurons } from './recording.ts'

/** Copies the state that the kernel's last step left. */
const readState = (kernel: StdpKernel, { neurons }: DiehlCookParameters, step: number): StepState => {
  const { buffer } = kernel.memory
  const floats = (pointer: number): Float32Array => new Float32Array(buffer, pointer, neurons).slice()
  const inputRow = kernel.inputSpikes.value + step * kernel.inputRowBytes.value
  const inputCount = new Uint32Array(buffer, kernel.inputSpikeCounts.value, step + 1)[step] ?? 0
  const lastSpikes = new Int32Array(buffer, kernel.excitatoryLastSpike.value, neurons)
  const traces = new Float32Array(buffer, kernel.traceAfter.value, step + 1)
  const spikesEnd = kernel.spikeNeurons.value + 4 * kernel.excitatorySpikeTotal.value
  const spikeCount = kernel.excitatorySpikeCount.value
  return {
    step,
    inputSpikes: new Uint32Array(buffer, inputRow, inputCount).slice(),
    excitatoryPotentialMv: floats(kernel.excitatoryPotential.value),
    excitatoryThetaMv: floats(kernel.theta.value),
    excitatoryRefractoryMs: floats(kernel.excitatoryRefractory.value),
    excitatoryTrace: Float32Array.from(lastSpikes, (last) => (last < 0 ? 0 : (traces[step - last] ?? NaN))),
    excitatorySpikes: new Uint32Array(buffer, spikesEnd - 4 * spikeCount, spikeCount).slice(),
    inhibitoryPotentialMv: floats(kernel.inhibitoryPotential.value),
    inhibitoryRefractoryMs: Float32Array.from({ length: neurons }, (_, neuron) =>
      kernel.inhibitoryRefractoryOf(neuron),
    ),
    inhibitorySpikes: new Uint32Array(buffer, kernel.inhibitorySpikes.value, kernel.inhibitorySpikeCount.value)
      .slice()
      .sort(),
  }
}

/**
 * Creates a network with uniform weights in [0, 1) from `initialWeightsSeed`, thresholds at rest.
 * @param kernel the compiled kernel `stdp` or its bytes
 * @throws {ImpossibleNetwork} when no network can have these parameters, or it would not fit 4 GiB
 * @throws {OutOfMemory} when this machine refuses the memory
 * @throws {RangeError} when the encoding has no whole number of steps from 1, or no rate of 0 Hz or more
 */
export const createDiehlCookNetwork = (
  kernel: WebAssembly.Module | BufferSource,
  parameters: DiehlCookParameters,
  encoding: RateEncoding,
  initialWeightsSeed: number,
): KernelNetwork => {
  const instance = instantiateKernel(kernel)
  configureKernel(instance, parameters, encoding)
  const network = new KernelNetwork(instance, parameters, encoding.steps)
  const { inputSize, neurons } = parameters
  network.setWeights(withinMemory('the initial weights', () => initialWeights(inputSize, neurons, initialWeightsSeed)))
  return network
}

/** A configured instance of the kernel as a network. */
export class KernelNetwork implements DiehlCookNetwork {
  readonly inputSize: number
  readonly neurons: number
  readonly excitatoryCounts: Uint32Array
  readonly spikeNeurons: Uint32Array
  readonly spikeSteps: Uint32Array
  readonly steps: number
  readonly #image: Uint8Array
  readonly #kernel: StdpKernel
  readonly #parameters: DiehlCookParameters

  constructor(kernel: StdpKernel, parameters: DiehlCookParameters, steps: number) {
    const { inputSize, neurons } = parameters
    const { buffer } = kernel.memory
    this.#kernel = kernel
    this.#parameters = parameters
    this.steps = steps
    this.inputSize = inputSize
    this.neurons = neurons
    this.excitatoryCounts = new Uint32Array(buffer, kernel.excitatoryCounts.value, neurons)
    this.spikeNeurons = new Uint32Array(buffer, kernel.spikeNeurons.value, neurons * steps)
    this.spikeSteps = new Uint32Array(buffer, kernel.spikeSteps.value, neurons * steps)
    this.#image = new Uint8Array(buffer, kernel.image.value, inputSize)
  }

  get inputSpikeTotal(): number {
    return this.#kernel.inputSpikeTotal()
  }
  get excitatorySpikeTotal(): number {
    return this.#kernel.excitatorySpikeTotal.value
  }
  get inhibitorySpikeTotal(): number {
    return this.#kernel.inhibitorySpikeTotal.value
  }

  present(image: Uint8Array, sampleSeed: number, learning: boolean): void {
    checkLength('image', image, this.inputSize)
    const seeds = presentationSeeds(sampleSeed)
    this.#image.set(image)
    this.#kernel.present(...seeds.encoding, ...seeds.oneSpike, Number(learning))
  }

  presentSpikes(spikes: InputEvents, sampleSeed: number, learning: boolean): void {
    this.#stimulate({ kind: 'spikes', spikes }, sampleSeed)
    this.#begin(sampleSeed, learning)
    this.#kernel.run(this.steps)
    this.#kernel.normalise()
  }

  presentObserved(stimulus: Stimulus, sampleSeed: number, learning: boolean, observer: PresentationObserver): void {
    this.#stimulate(stimulus, sampleSeed)
    this.#begin(sampleSeed, learning)
    for (let step = 0; step < this.steps; step++) {
      this.#kernel.step()
      observer.step?.(readState(this.#kernel, this.#parameters, step))
    }
    observer.beforeNormalisation?.(this.weights())
    this.#kernel.normalise()
  }

  /**
   * Shows a stimulus without learning, and writes down all spikes and the state of the traced neurons.
   * @throws {RangeError} unless the stimulus fits the network
   */
  record(stimulus: Stimulus, sampleSeed: number, traced: TracedNeurons): PresentationRecord {
    this.#stimulate(stimulus, sampleSeed)
    this.#begin(sampleSeed, false)
    const record = recordSteps(this.#kernel, this, traced)
    this.#kernel.normalise()
    return record
  }

  weights(): Float32Array {
    const weights = new Float32Array(this.inputSize * this.neurons)
    this.#rows().forEach((row, input) => weights.set(row, input * this.neurons))
    return weights
  }

  theta(): Float32Array {
    return this.#thetaView().slice()
  }

  setWeights(weights: Float32Array, normalised = false): void {
    checkLength('weights', weights, this.inputSize * this.neurons)
    this.#rows().forEach((row, input) => {
      row.set(weights.subarray(input * this.neurons, (input + 1) * this.neurons))
    })
    new Uint8Array(this.#kernel.memory.buffer, this.#kernel.unnormalised.value, this.neurons).fill(normalised ? 0 : 1)
    this.#kernel.findOutside()
  }

  setTheta(theta: Float32Array): void {
    checkLength('theta', theta, this.neurons)
    this.#thetaView().set(theta)
  }

  isFinite(): boolean {
    return this.#kernel.allFinite() !== 0
  }

  #begin(sampleSeed: number, learning: boolean): void {
    this.#kernel.begin(...presentationSeeds(sampleSeed).oneSpike, Number(learning))
  }

  /** Puts the input spikes of a stimulus into place. */
  #stimulate(stimulus: Stimulus, sampleSeed: number): void {
    checkStimulus(stimulus, this.inputSize, this.steps)
    if (stimulus.kind === 'spikes') {
      this.#placeSpikes(stimulus.spikes)
      return
    }
    this.#image.set(stimulus.image)
    this.#kernel.encode(...presentationSeeds(sampleSeed).encoding)
  }

  /** Copies the inputs of each step into its row. */
  #placeSpikes({ steps, inputs }: InputEvents): void {
    const { inputSpikes, inputRowBytes, inputSpikeCounts, memory } = this.#kernel
    const rowLength = inputRowBytes.value / Uint32Array.BYTES_PER_ELEMENT
    const rows = new Uint32Array(memory.buffer, inputSpikes.value, this.steps * rowLength)
    const counts = new Uint32Array(memory.buffer, inputSpikeCounts.value, this.steps).fill(0)
    for (let from = 0, to = 0; from < steps.length; from = to) {
      const step = steps[from] ?? 0
      while (to < steps.length && steps[to] === step) to++
      rows.set(inputs.subarray(from, to), step * rowLength)
      counts[step] = to - from
    }
  }

  #thetaView(): Float32Array {
    return new Float32Array(this.#kernel.memory.buffer, this.#kernel.theta.value, this.neurons)
  }

  #rows(): Float32Array[] {
    const { weights, weightRowBytes, memory } = this.#kernel
    return Array.from(
      { length: this.inputSize },
      (_, input) => new Float32Array(memory.buffer, weights.value + input * weightRowBytes.value, this.neurons),
    )
  }
}
