/** The Diehl & Cook network in WebAssembly: the same results as src-core/neuron/referenceDiehlCook.ts, fast. */
import { diehlCookConstants } from '../../../src-core/neuron/diehlCookConstants.ts'
import type {
  DiehlCookNetwork,
  InputSpikes,
  PresentationObserver,
  RateEncoding,
  Stimulus,
} from '../../../src-core/neuron/diehlCookNetwork.ts'
import type { DiehlCookParameters, OneSpikeRule } from '../../../src-core/neuron/diehlCookParameters.ts'
import { intervalTables } from '../../../src-core/neuron/encodingTables.ts'
import { ImpossibleNetwork, OutOfMemory } from '../../../src-core/neuron/networkFailure.ts'
import { initialWeights, presentationSeeds } from '../../../src-core/neuron/referenceDiehlCook.ts'
import { checkLength, checkStimulus } from '../../../src-core/neuron/stimulus.ts'
import { instantiateKernel } from './kernel.ts'
import type { StdpKernel } from './kernel.ts'
import { readState } from './observation.ts'

const pageBytes = 65536
const addressableBytes = 2 ** 32
const oneSpikeNumbers: Readonly<Record<OneSpikeRule, number>> = { off: 0, lowestIndex: 1, random: 2 }

/**
 * Creates a network with uniform weights in [0, 1) from `initialWeightsSeed`, thresholds at rest.
 * @param kernel the compiled kernel `stdp` or its bytes
 * @throws {ImpossibleNetwork} when no network can have these parameters, or it would not fit 4 GiB
 * @throws {OutOfMemory} when this machine refuses the memory
 * @throws {RangeError} when the encoding has no whole number of steps from 1, or no rate of 0 Hz or more
 */
export function createDiehlCookNetwork(
  kernel: WebAssembly.Module | BufferSource,
  parameters: DiehlCookParameters,
  encoding: RateEncoding,
  initialWeightsSeed: number,
): DiehlCookNetwork {
  const constants = diehlCookConstants(parameters)
  const tables = intervalTables(encoding, parameters.dtMs)
  const instance = instantiateKernel(kernel)
  reserveMemory(instance, parameters, encoding.steps)
  const { excitatory, inhibitory, plasticity } = constants
  instance.setExcitatory(
    excitatory.restMv,
    excitatory.resetMv,
    excitatory.thresholdMv,
    excitatory.refractoryMs,
    excitatory.membraneDecay,
    excitatory.thetaPlusMv,
    excitatory.thetaDecay,
    oneSpikeNumbers[parameters.oneSpike],
  )
  instance.setInhibitory(
    inhibitory.restMv,
    inhibitory.resetMv,
    inhibitory.thresholdMv,
    inhibitory.refractoryMs,
    inhibitory.membraneDecay,
  )
  instance.setSynapses(
    excitatory.dtMs,
    constants.strengthExcitatory,
    constants.strengthInhibitory,
    plasticity.weightMinimum,
    plasticity.weightMaximum,
    constants.weightNorm,
  )
  new Uint32Array(instance.memory.buffer, instance.cumulative.value).set(tables.cumulative)
  new Uint8Array(instance.memory.buffer, instance.audible.value).set(tables.audible)
  instance.prepare(constants.traceDecay, plasticity.learningRatePre, plasticity.learningRatePost)
  const network = new KernelNetwork(instance, parameters, encoding.steps)
  network.setWeights(initialWeights(parameters.inputSize, parameters.neurons, initialWeightsSeed))
  return network
}

function reserveMemory(kernel: StdpKernel, { inputSize, neurons }: DiehlCookParameters, steps: number): void {
  const bytes = Math.max(inputSize, neurons, steps) < 2 ** 30 ? kernel.layOut(inputSize, neurons, steps) : Infinity
  const description = `${neurons} neurons, ${inputSize} inputs and ${steps} steps`
  if (bytes > addressableBytes) {
    throw new ImpossibleNetwork(`${description} need more than the 4 GiB that a network may take`)
  }
  try {
    kernel.memory.grow(Math.max(0, Math.ceil((bytes - kernel.memory.buffer.byteLength) / pageBytes)))
  } catch (cause) {
    throw new OutOfMemory(`this machine has no ${Math.ceil(bytes / 2 ** 20)} MiB for ${description}`, { cause })
  }
}

class KernelNetwork implements DiehlCookNetwork {
  readonly inputSize: number
  readonly neurons: number
  readonly excitatoryCounts: Uint32Array
  readonly spikeNeurons: Uint32Array
  readonly spikeSteps: Uint32Array
  readonly steps: number
  private readonly image: Uint8Array
  private readonly kernel: StdpKernel
  private readonly parameters: DiehlCookParameters

  constructor(kernel: StdpKernel, parameters: DiehlCookParameters, steps: number) {
    const { inputSize, neurons } = parameters
    const { buffer } = kernel.memory
    this.kernel = kernel
    this.parameters = parameters
    this.steps = steps
    this.inputSize = inputSize
    this.neurons = neurons
    this.excitatoryCounts = new Uint32Array(buffer, kernel.excitatoryCounts.value, neurons)
    this.spikeNeurons = new Uint32Array(buffer, kernel.spikeNeurons.value, neurons * steps)
    this.spikeSteps = new Uint32Array(buffer, kernel.spikeSteps.value, neurons * steps)
    this.image = new Uint8Array(buffer, kernel.image.value, inputSize)
  }

  get inputSpikeTotal(): number {
    return this.kernel.inputSpikeTotal()
  }
  get excitatorySpikeTotal(): number {
    return this.kernel.excitatorySpikeTotal.value
  }
  get inhibitorySpikeTotal(): number {
    return this.kernel.inhibitorySpikeTotal.value
  }

  present(image: Uint8Array, sampleSeed: number, learning: boolean): void {
    checkLength('image', image, this.inputSize)
    const seeds = presentationSeeds(sampleSeed)
    this.image.set(image)
    this.kernel.present(...seeds.encoding, ...seeds.oneSpike, Number(learning))
  }

  presentSpikes(spikes: InputSpikes, sampleSeed: number, learning: boolean): void {
    const steps = this.stimulate({ kind: 'spikes', spikes }, sampleSeed)
    this.begin(sampleSeed, learning)
    this.kernel.run(steps)
    this.kernel.normalise()
  }

  presentObserved(stimulus: Stimulus, sampleSeed: number, learning: boolean, observer: PresentationObserver): void {
    const steps = this.stimulate(stimulus, sampleSeed)
    this.begin(sampleSeed, learning)
    for (let step = 0; step < steps; step++) {
      this.kernel.step()
      observer.step?.(readState(this.kernel, this.parameters, step))
    }
    observer.beforeNormalisation?.(this.weights())
    this.kernel.normalise()
  }

  weights(): Float32Array {
    const weights = new Float32Array(this.inputSize * this.neurons)
    this.rows().forEach((row, input) => weights.set(row, input * this.neurons))
    return weights
  }

  theta(): Float32Array {
    return this.thetaView().slice()
  }

  setWeights(weights: Float32Array, normalised = false): void {
    checkLength('weights', weights, this.inputSize * this.neurons)
    this.rows().forEach((row, input) => {
      row.set(weights.subarray(input * this.neurons, (input + 1) * this.neurons))
    })
    new Uint8Array(this.kernel.memory.buffer, this.kernel.unnormalised.value, this.neurons).fill(normalised ? 0 : 1)
    this.kernel.findOutside()
  }

  setTheta(theta: Float32Array): void {
    checkLength('theta', theta, this.neurons)
    this.thetaView().set(theta)
  }

  isFinite(): boolean {
    return this.kernel.allFinite() !== 0
  }

  private begin(sampleSeed: number, learning: boolean): void {
    this.kernel.begin(...presentationSeeds(sampleSeed).oneSpike, Number(learning))
  }

  /** Puts the input spikes of a stimulus into place; returns its steps. */
  private stimulate(stimulus: Stimulus, sampleSeed: number): number {
    checkStimulus(stimulus, this.inputSize, this.steps)
    if (stimulus.kind === 'image') {
      this.image.set(stimulus.image)
      this.kernel.encode(...presentationSeeds(sampleSeed).encoding)
      return this.steps
    }
    const { buffer } = this.kernel.memory
    const { inputSpikes, inputRowBytes, inputSpikeCounts } = this.kernel
    this.kernel.clearInputSpikes()
    const counts = new Uint32Array(buffer, inputSpikeCounts.value, this.steps)
    stimulus.spikes.forEach((inputs, step) => {
      new Uint32Array(buffer, inputSpikes.value + step * inputRowBytes.value, this.inputSize).set(inputs)
      counts[step] = inputs.length
    })
    return stimulus.spikes.length
  }

  private thetaView(): Float32Array {
    return new Float32Array(this.kernel.memory.buffer, this.kernel.theta.value, this.neurons)
  }

  private rows(): Float32Array[] {
    const { weights, weightRowBytes, memory } = this.kernel
    return Array.from(
      { length: this.inputSize },
      (_, input) => new Float32Array(memory.buffer, weights.value + input * weightRowBytes.value, this.neurons),
    )
  }
}
