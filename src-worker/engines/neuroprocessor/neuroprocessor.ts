/** Networks on a neuromorphic processor, in WebAssembly: the same results as test/oracles/neuroprocessor, fast. */
import { ImpossibleNetwork } from '../../../src-core/diehlCook/networkFailure.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import { networkProblem } from '../../../src-core/neuroprocessor/networkProblem.ts'
import type { ProcessorSettings } from '../../../src-core/neuroprocessor/processor.ts'
import { type InputAmount, inputAmount, isInteger } from './amounts.ts'
import {
  type EncodedSamples,
  type InputSpike,
  prepareSamples,
  type PreparedSamples,
  spikeBytes,
  writeSpike,
} from './encodedSamples.ts'
import { instantiateKernel, type NeuroprocessorKernel } from './kernel.ts'
import { fitsLanes, laneable, laneSamples, laneSpikeBytes, mostLaneSteps, noLanes } from './laneSamples.ts'
import { longestDelay, record, reserveMemory, writeNetwork } from './writeNetwork.ts'

/** What a run came to. */
interface RunTotals {
  readonly spikes: number
  /** Amounts that were added to charges. */
  readonly accumulates: number
}

/** How the last run left the neurons, in the order of the network. */
interface NeuronStates {
  readonly counts: Uint32Array
  /** Steps of the run; -1: no spike. */
  readonly firsts: Int32Array
  readonly lasts: Int32Array
  readonly charges: Float64Array
}

interface RecordedRun extends RunTotals {
  /** All spikes by their step: places of neurons in the network, and steps of the run. */
  readonly spikeNeurons: Uint32Array
  readonly spikeSteps: Uint32Array
  /** [traced neuron]: its charge at the end of each step. */
  readonly charges: readonly Float64Array[]
}

interface SampleResults extends RunTotals {
  /** [sample][output], row by row: spikes, and the step of the first one, -1 where there is none. */
  readonly outputCounts: Uint32Array
  readonly outputFirsts: Int32Array
}

const noSamples: PreparedSamples = { count: 0, offsets: Uint32Array.of(0), spikes: new ArrayBuffer(0), inputs: 0 }

/**
 * A processor, which has one network at a time. Runs go on where the last one ended, until `clear`; input spikes and what is on
 * its way wait for the run that has their step.
 */
export class Neuroprocessor {
  readonly #kernel: NeuroprocessorKernel
  readonly #settings: ProcessorSettings
  readonly #amountOf: InputAmount
  #network: NeuroNetwork | null = null
  #places: ReadonlyMap<number, number> = new Map()
  #samples = noSamples
  #lanes = noLanes
  /** Whether the kernel's memory has the samples. */
  #samplesLie = false
  /** Whether the network can be shown samples eight at a time. */
  #fitsLanes = false
  #waiting: InputSpike[] = []
  #runSpikeCapacity = 256

  /** @param kernel the compiled kernel `neuroprocessor` or its bytes */
  constructor(kernel: WebAssembly.Module | BufferSource, settings: ProcessorSettings) {
    this.#kernel = instantiateKernel(kernel)
    this.#settings = settings
    this.#amountOf = inputAmount(settings)
    this.#kernel.processor.value = settings.type === 'caspian' ? 2 : settings.discrete ? 0 : 1
    if (settings.type === 'caspian') this.#kernel.softReset.value = Number(settings.softReset)
    else {
      this.#kernel.minPotential.value = settings.minPotential
      this.#kernel.fireLikeRavens.value = Number(settings.fireLikeRavens)
    }
  }

  /**
   * Takes a network in place of the one before, without activity. Samples stay.
   * @throws {ImpossibleNetwork} when this processor cannot have it; the network before is gone then too
   * @throws {OutOfMemory}
   */
  load(network: NeuroNetwork): void {
    this.#network = null
    const problem = networkProblem(network, this.#settings)
    if (problem !== undefined) throw new ImpossibleNetwork(problem)
    this.#place(network)
  }

  /** Takes samples for `runSamples` in place of those before, for all networks to come. @throws {RangeError} */
  setSamples(samples: EncodedSamples): void {
    this.#samples = prepareSamples(samples, this.#amountOf, isInteger(this.#settings))
    this.#lanes = laneable(this.#settings) ? laneSamples(this.#samples) : noLanes
    this.#samplesLie = false
    if (this.#network !== null) this.#place(this.#network)
  }

  /** Forgets all activity: charges, what is on its way, input spikes that wait. */
  clear(): void {
    this.#waiting = []
    this.#kernel.clear()
  }

  /**
   * An input spike of the next runs.
   * @param step from the start of the next run
   * @param value from 0 to 1
   * @throws {RangeError}
   */
  apply(input: number, step: number, value: number): void {
    this.applyAmount(input, step, this.#amountOf(value))
  }

  /** The same, by what it adds to the charge. @throws {RangeError} */
  applyAmount(input: number, step: number, amount: number): void {
    const count = this.#loaded.inputs.length
    if (!Number.isInteger(input) || input < 0 || input >= count) {
      throw new RangeError(`there is no input ${input}: the network has ${count}, from 0`)
    }
    if (!Number.isInteger(step) || step < 0) {
      throw new RangeError(`the step of an input spike is a whole number from 0, not ${step}`)
    }
    if (!Number.isFinite(amount)) throw new RangeError(`an input spike cannot add ${amount}`)
    this.#waiting.push({ input, step, amount })
  }

  run(steps: number): RunTotals {
    const until = this.#begin(steps, false)
    this.#kernel.advance(until)
    return this.#finish()
  }

  /** A run as `run`, with all that happens. @param traced places of neurons whose charges are kept */
  record(steps: number, traced: readonly number[]): RecordedRun {
    const missing = traced.find((neuron) => this.#loaded.neurons[neuron] === undefined)
    if (missing !== undefined) throw new RangeError(`the network has no place ${missing} to trace`)
    const until = this.#begin(steps, true)
    const charges = traced.map(() => new Float64Array(until))
    const spikeNeurons: number[] = []
    const spikeSteps: number[] = []
    for (let step = 0; step < until; step++) {
      this.#kernel.advance(step + 1)
      const { buffer } = this.#kernel.memory
      const fired = new Uint32Array(buffer, this.#kernel.firedNow.value >>> 0, this.#kernel.firedCount.value)
      for (const neuron of fired) {
        spikeNeurons.push(neuron)
        spikeSteps.push(step)
      }
      for (const [index, neuron] of traced.entries()) {
        const row = charges[index]
        if (row !== undefined) row[step] = this.#chargeOf(neuron)
      }
    }
    return {
      ...this.#finish(),
      spikeNeurons: Uint32Array.from(spikeNeurons),
      spikeSteps: Uint32Array.from(spikeSteps),
      charges,
    }
  }

  /** Spikes of each output in the last run. */
  outputCounts(): Uint32Array {
    return Uint32Array.from(this.#loaded.outputs, (id) => this.#number(this.#places.get(id) ?? 0, record.count))
  }

  /** Step of the first spike of each output in the last run; -1: none. */
  outputFirsts(): Int32Array {
    return Int32Array.from(this.#loaded.outputs, (id) => this.#number(this.#places.get(id) ?? 0, record.first))
  }

  neuronStates(): NeuronStates {
    const all = [...this.#loaded.neurons.keys()]
    return {
      counts: Uint32Array.from(all, (place) => this.#number(place, record.count)),
      firsts: Int32Array.from(all, (place) => this.#number(place, record.first)),
      lasts: Int32Array.from(all, (place) => this.#number(place, record.last)),
      charges: Float64Array.from(all, (place) => this.#chargeOf(place)),
    }
  }

  /**
   * Shows samples, each without a trace of anything before it; afterwards there is no activity.
   * @param range samples from `from`, before `to`
   */
  runSamples({
    from,
    to,
    steps,
  }: {
    readonly from: number
    readonly to: number
    readonly steps: number
  }): SampleResults {
    const { inputs, outputs } = this.#loaded
    const { count } = this.#samples
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from > to || to > count) {
      throw new RangeError(`there are no samples ${from} to ${to}: there are ${count}`)
    }
    if (this.#samples.inputs > inputs.length) {
      throw new RangeError(`the samples have ${this.#samples.inputs} inputs, the network ${inputs.length}`)
    }
    const until = this.#stepsOf(steps)
    this.clear()
    this.#kernel.inLanes.value = Number(this.#fitsLanes && until <= mostLaneSteps)
    this.#kernel.runSamples(from, to, until)
    const { memory, sampleCounts, sampleFirsts, totalSpikes, totalAccumulates } = this.#kernel
    const start = 4 * from * outputs.length
    const length = (to - from) * outputs.length
    return {
      outputCounts: new Uint32Array(memory.buffer, (sampleCounts.value >>> 0) + start, length).slice(),
      outputFirsts: new Int32Array(memory.buffer, (sampleFirsts.value >>> 0) + start, length).slice(),
      spikes: totalSpikes.value,
      accumulates: totalAccumulates.value,
    }
  }

  get #loaded(): NeuroNetwork {
    if (this.#network === null) throw new Error('the processor has no network: load one first')
    return this.#network
  }

  #place(network: NeuroNetwork): void {
    const { offsets, spikes } = this.#samples
    const kernel = this.#kernel
    this.#fitsLanes = this.#lanes.spikes.byteLength > 0 && fitsLanes(network, this.#settings, this.#lanes.largest)
    this.#reserve(network)
    if (!this.#samplesLie) {
      new Uint32Array(kernel.memory.buffer, kernel.sampleOffsets.value >>> 0).set(offsets)
      new Uint8Array(kernel.memory.buffer, kernel.sampleSpikes.value >>> 0).set(new Uint8Array(spikes))
      new Uint32Array(kernel.memory.buffer, kernel.laneOffsets.value >>> 0).set(this.#lanes.offsets)
      new Uint8Array(kernel.memory.buffer, kernel.laneSpikes.value >>> 0).set(new Uint8Array(this.#lanes.spikes))
      this.#samplesLie = true
    }
    kernel.inLanes.value = Number(this.#fitsLanes)
    this.#places = writeNetwork(kernel, network, this.#settings)
    this.#network = network
    this.#waiting = []
    kernel.prepare()
  }

  #reserve(network: NeuroNetwork): void {
    const { neurons, synapses, inputs, outputs } = network
    const { count, spikes } = this.#samples
    reserveMemory(this.#kernel, `${neurons.length} neurons, ${synapses.length} synapses and ${count} samples`, [
      neurons.length,
      synapses.length,
      inputs.length,
      outputs.length,
      longestDelay(network),
      isInteger(this.#settings) ? 4 : 8,
      this.#runSpikeCapacity,
      count,
      spikes.byteLength / spikeBytes,
      this.#lanes.spikes.byteLength / laneSpikeBytes,
      Number(this.#fitsLanes),
    ])
  }

  #stepsOf(steps: number): number {
    if (!Number.isInteger(steps) || steps < 0 || steps >= 2 ** 30) {
      throw new RangeError(`a run has a whole number of steps from 0, not ${steps}`)
    }
    return this.#settings.type === 'risp' && this.#settings.runTimeInclusive ? steps + 1 : steps
  }

  /** Begins a run with the input spikes that are due in it. @returns its steps */
  #begin(steps: number, records: boolean): number {
    const until = this.#stepsOf(steps)
    const network = this.#loaded
    const due = this.#waiting.filter(({ step }) => step < until).sort((one, other) => one.step - other.step)
    this.#waiting = this.#waiting.flatMap((spike) =>
      spike.step < until ? [] : [{ ...spike, step: spike.step - until }],
    )
    if (due.length > this.#runSpikeCapacity) {
      // They lie last: all else stays where it is.
      this.#runSpikeCapacity = 2 * due.length
      this.#reserve(network)
    }
    const view = new DataView(this.#kernel.memory.buffer, this.#kernel.runSpikes.value >>> 0)
    for (const [place, spike] of due.entries()) writeSpike(view, place, spike, isInteger(this.#settings))
    this.#kernel.begin(until, due.length, Number(records))
    return until
  }

  #finish(): RunTotals {
    this.#kernel.finish()
    return { spikes: this.#kernel.spikes.value, accumulates: this.#kernel.accumulates.value }
  }

  #number(neuron: number, field: number): number {
    const { memory, neuronRecords } = this.#kernel
    return new DataView(memory.buffer).getInt32((neuronRecords.value >>> 0) + neuron * record.bytes + field, true)
  }

  #chargeOf(neuron: number): number {
    if (isInteger(this.#settings)) return this.#number(neuron, record.charge)
    const { memory, neuronRecords } = this.#kernel
    return new DataView(memory.buffer).getFloat64((neuronRecords.value >>> 0) + neuron * record.bytes, true)
  }
}
